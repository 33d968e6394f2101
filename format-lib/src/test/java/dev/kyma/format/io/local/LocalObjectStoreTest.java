package dev.kyma.format.io.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kyma.format.io.ObjectStore;
import dev.kyma.format.io.ObjectStoreContractTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalObjectStoreTest extends ObjectStoreContractTest {
  @TempDir private Path directory;
  private Path root;
  private ObjectStore store;

  @BeforeEach
  void open() {
    root = directory.resolve("made/on/opening");
    store = LocalObjectStore.open(root);
  }

  @Override
  protected ObjectStore store() {
    return store;
  }

  @Test
  void objectsSurviveReopening() {
    store.create("x/y", List.of(bytes("kept")));
    assertThat(text(LocalObjectStore.open(root).read("x/y", 0, 4))).isEqualTo("kept");
  }

  @Test
  void whatACrashLeavesBehindIsNeverListedAndRemovedWhenOld() throws IOException {
    Path torn = Files.writeString(root.resolve("~incoming/torn"), "half an obj");
    Path old = Files.writeString(root.resolve("~incoming/old"), "half");
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofDays(2))));
    ObjectStore reopened = LocalObjectStore.open(root);
    assertThat(reopened.list("", null, 10)).isEmpty();
    assertThat(torn).exists();
    assertThat(old).doesNotExist();
  }

  @Test
  void leavesNoTemporaryFilesBehind() throws IOException {
    store.create("k", List.of(bytes("1")));
    store.create("k", List.of(bytes("2")));
    try (var files = Files.list(root.resolve("~incoming"))) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void aKeyCannotBeADirectoryOfOthers() {
    store.create("a/b", List.of());
    assertThatThrownBy(() -> store.create("a", List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> store.create("a/b/c", List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
