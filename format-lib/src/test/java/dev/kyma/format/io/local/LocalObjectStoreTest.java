package dev.kyma.format.io.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kyma.format.io.ObjectStore;
import dev.kyma.format.io.ObjectStoreContractTest;
import dev.kyma.format.io.ObjectStoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
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

  @Test
  void aDirectoryThatIsGoneIsUnavailableAndNotEmpty() throws IOException {
    store.create("a/b", List.of(bytes("x")));
    Path away = directory.resolve("elsewhere");
    Files.move(root, away);
    assertThatThrownBy(() -> store.read("a/b", 0, 1))
        .isInstanceOf(ObjectStoreException.Unavailable.class);
    assertThatThrownBy(() -> store.readSuffix("a/b", 1))
        .isInstanceOf(ObjectStoreException.Unavailable.class);
    assertThatThrownBy(() -> store.stat("a/b"))
        .isInstanceOf(ObjectStoreException.Unavailable.class);
    assertThatThrownBy(() -> store.list("", null, 10))
        .isInstanceOf(ObjectStoreException.Unavailable.class);
    assertThatThrownBy(() -> store.delete(List.of("a/b")))
        .isInstanceOf(ObjectStoreException.Unavailable.class);
    assertThatThrownBy(() -> store.create("a/c", List.of()))
        .isInstanceOf(ObjectStoreException.Unavailable.class);
    Files.move(away, root);
    assertThat(text(store.read("a/b", 0, 1))).isEqualTo("x");
    assertThat(store.create("a/c", List.of())).isEqualTo(ObjectStore.PutResult.CREATED);
  }

  /**
   * What {@link #aDiskThatTakesNoMoreLeavesNothingHalfWritten} runs under a limit of the system.
   */
  static final class FullDisk {
    private FullDisk() {}

    public static void main(String[] args) throws IOException {
      Path root = Path.of(args[0]);
      try (ObjectStore store = LocalObjectStore.open(root)) {
        ByteBuffer part = ByteBuffer.allocate(60_000);
        assertThat(store.create("fits", List.of(part))).isEqualTo(ObjectStore.PutResult.CREATED);
        for (int attempt = 0; attempt < 3; attempt++) {
          assertThatThrownBy(() -> store.create("too/large", Collections.nCopies(10, part)))
              .isInstanceOfSatisfying(
                  ObjectStoreException.Unavailable.class,
                  e -> assertThat(e.key()).isEqualTo("too/large"))
              .hasCauseInstanceOf(IOException.class);
        }
        assertThat(store.stat("too/large")).isEmpty();
        assertThat(store.list("", null, 10)).containsExactly(new ObjectStore.Stat("fits", 60_000));
        assertThat(store.create("also", List.of(part))).isEqualTo(ObjectStore.PutResult.CREATED);
      }
      try (var files = Files.list(root.resolve("~incoming"))) {
        assertThat(files).isEmpty();
      }
      System.out.println("nothing half written");
    }
  }

  @Test
  void aDiskThatTakesNoMoreLeavesNothingHalfWritten() throws IOException, InterruptedException {
    // The system refuses writes beyond 128 or 256 KiB a file in the middle of one, as a full disk
    // does.
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process child =
        new ProcessBuilder(
                "sh",
                "-c",
                "ulimit -f 256; exec \"$0\" -XX:-UsePerfData -Xshare:auto -cp \"$1\" \"$2\" \"$3\"",
                java,
                System.getProperty("java.class.path"),
                FullDisk.class.getName(),
                root.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(child.waitFor()).as(said).isZero();
    assertThat(said).contains("nothing half written");
  }
}
