package dev.kyma.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * On a shared class path the first jar's default wins silently, so no two modules may set the same
 * key, but for those that the all-in-one process sets itself.
 */
class ConfigurationDefaultsTest {
  private static final Set<String> SET_BY_STANDALONE =
      Set.of("quarkus.application.name", "quarkus.http.port");

  @Test
  void noTwoModulesSetTheSameDefault() throws IOException {
    Map<String, URL> setBy = new HashMap<>();
    Set<String> twice = new TreeSet<>();
    int modules = 0;
    for (URL file : Collections.list(classPath("META-INF/microprofile-config.properties"))) {
      Properties defaults = load(file);
      if (defaults.stringPropertyNames().stream()
          .noneMatch(key -> key.contains("kyma") || defaults.getProperty(key).contains("kyma"))) {
        continue;
      }
      modules++;
      for (String key : defaults.stringPropertyNames()) {
        if (setBy.put(key, file) != null && !SET_BY_STANDALONE.contains(key)) {
          twice.add(key);
        }
      }
    }
    assertThat(modules).as("service-lib and the four services").isEqualTo(5);
    assertThat(twice).isEmpty();
  }

  @Test
  void whatTheServicesAllSetIsSetByTheAllInOneProcessItself() throws IOException {
    URL own = Standalone.class.getResource("/application.properties");
    assertThat(load(java.util.Objects.requireNonNull(own)).stringPropertyNames())
        .containsAll(SET_BY_STANDALONE);
  }

  private static java.util.Enumeration<URL> classPath(String name) throws IOException {
    return Standalone.class.getClassLoader().getResources(name);
  }

  private static Properties load(URL file) throws IOException {
    Properties properties = new Properties();
    try (InputStream in = file.openStream()) {
      properties.load(in);
    }
    return properties;
  }
}
