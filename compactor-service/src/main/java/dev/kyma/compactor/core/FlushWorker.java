package dev.kyma.compactor.core;

import dev.kyma.catalog.Catalog;
import dev.kyma.catalog.CatalogException;
import dev.kyma.catalog.Commit;
import dev.kyma.catalog.CommitOutcome;
import dev.kyma.catalog.ExtentRef;
import dev.kyma.catalog.LogBinding;
import dev.kyma.catalog.Mask;
import dev.kyma.catalog.Snapshot;
import dev.kyma.catalog.TableDef;
import dev.kyma.catalog.WriteGrant;
import dev.kyma.catalog.visibility.SortedKeys;
import dev.kyma.format.FormatException;
import dev.kyma.format.index.ExtentFilter;
import dev.kyma.format.io.ObjectStore;
import dev.kyma.format.io.ObjectStoreException;
import dev.kyma.format.vector.Batch;
import dev.kyma.service.log.LogException;
import dev.kyma.service.log.LogIdentity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries a flush out: builds the extents, stores them under a grant, makes sure that the log is
 * still the same one, looks up which live rows of a keyed table they hide, and commits extents,
 * masks, cursor and keys together. Safe for use by many threads; building is bounded by a number of
 * permits, waiting is not.
 *
 * <p>An object is never deleted here: once a commit that names it was submitted it may be live, and
 * before that the sweep of orphans finds it under the grant.
 */
final class FlushWorker {
  private static final Logger LOG = LoggerFactory.getLogger(FlushWorker.class);

  /** How often one attempt looks up anew what its rows hide because extents were replaced. */
  private static final int MAX_RESOLUTIONS = 8;

  private final Catalog catalog;
  private final ExtentObjects objects;
  private final LogKeeper logs;
  private final ExtentBuilder builder;
  private final ReplacedRows replaced;
  private final WriteGrants grants;
  private final DeadLetterTable deadLetters;
  private final Semaphore building;
  private final Duration commitPatience;

  FlushWorker(
      Catalog catalog,
      ObjectStore store,
      LogKeeper logs,
      ExtentBuilder builder,
      ReplacedRows replaced,
      WriteGrants grants,
      DeadLetterTable deadLetters,
      int builders,
      Duration commitPatience) {
    this.catalog = catalog;
    this.objects = new ExtentObjects(store);
    this.logs = logs;
    this.builder = builder;
    this.replaced = replaced;
    this.grants = grants;
    this.deadLetters = deadLetters;
    this.building = new Semaphore(builders);
    this.commitPatience = commitPatience;
  }

