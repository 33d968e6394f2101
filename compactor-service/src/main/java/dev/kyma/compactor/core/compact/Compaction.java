package dev.kyma.compactor.core.compact;

import dev.kyma.catalog.Catalog;
import dev.kyma.catalog.CatalogException;
import dev.kyma.catalog.Commit;
import dev.kyma.catalog.CommitOutcome;
import dev.kyma.catalog.ExtentRef;
import dev.kyma.catalog.Snapshot;
import dev.kyma.catalog.TableDef;
import dev.kyma.catalog.TableSettings;
import dev.kyma.catalog.WriteGrant;
import dev.kyma.compactor.core.ExtentObjects;
import dev.kyma.compactor.core.WriteGrants;
import dev.kyma.format.CorruptExtentException;
import dev.kyma.format.SegmentFormat;
import dev.kyma.format.io.ObjectStore;
import dev.kyma.format.io.ObjectStoreException;
import dev.kyma.format.vector.merge.UnsortedRunException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries one task out, in as many attempts as it takes: fixes what the inputs are by a snapshot,
 * merges them into new extents, and commits the exchange. What an attempt has done is kept and not
 * done again. Used by one thread at a time.
 *
 * <p>Rows that are deleted while the merge runs are looked up where they have gone to, and deleted
 * there by the commit itself. No object is ever deleted here: before a commit that names it was
 * submitted, the sweep of orphans finds it under the grant.
 */
public final class Compaction {
  private static final Logger LOG = LoggerFactory.getLogger(Compaction.class);
  private static final int MOST_MASK_CONFLICTS = 20;

  /** What compactions work with. */
  public record Ports(
      Catalog catalog,
      ObjectStore store,
      SegmentFormat format,
      ExtentObjects objects,
      WriteGrants grants,
      Duration commitPatience) {}

  private final Ports ports;
  private final CompactionLimits limits;
  private final CompactionTask task;
  private final Progress progress;

  /** Set once everything is merged and stored. */
  private @Nullable Merged merged;

  /** Set while the outcome of a commit is not known; no other may be submitted then. */
  private @Nullable Commit submitted;

  private int maskConflicts;

  public Compaction(Ports ports, CompactionLimits limits, CompactionTask task, Progress progress) {
    this.ports = ports;
    this.limits = limits;
    this.task = task;
    this.progress = progress;
  }

  /** What is to be done. */
  public CompactionTask task() {
    return task;
  }

  /** One attempt. Faults of what compaction depends on are answered, not thrown. */
  public CompactionResult attempt() {
    try {
      return proceed();
    } catch (StoppedException e) {
      return new CompactionResult.Stopped();
    } catch (CatalogException.Unavailable e) {
      return new CompactionResult.Retry("catalog_unavailable", String.valueOf(e.getMessage()));
    } catch (ObjectStoreException.NotFound e) {
      return missing(e);
    } catch (ObjectStoreException e) {
      return new CompactionResult.Retry("store_unavailable", String.valueOf(e.getMessage()));
    } catch (KeyTakenException e) {
      return new CompactionResult.Discarded("key_taken", String.valueOf(e.getMessage()));
    } catch (CancellationException e) {
      return new CompactionResult.Retry("interrupted", String.valueOf(e.getMessage()));
    } catch (CorruptExtentException e) {
      LOG.error("compaction of table {} found damage", task.table(), e);
      return new CompactionResult.Failed("extent_corrupt", String.valueOf(e.getMessage()));
    } catch (UnsortedRunException e) {
      String key = task.inputs().get(e.run()).key();
      LOG.error("extent {} of table {} is not in its order", key, task.table(), e);
      return new CompactionResult.Failed("extent_unsorted", key + ": " + e.getMessage());
    } catch (RowsChangedException e) {
      LOG.error("compaction of table {} would change rows", task.table(), e);
      return new CompactionResult.Failed("rows_changed", String.valueOf(e.getMessage()));
    }
  }

