package dev.kyma.query.calcite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kyma.query.core.frontend.Session;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedClass;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Planning compiles nothing at run time, which a native image could not do. */
class RunTimeCodeTest {
  @Test
  void theCompilerCalciteWouldUseIsNotThere() {
    assertThatThrownBy(() -> Class.forName("org.codehaus.janino.SimpleCompiler"))
        .isInstanceOf(ClassNotFoundException.class);
  }

  @Test
  void everyClassDefinedWhilePlanningComesFromAFile(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("classes.jfr");
    try (Recording recording = new Recording()) {
      recording.enable("jdk.ClassDefine");
      recording.start();
      SqlFrontend frontend = new SqlFrontend();
      frontend.warmUp();
      Session session = new Session(Tpch.schemas(), Instant.EPOCH);
      Tpch.QUERIES.forEach(query -> frontend.parse(query, session));
      recording.stop();
      recording.dump(file);
    }
    assertThat(Files.size(file)).isPositive();
    List<String> generated = new ArrayList<>();
    for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
      if (!event.getEventType().getName().equals("jdk.ClassDefine")) {
        continue;
      }
      RecordedClass defined = event.getClass("definedClass");
      if (defined != null && !isFromFile(defined.getName())) {
        generated.add(defined.getName());
      }
    }
    assertThat(generated).isEmpty();
  }

  /** The JDK's own lambdas and proxies are known when an image is built. */
  private static boolean isFromFile(String name) {
    boolean ofTheJdk =
        name.contains("$$Lambda")
            || name.contains("LambdaForm")
            || name.contains("$Proxy")
            || name.startsWith("java.")
            || name.startsWith("jdk.")
            || name.startsWith("sun.");
    String file = name.replace('.', '/') + ".class";
    return ofTheJdk || RunTimeCodeTest.class.getClassLoader().getResource(file) != null;
  }
}
