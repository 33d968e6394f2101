package dev.kyma.catalog.rebuild;

import dev.kyma.catalog.CatalogException;
import dev.kyma.catalog.CommitRecord;
import dev.kyma.catalog.archive.CommitArchive;
import dev.kyma.catalog.commit.CheckpointCodec;
import dev.kyma.catalog.commit.FoldedSnapshot;
import dev.kyma.format.io.ObjectStoreException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads an archive from as far back as it goes without a gap to the last commit that can be had.
 * Used by one thread.
 *
 * <p>The newest checkpoint that can be read is believed; commits are read from before it for the
 * sake of history, and folding them must give that checkpoint. A commit that is missing or damaged
 * ends history when it lies before that checkpoint, and ends the archive when it lies behind it.
 */
final class ArchiveReading {
  private static final int PROGRESS_EVERY = 10_000;

  /** What is read goes here. */
  interface Target {
    /**
     * A commit that follows on those before.
     *
     * @param before the snapshot it was applied to
     */
    void commit(FoldedSnapshot before, CommitRecord record);

    /** Forget the commits so far: there is a gap between them and what follows. */
    void restart();
  }

  private final CommitArchive archive;
  private final Consumer<String> progress;
  private final long[] commits;
  private final TreeSet<Long> checkpoints = new TreeSet<>();
  private final List<String> damaged = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private FoldedSnapshot believed = FoldedSnapshot.EMPTY;
  private FoldedSnapshot oldest = FoldedSnapshot.EMPTY;
  private FoldedSnapshot newest = FoldedSnapshot.EMPTY;

  ArchiveReading(CommitArchive archive, Consumer<String> progress) {
    this.archive = archive;
    this.progress = progress;
    this.commits = archive.commits();
    Arrays.stream(archive.checkpoints()).forEach(checkpoints::add);
  }

  /**
   * Reads everything.
   *
   * @throws CatalogException.Corrupt if there is nothing to read, or the archive contradicts itself
   */
  void run(Target target) {
    if (commits.length == 0 && checkpoints.isEmpty()) {
      throw new CatalogException.Corrupt("the bucket holds no archive of a catalog");
    }
    believed = newestCheckpoint();
    oldest = earliest(firstOfRun());
    while (!readFrom(oldest, target)) {
      target.restart();
    }
    if (newest.number() == 0) {
      throw new CatalogException.Corrupt(
          "the archive's first commit is missing or damaged, and there is no checkpoint");
    }
    if (oldest.number() > 0) {
      notes.add("History before snapshot " + oldest.number() + " is not in the archive any more.");
    }
  }

  private FoldedSnapshot newestCheckpoint() {
    for (long number : List.copyOf(checkpoints.descendingSet())) {
      FoldedSnapshot snapshot = checkpoint(number);
      if (snapshot != null) {
        return snapshot;
      }
    }
    return FoldedSnapshot.EMPTY;
  }

  private @Nullable FoldedSnapshot checkpoint(long number) {
    try {
      return archive.checkpoint(number);
    } catch (CatalogException.Corrupt e) {
      notes.add("Checkpoint " + number + " is damaged and was not used: " + e.getMessage() + ".");
      damaged.add(CommitArchive.checkpointKey(number));
      checkpoints.remove(number);
      return null;
    }
  }

  /** The first of the commits that lie without a gap up to the believed checkpoint. */
  private long firstOfRun() {
    int at = Arrays.binarySearch(commits, believed.number());
    if (at < 0) {
      return believed.number() + 1;
    }
    while (at > 0 && commits[at - 1] == commits[at] - 1) {
      at--;
    }
    return commits[at];
  }

  /** The earliest snapshot there is a checkpoint of from which commits go on without a gap. */
  private FoldedSnapshot earliest(long firstCommit) {
    if (firstCommit <= 1) {
      return FoldedSnapshot.EMPTY;
    }
    for (long number : List.copyOf(checkpoints.tailSet(firstCommit - 1, true))) {
      if (number >= believed.number()) {
        break;
      }
      FoldedSnapshot snapshot = checkpoint(number);
      if (snapshot != null) {
        return snapshot;
      }
    }
    return believed;
  }

  /** Reads on from a snapshot; false when a gap before the believed checkpoint ends it. */
  private boolean readFrom(FoldedSnapshot start, Target target) {
    FoldedSnapshot snapshot = start;
    while (true) {
      CommitRecord record = commit(snapshot.number() + 1);
      if (record == null) {
        break;
      }
      target.commit(snapshot, record);
      snapshot = snapshot.plus(record);
      if (snapshot.number() == believed.number()) {
        requireSame(snapshot);
      }
      if (snapshot.number() % PROGRESS_EVERY == 0) {
        progress.accept("read " + snapshot.number() + " commits");
      }
    }
    if (snapshot.number() < believed.number()) {
      oldest = earliest(snapshot.number() + 2);
      return false;
    }
    newest = snapshot;
    return true;
  }

  private @Nullable CommitRecord commit(long number) {
    if (Arrays.binarySearch(commits, number) < 0) {
      return null;
    }
    try {
      return archive.commit(number);
    } catch (CatalogException.Corrupt | ObjectStoreException.NotFound e) {
      notes.add("Commit " + number + " is damaged and was not used: " + e.getMessage() + ".");
      return null;
    }
  }

  private void requireSame(FoldedSnapshot folded) {
    List<byte[]> there = CheckpointCodec.parts(believed);
    List<byte[]> here = CheckpointCodec.parts(folded);
    boolean same = there.size() == here.size();
    for (int i = 0; same && i < here.size(); i++) {
      same = Arrays.equals(there.get(i), here.get(i));
    }
    if (!same) {
      throw new CatalogException.Corrupt(
          "the archive's commits up to "
              + folded.number()
              + " do not give the checkpoint of that number");
    }
  }

  /** The newest checkpoint that could be read; empty when there is none. */
  FoldedSnapshot believed() {
    return believed;
  }

  /** The snapshot before the first commit that went to the target. */
  FoldedSnapshot oldest() {
    return oldest;
  }

  /** The snapshot after the last. */
  FoldedSnapshot newest() {
    return newest;
  }

  /** Keys of archive objects nobody can use, and that an archiver going on would stumble over. */
  List<String> unusable() {
    List<String> keys = new ArrayList<>(damaged);
    for (long number : commits) {
      if (number > newest.number()) {
        keys.add(CommitArchive.commitKey(number));
      }
    }
    for (long number : checkpoints.tailSet(newest.number(), false)) {
      keys.add(CommitArchive.checkpointKey(number));
    }
    return keys;
  }

  /** What the operator should know. */
  List<String> notes() {
    return List.copyOf(notes);
  }
}