  /** An input that is not there was replaced and removed meanwhile, or is lost. */
  private CompactionResult missing(ObjectStoreException.NotFound fault) {
    String detail = String.valueOf(fault.getMessage());
    try {
      Snapshot newest = ports.catalog().snapshot();
      if (task.inputs().stream().allMatch(input -> newest.extent(input.key()).isPresent())) {
        LOG.error("an extent of table {} is not in the object store", task.table(), fault);
        return new CompactionResult.Failed("extent_missing", detail);
      }
      return new CompactionResult.Discarded("extent_gone", detail);
    } catch (CatalogException.Unavailable e) {
      return new CompactionResult.Retry("catalog_unavailable", String.valueOf(e.getMessage()));
    }
  }

  private CompactionResult proceed() {
    Commit unknown = submitted;
    if (unknown != null) {
      return commit(unknown);
    }
    Merged done = merged;
    if (done == null) {
      Snapshot parent = ports.catalog().snapshot();
      Optional<TableDef> table = parent.table(task.table());
      if (table.isEmpty()) {
        return new CompactionResult.Discarded("table_gone", "table " + task.table());
      }
      for (ExtentRef input : task.inputs()) {
        if (parent.extent(input.key()).isEmpty()) {
          return new CompactionResult.Discarded("extent_gone", input.key());
        }
      }
      done = merge(parent, table.get());
      merged = done;
    }
    // The snapshot is read again: deletions that came during the merge are taken along.
    return commitOn(done, ports.catalog().snapshot());
  }

  private Merged merge(Snapshot parent, TableDef table) {
    WriteGrant grant = ports.grants().current();
    OutputExtents.Target target =
        new OutputExtents.Target(ports.format(), ports.objects(), ports.grants(), grant);
    RowAge age = RowAge.of(table, TableSettings.of(table).retention(), ports.catalog().now());
    ExtentMerge merge =
        new ExtentMerge(
            new ExtentMerge.Source(ports.store(), ports.format(), parent),
            table,
            task,
            limits,
            age,
            target,
            this::report);
    return merge.run();
  }

  private void report(String step, long done, long total) {
    if (progress.report(step, done, total) == Progress.Wanted.STOP) {
      throw new StoppedException();
    }
  }

  private CompactionResult commitOn(Merged done, Snapshot newest) {
    for (ExtentRef input : task.inputs()) {
      if (newest.extent(input.key()).isEmpty()) {
        return new CompactionResult.Discarded("extent_gone", input.key());
      }
    }
    report("commit", done.figures().rows(), done.figures().rows());
    Commit commit = done.commit(newest);
    submitted = commit;
    return commit(commit);
  }

  private CompactionResult commit(Commit commit) {
    Merged done = merged;
    if (done == null) {
      throw new IllegalStateException("nothing is merged");
    }
    CommitOutcome outcome = ports.catalog().commit(commit, done.filters(), ports.commitPatience());
    return switch (outcome) {
      case CommitOutcome.Committed committed ->
          new CompactionResult.Committed(committed.record(), done.figures());
      case CommitOutcome.Unknown unknown ->
          new CompactionResult.Retry(
              "commit_unknown", String.valueOf(unknown.cause().getMessage()));
      case CommitOutcome.Conflict conflict -> {
        submitted = null;
        yield conflict(done, conflict);
      }
    };
  }

  private CompactionResult conflict(Merged done, CommitOutcome.Conflict conflict) {
    if (conflict.reason() == CommitOutcome.Reason.MASK_CHANGED
        && ++maskConflicts < MOST_MASK_CONFLICTS) {
      return commitOn(done, ports.catalog().snapshot());
    }
    if (conflict.reason() == CommitOutcome.Reason.GRANT_REVOKED) {
      ports.grants().refused(done.grant());
    }
    return new CompactionResult.Discarded(
        conflict.reason().name().toLowerCase(Locale.ROOT), conflict.detail());
  }

  /** Leaves a task that is no longer wanted. */
  private static final class StoppedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StoppedException() {
      super("stopped", null, false, false);
    }
  }
}