  /** One attempt. Faults of what flush depends on are answered, not thrown. */
  FlushResult attempt(Flush flush) {
    try {
      for (int resolution = 1; ; resolution++) {
        Commit commit = flush.submitted;
        if (commit == null) {
          Prepared prepared = prepare(flush);
          switch (prepared) {
            case Prepared.Refused(FlushResult refused) -> {
              return refused;
            }
            case Prepared.Ready(Commit ready) -> commit = ready;
          }
          Optional<LogException> fault = identityFault(flush.partition.binding());
          if (fault.isPresent()) {
            return new FlushResult.Broken(fault.get());
          }
          flush.submitted = commit;
        }
        CommitOutcome outcome = catalog.commit(commit, filtersOf(flush), commitPatience);
        if (!isExtentGone(outcome)) {
          return result(flush, outcome);
        }
        // Rows to be hidden are in other extents now. The conflict proves that nothing happened.
        flush.submitted = null;
        if (resolution == MAX_RESOLUTIONS) {
          return new FlushResult.Retry(
              "extent_gone", "extents were replaced faster than their rows could be found");
        }
      }
    } catch (CatalogException.Unavailable e) {
      return new FlushResult.Retry("catalog_unavailable", String.valueOf(e.getMessage()));
    } catch (ObjectStoreException e) {
      return new FlushResult.Retry("store_unavailable", String.valueOf(e.getMessage()));
    } catch (FormatException e) {
      return new FlushResult.Retry("extent_damaged", String.valueOf(e.getMessage()));
    } catch (LogException e) {
      return new FlushResult.Retry(e.code(), String.valueOf(e.getMessage()));
    } catch (CancellationException e) {
      return new FlushResult.Retry("interrupted", String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      LOG.error("flush of {} failed", flush.partition, e);
      return new FlushResult.Retry("internal", e.toString());
    }
  }

  private static boolean isExtentGone(CommitOutcome outcome) {
    return outcome instanceof CommitOutcome.Conflict conflict
        && conflict.reason() == CommitOutcome.Reason.EXTENT_GONE;
  }

  /** What became of getting a flush ready for its commit. */
  private sealed interface Prepared {
    record Ready(Commit commit) implements Prepared {}

    record Refused(FlushResult result) implements Prepared {}
  }

  /** Builds and stores the extents unless that was done before, and looks up what they hide. */
  private Prepared prepare(Flush flush) {
    Snapshot snapshot = catalog.snapshot();
    Optional<TableDef> table = snapshot.table(flush.table);
    if (table.isEmpty()) {
      return new Prepared.Refused(new FlushResult.Lost("table_gone", "table " + flush.table));
    }
    Flush.Built built = flush.built;
    if (built == null) {
      Optional<TableDef> letters =
          flush.rows.deadLetters().isEmpty()
              ? Optional.empty()
              : deadLetters.ensure(commitPatience);
      if (letters.isEmpty() && !flush.rows.deadLetters().isEmpty()) {
        return new Prepared.Refused(
            new FlushResult.Retry("catalog_unavailable", "no table for dead letters"));
      }
      built = build(flush, table.get(), letters);
      flush.built = built;
    }
    if (!flush.stored) {
      for (Flush.Extent extent : built.extents()) {
        if (!objects.store(extent.ref().key(), extent.written())) {
          grants.refused(built.grant());
          return new Prepared.Refused(
              new FlushResult.Lost("key_taken", extent.ref().key() + " holds other bytes"));
        }
      }
      flush.stored = true;
    }
    return new Prepared.Ready(commitOf(flush, built, masks(flush, built)));
  }

  /** What the flush's rows hide: in its own extents, and in those that are live now. */
  private List<Mask> masks(Flush flush, Flush.Built built) {
    if (built.keys().isEmpty()) {
      return List.of();
    }
    List<Mask> masks = new ArrayList<>(built.masks());
    building.acquireUninterruptibly();
    try {
      masks.addAll(
          replaced.masks(catalog.snapshot(), flush.table, flush.from.log(), built.keys().get()));
    } finally {
      building.release();
    }
    return masks;
  }

  private Flush.Built build(Flush flush, TableDef table, Optional<TableDef> letterTable) {
    building.acquireUninterruptibly();
    try {
      WriteGrant grant = grants.current();
      List<Flush.Extent> extents = new ArrayList<>();
      Optional<SortedKeys> keys = Optional.empty();
      if (!flush.rows.runs().isEmpty()) {
        Batch rows = ExtentBuilder.rows(table, flush.from.log(), flush.rows.runs());
        keys = addExtents(extents, grant, table, rows, flush);
      }
      if (letterTable.isPresent()) {
        Batch rows = DeadLetterTable.rows(nameOf(table), flush.rows.deadLetters());
        addExtents(extents, grant, letterTable.get(), rows, flush);
      }
      return new Flush.Built(grant, extents, keys);
    } finally {
      building.release();
    }
  }

  private Optional<SortedKeys> addExtents(
      List<Flush.Extent> extents, WriteGrant grant, TableDef table, Batch rows, Flush flush) {
    ExtentBuilder.Built built = builder.build(table, rows, flush.covered());
    for (ExtentBuilder.Part part : built.parts()) {
      ExtentRef ref =
          new ExtentRef(
              grants.newKey(grant, table.id()),
              table.id(),
              builder.formatName(),
              part.written().length(),
              table.schemaVersion(),
              part.written().summary());
      extents.add(new Flush.Extent(ref, part.written(), part.hidden()));
    }
    return built.keys();
  }

  static String nameOf(TableDef table) {
    return table.database() + "." + table.name();
  }

  private Optional<LogException> identityFault(LogBinding binding) {
    LogIdentity identity = logs.verify(List.of(binding)).get(binding);
    return identity == null ? Optional.empty() : identity.fault(binding);
  }

  private static Commit commitOf(Flush flush, Flush.Built built, List<Mask> masks) {
    List<ExtentRef> refs = built.extents().stream().map(Flush.Extent::ref).toList();
    return new Commit(
        UUID.randomUUID(),
        Commit.Kind.FLUSH,
        refs.isEmpty() ? null : built.grant(),
        refs,
        List.of(),
        masks,
        List.of(new Commit.CursorMove(flush.from, flush.to)),
        List.of(),
        flush.keys.stream().toList());
  }

  private static Map<String, List<ExtentFilter>> filtersOf(Flush flush) {
    Flush.Built built = flush.built;
    if (built == null) {
      return Map.of();
    }
    return built.extents().stream()
        .collect(Collectors.toMap(e -> e.ref().key(), e -> e.written().filters()));
  }

  private FlushResult result(Flush flush, CommitOutcome outcome) {
    return switch (outcome) {
      case CommitOutcome.Committed committed -> new FlushResult.Committed(committed.record());
      case CommitOutcome.Conflict conflict -> {
        Flush.Built built = flush.built;
        if (conflict.reason() == CommitOutcome.Reason.GRANT_REVOKED && built != null) {
          grants.refused(built.grant());
        }
        yield new FlushResult.Lost(
            conflict.reason().name().toLowerCase(Locale.ROOT), conflict.detail());
      }
      case CommitOutcome.Unknown unknown ->
          new FlushResult.Retry("commit_unknown", String.valueOf(unknown.cause().getMessage()));
    };
  }
}
