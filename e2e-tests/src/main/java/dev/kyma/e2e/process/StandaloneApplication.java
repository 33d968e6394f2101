package dev.kyma.e2e.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where the built all-in-one application lies and how its JVM is started. */
final class StandaloneApplication {
  /** System property naming the application's jar, when it is not in its module. */
  static final String JAR_PROPERTY = "kyma.standalone.jar";

  private static final Path IN_REPOSITORY =
      Path.of("standalone/target/quarkus-app/quarkus-run.jar");

  private StandaloneApplication() {}

  /**
   * The application's jar: named by {@value #JAR_PROPERTY}, or found in the repository above the
   * current directory.
   *
   * @throws IllegalStateException if it has not been built
   */
  static Path jar() {
    String named = System.getProperty(JAR_PROPERTY);
    if (named != null) {
      return Path.of(named);
    }
    for (Path directory = Path.of("").toAbsolutePath();
        directory != null;
        directory = directory.getParent()) {
      Path jar = directory.resolve(IN_REPOSITORY);
      if (Files.exists(jar)) {
        return jar;
      }
    }
    throw new IllegalStateException(IN_REPOSITORY + " is not built: run ./kyma run once");
  }

  /** The JVM options the application needs, as the launcher sets them. */
  static List<String> jvmOptions() {
    return List.of(
        "-Xmx1g",
        "--add-opens=java.base/java.nio=ALL-UNNAMED",
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        "--add-modules=jdk.incubator.vector");
  }
}
