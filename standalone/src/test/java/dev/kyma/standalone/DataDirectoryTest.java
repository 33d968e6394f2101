package dev.kyma.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {
  @TempDir Path parent;

  @Test
  void aDirectoryHasOneOwnerAtATime() {
    Path path = parent.resolve("data");
    try (DataDirectory owned = DataDirectory.take(path)) {
      assertThat(owned.path()).isDirectory();
      assertThatThrownBy(() -> DataDirectory.take(path))
          .isInstanceOf(StartException.class)
          .hasMessageContaining("another Kyma process uses the data directory " + path);
    }
    DataDirectory.take(path).close();
  }

  @Test
  void portsArePublishedWholeAndTakenAwayAtTheEnd() throws IOException {
    Path path = parent.resolve("data");
    try (DataDirectory owned = DataDirectory.take(path)) {
      owned.publish(Map.of("http", 8080L, "pid", 42L));
      assertThat(path.resolve("kyma.ports")).hasContent("http=8080\npid=42\n");
      assertThat(path.resolve("kyma.ports.new")).doesNotExist();
    }
    assertThat(path.resolve("kyma.ports")).doesNotExist();
  }

  @Test
  void portsOfAProcessThatWasKilledAreNotBelieved() throws IOException {
    Path path = Files.createDirectories(parent.resolve("data"));
    Files.writeString(path.resolve("kyma.ports"), "http=1\n");
    try (DataDirectory owned = DataDirectory.take(path)) {
      assertThat(owned.path().resolve("kyma.ports")).doesNotExist();
    }
  }

  @Test
  void aDirectoryThatCannotBeMadeIsSaidInOneLine() throws IOException {
    Path file = Files.writeString(parent.resolve("file"), "not a directory");
    assertThatThrownBy(() -> DataDirectory.take(file.resolve("data")))
        .isInstanceOf(StartException.class)
        .hasMessageNotContaining("\n");
  }
}
