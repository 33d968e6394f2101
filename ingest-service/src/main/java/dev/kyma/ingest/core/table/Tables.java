package dev.kyma.ingest.core.table;

import dev.kyma.catalog.Catalog;
import dev.kyma.catalog.Commit;
import dev.kyma.catalog.CommitOutcome;
import dev.kyma.catalog.LogBinding;
import dev.kyma.catalog.Snapshot;
import dev.kyma.catalog.TableChange;
import dev.kyma.catalog.TableDef;
import dev.kyma.format.type.TableSchema;
import dev.kyma.ingest.core.IngestProblems;
import dev.kyma.service.problem.KymaException;
import dev.kyma.service.problem.ProblemType;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** The catalog's tables, as ingest sees and changes them. */
public final class Tables {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Longer than any outage. */
  private static final Duration OUTAGE = Duration.ofDays(365);

  private final Catalog catalog;
  private final TableTopics topics;
  private final Duration maxAge;

  // One of these for each table's name: a few tables may share one.
  private final Lock[] changes = new Lock[64];

  /**
   * @param maxAge how old a table's schema may be when rows are mapped to it; a row of an older
   *     schema is as readable as any
   */
  public Tables(Catalog catalog, TableTopics topics, Duration maxAge) {
    this.catalog = catalog;
    this.topics = topics;
    this.maxAge = maxAge;
    Arrays.setAll(changes, i -> new ReentrantLock());
  }

  /**
   * The catalog as ingest knows it, at most as old as configured; older while the catalog does not
   * answer, since the log takes rows of known tables without it.
   */
  public Snapshot snapshot() {
    return catalog.snapshot(maxAge, OUTAGE);
  }

  /** The table of a name; asks the database before it says that there is none. */
  public Optional<TableDef> find(TableName name) {
    Optional<TableDef> known = snapshot().table(name.database(), name.table());
    return known.isPresent() ? known : catalog.snapshot().table(name.database(), name.table());
  }

  /** The table of a name as the database knows it now. */
  public Optional<TableDef> newest(TableName name) {
    return catalog.snapshot().table(name.database(), name.table());
  }

  /** Does something while no other thread of this process does so for the same table. */
  public <T> T exclusively(TableName name, Supplier<T> change) {
    Lock lock = changes[Math.floorMod(name.hashCode(), changes.length)];
    lock.lock();
    try {
      return change.get();
    } finally {
      lock.unlock();
    }
  }

  /** What became of an attempt to make a table. */
  public sealed interface Creation {
    /** The table there is now. */
    TableDef table();

    /** This attempt made it. */
    record Made(TableDef table) implements Creation {}

    /** There was one of that name. */
    record Existed(TableDef table) implements Creation {}
  }

  /** Makes a table with its topic, unless there is one of that name. */
  public Creation create(TableSpec spec) {
    return exclusively(
        spec.name(),
        () -> {
          Optional<TableDef> existing = newest(spec.name());
          return existing.isPresent() ? new Creation.Existed(existing.get()) : make(spec);
        });
  }

  private Creation make(TableSpec spec) {
    long id = catalog.allocateTableId();
    int firstOrdinal = catalog.allocateLogOrdinals(spec.partitions());
    LogBinding log = topics.create(id, spec.partitions(), firstOrdinal);
    TableDef table =
        new TableDef(
            id,
            spec.name().database(),
            spec.name().table(),
            1,
            spec.schema(),
            spec.timeColumn(),
            spec.overflowColumn(),
            spec.sortColumns(),
            spec.primaryKey(),
            spec.flushPolicy(),
            log,
            spec.options());
    CommitOutcome outcome =
        catalog.commit(
            Commit.ofTables(Commit.Kind.CREATE_TABLE, List.of(new TableChange.Create(table))),
            PATIENCE);
    return switch (outcome) {
      case CommitOutcome.Committed committed -> new Creation.Made(table);
      case CommitOutcome.Conflict(CommitOutcome.Reason reason, String detail) -> {
        // The conflict proves that this table is in no snapshot, so nobody writes to its topic.
        topics.discard(log);
        if (reason != CommitOutcome.Reason.NAME_TAKEN) {
          throw new KymaException.Failed(ProblemType.INTERNAL, "The table was refused: " + detail);
        }
        yield new Creation.Existed(
            find(spec.name()).orElseThrow(() -> IngestProblems.schemaBusy(spec.name().toString())));
      }
      case CommitOutcome.Unknown(Throwable cause) -> throw unknown(cause);
    };
  }

  /**
   * Widens a table's schema.
   *
   * @return the table with that schema; empty when it is not what {@code table} says any more, so
   *     that the caller must plan anew
   */
  public Optional<TableDef> widen(TableDef table, TableSchema schema) {
    CommitOutcome outcome =
        catalog.commit(
            Commit.ofTables(
                Commit.Kind.WIDEN_SCHEMA,
                List.of(new TableChange.Widen(table.id(), table.schemaVersion(), schema))),
            PATIENCE);
    return switch (outcome) {
      case CommitOutcome.Committed committed -> Optional.of(table.withSchema(schema));
      case CommitOutcome.Conflict conflict -> {
        // The next look at the catalog must see what this attempt lost against.
        catalog.snapshot();
        yield Optional.empty();
      }
      case CommitOutcome.Unknown(Throwable cause) -> throw unknown(cause);
    };
  }

  private static KymaException unknown(Throwable cause) {
    return new KymaException.Busy(
        ProblemType.CATALOG_UNAVAILABLE,
        "The catalog did not say whether a change of the table was applied.",
        Duration.ofSeconds(1),
        Map.of(),
        cause);
  }
}
