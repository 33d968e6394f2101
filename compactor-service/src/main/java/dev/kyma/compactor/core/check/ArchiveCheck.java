package dev.kyma.compactor.core.check;

import dev.kyma.catalog.CatalogException;
import dev.kyma.catalog.CommitRecord;
import dev.kyma.catalog.archive.CommitArchive;
import dev.kyma.catalog.commit.CheckpointCodec;
import dev.kyma.catalog.commit.CommitCodec;
import dev.kyma.catalog.commit.FoldedSnapshot;
import dev.kyma.format.io.ObjectStore;
import dev.kyma.format.io.ObjectStoreException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Phaser;
import org.jspecify.annotations.Nullable;

/** Compares the archive in the bucket with the commits of the catalog. */
final class ArchiveCheck {
  private static final String COMMITS = "_commits/";
  private static final int AHEAD_LIMIT = 10;

  private final ObjectStore store;
  private final CommitArchive archive;
  private final Executor workers;
  private final Findings findings;
  private final int checkpointEvery;
  private FoldedSnapshot folded = FoldedSnapshot.EMPTY;

  ArchiveCheck(ObjectStore store, Executor workers, int checkpointEvery, Findings findings) {
    this.store = store;
    this.archive = new CommitArchive(store);
    this.workers = workers;
    this.checkpointEvery = checkpointEvery;
    this.findings = findings;
  }

  /** Compares the archive's copies of some commits that follow each other. */
  void check(List<CommitRecord> records, long archivedThrough) {
    Phaser done = new Phaser(1);
    for (CommitRecord record : records) {
      if (record.number() > archivedThrough) {
        break;
      }
      done.register();
      workers.execute(
          () -> {
            try {
              compare(record);
            } finally {
              done.arriveAndDeregister();
            }
          });
    }
    done.arriveAndAwaitAdvance();
    for (CommitRecord record : records) {
      folded = folded.plus(record);
      if (record.number() % checkpointEvery == 0 && record.number() <= archivedThrough) {
        compareCheckpoint(record.number());
      }
    }
  }

  private void compare(CommitRecord record) {
    String key = CommitArchive.commitKey(record.number());
    byte[] expected = CommitCodec.record(record);
    byte[] actual = read(key);
    if (actual == null) {
      findings.add(
          Finding.of(
              Finding.Code.ARCHIVE_MISSING,
              "",
              key,
              "commit " + record.number() + " of " + expected.length + " bytes",
              "no object"));
      return;
    }
    int differs = Arrays.mismatch(expected, actual);
    if (differs < 0) {
      return;
    }
    String found;
    try {
      CommitRecord stored = CommitCodec.record(actual);
      if (Arrays.equals(CommitCodec.record(stored), expected)) {
        return; // the same commit, written by an earlier version of Kyma
      }
      found = "commit " + stored.number() + ", " + stored.commit().id();
    } catch (CatalogException.Corrupt e) {
      found = String.valueOf(e.getMessage());
    }
    findings.add(
        Finding.at(
            Finding.Code.ARCHIVE_DIFFERS,
            "",
            key,
            differs,
            "commit " + record.number() + ", " + record.commit().id(),
            found));
  }

  private byte @Nullable [] read(String key) {
    try {
      int length = Math.toIntExact(store.stat(key).map(ObjectStore.Stat::length).orElse(-1L));
      if (length < 0) {
        return null;
      }
      ByteBuffer content = length == 0 ? ByteBuffer.allocate(0) : store.read(key, 0, length);
      byte[] bytes = new byte[content.remaining()];
      content.get(bytes);
      return bytes;
    } catch (ObjectStoreException.NotFound e) {
      return null;
    }
  }

  private void compareCheckpoint(long number) {
    String key = CommitArchive.checkpointKey(number);
    try {
      List<byte[]> stored = CheckpointCodec.parts(archive.checkpoint(number));
      List<byte[]> expected = CheckpointCodec.parts(folded);
      boolean same = stored.size() == expected.size();
      for (int i = 0; same && i < stored.size(); i++) {
        same = Arrays.equals(stored.get(i), expected.get(i));
      }
      if (!same) {
        findings.add(
            Finding.of(
                Finding.Code.ARCHIVE_DIFFERS,
                "",
                key,
                "the catalog after commit " + number,
                "another state"));
      }
    } catch (ObjectStoreException.NotFound e) {
      findings.add(
          Finding.of(Finding.Code.CHECKPOINT_MISSING, "", key, "a checkpoint", "no object"));
    } catch (CatalogException.Corrupt e) {
      findings.add(
          Finding.of(
              Finding.Code.ARCHIVE_DIFFERS,
              "",
              key,
              "the catalog after commit " + number,
              String.valueOf(e.getMessage())));
    }
  }

  /** Looks for archived commits behind the newest one. */
  void checkAhead(long newest) {
    List<ObjectStore.Stat> ahead =
        new ArrayList<>(store.list(COMMITS, CommitArchive.commitKey(newest), AHEAD_LIMIT));
    for (ObjectStore.Stat object : ahead) {
      findings.add(
          Finding.of(
              Finding.Code.ARCHIVE_AHEAD,
              "",
              object.key(),
              "commits up to " + newest,
              "a later one: another catalog writes to this bucket"));
    }
  }
}
