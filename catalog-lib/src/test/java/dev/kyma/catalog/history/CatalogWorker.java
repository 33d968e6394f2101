package dev.kyma.catalog.history;

import dev.kyma.catalog.Catalog;
import dev.kyma.catalog.CatalogException;
import dev.kyma.catalog.Catalogs;
import dev.kyma.catalog.Commit;
import dev.kyma.catalog.CommitOutcome;
import dev.kyma.catalog.ExtentRef;
import dev.kyma.catalog.Mask;
import dev.kyma.catalog.Removal;
import dev.kyma.catalog.Snapshot;
import dev.kyma.catalog.SourceCursor;
import dev.kyma.catalog.TableDef;
import dev.kyma.catalog.WriteGrant;
import dev.kyma.catalog.history.TableAnswer.TableState;
import dev.kyma.format.DeletionVector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Asks a catalog for random commits and reads of a few tables and writes down what it was asked,
 * when, and what came. Used by one thread.
 *
 * <p>Times are {@link System#nanoTime()}, which all processes of a Linux host share.
 */
final class CatalogWorker {
  static final int ROWS = 64;
  private static final Duration PATIENT = Duration.ofSeconds(30);

  /**
   * What was written down.
   *
   * @param commitId of a commit, so that it can be found out later what became of it
   */
  record Recorded(Operation<TableAsk, TableAnswer> operation, Optional<UUID> commitId) {}

  private final Catalog catalog;
  private final List<Long> tables;
  private final Random random;
  private final String name;
  private final WriteGrant grant;
  private final Map<Long, TableState> known = new HashMap<>();
  private final List<Recorded> history = new ArrayList<>();
  private int objects;

  CatalogWorker(Catalog catalog, List<Long> tables, String name, long seed) {
    this.catalog = catalog;
    this.tables = tables;
    this.random = new Random(seed);
    this.name = name;
    this.grant = patiently(() -> catalog.openGrant("extents"));
  }

  /** Repeats what may be repeated while the catalog cannot be reached. */
  static <T> T patiently(Supplier<T> request) {
    long deadline = System.nanoTime() + PATIENT.toNanos();
    while (true) {
      try {
        return request.get();
      } catch (CatalogException.Unavailable e) {
        if (System.nanoTime() - deadline > 0) {
          throw e;
        }
      }
    }
  }

  List<Recorded> run(int operations) {
    for (int i = 0; i < operations; i++) {
      long table = tables.get(random.nextInt(tables.size()));
      TableState state = known.get(table);
      int dice = random.nextInt(10);
      if (state == null || dice < 3) {
        read(table);
      } else {
        ask(table, state, dice);
      }
    }
    return history;
  }

  private void ask(long table, TableState state, int dice) {
    List<String> live = state.live().keySet().stream().sorted().toList();
    if (dice < 7 || live.size() < 2) {
      commit(new TableAsk.Flush(table, state.offset(), newKey()));
    } else if (dice == 7) {
      String key = live.get(random.nextInt(live.size()));
      commit(new TableAsk.Delete(table, key, random.nextInt(ROWS)));
    } else {
      int from = random.nextInt(live.size() - 1);
      List<TableAsk.Input> inputs =
          live.subList(from, from + 2).stream()
              .map(key -> new TableAsk.Input(key, Long.bitCount(state.live().get(key))))
              .toList();
      commit(new TableAsk.Compact(table, inputs, newKey()));
    }
  }

  private String newKey() {
    return grant.keyPrefix() + name + "-" + objects++;
  }

  private void read(long table) {
    long called = System.nanoTime();
    Snapshot snapshot;
    try {
      snapshot = catalog.snapshot();
    } catch (CatalogException.Unavailable e) {
      return; // what was not answered constrains nothing
    }
    long returned = System.nanoTime();
    TableState state = state(snapshot, table);
    known.put(table, state);
    history.add(
        new Recorded(
            new Operation<>(
                new TableAsk.Read(table),
                new TableAnswer.Seen(snapshot.number(), state),
                called,
                returned),
            Optional.empty()));
  }

  static TableState state(Snapshot snapshot, long table) {
    Map<String, Long> live = new HashMap<>();
    for (ExtentRef extent : snapshot.extents(table)) {
      DeletionVector deleted = snapshot.deleted(extent.key());
      long bits = 0;
      for (int row = 0; row < ROWS; row++) {
        bits |= deleted.contains(row) ? 1L << row : 0;
      }
      live.put(extent.key(), bits);
    }
    return new TableState(cursor(snapshot, table).nextOffset(), live);
  }

  private static SourceCursor cursor(Snapshot snapshot, long table) {
    TableDef definition = snapshot.table(table).orElseThrow();
    return snapshot.cursor(definition.log().firstOrdinal()).orElseThrow();
  }

  private void commit(TableAsk ask) {
    Commit commit;
    try {
      commit =
          toCommit(ask, catalog.snapshot(Duration.ofHours(1)).table(ask.table()).orElseThrow());
    } catch (CatalogException.Unavailable e) {
      return;
    }
    long called = System.nanoTime();
    CommitOutcome outcome =
        catalog.commit(commit, random.nextInt(3) == 0 ? Duration.ZERO : PATIENT);
    if (outcome instanceof CommitOutcome.Unknown && random.nextInt(4) > 0) {
      outcome = catalog.commit(commit, PATIENT);
    }
    long returned = System.nanoTime();
    Operation<TableAsk, TableAnswer> operation =
        switch (outcome) {
          case CommitOutcome.Committed(var record) ->
              new Operation<>(ask, new TableAnswer.Committed(record.number()), called, returned);
          case CommitOutcome.Conflict(var reason, var detail) ->
              new Operation<>(ask, new TableAnswer.Refused(reason), called, returned);
          case CommitOutcome.Unknown _ ->
              new Operation<>(ask, new TableAnswer.Unknown(), called, Operation.NEVER);
        };
    history.add(new Recorded(operation, Optional.of(commit.id())));
    if (outcome instanceof CommitOutcome.Conflict || random.nextInt(3) == 0) {
      known.remove(ask.table());
    } else if (ask instanceof TableAsk.Flush flush && outcome instanceof CommitOutcome.Committed) {
      TableState state = known.get(ask.table());
      Map<String, Long> live = new HashMap<>(state.live());
      live.put(flush.key(), 0L);
      known.put(ask.table(), new TableState(flush.from() + 1, live));
    }
  }

  private Commit toCommit(TableAsk ask, TableDef table) {
    int log = table.log().firstOrdinal();
    return switch (ask) {
      case TableAsk.Read _ -> throw new IllegalArgumentException("no commit");
      case TableAsk.Flush flush -> {
        SourceCursor at = at(table, flush.from());
        yield new Commit(
            UUID.randomUUID(),
            Commit.Kind.FLUSH,
            grant,
            List.of(Catalogs.extent(table, flush.key(), log, flush.from(), flush.from() + ROWS)),
            List.of(),
            List.of(new Commit.CursorMove(at, at(table, flush.from() + 1))),
            List.of(),
            List.of());
      }
      case TableAsk.Delete delete ->
          Commit.ofMasks(List.of(new Mask(delete.key(), DeletionVector.of(delete.row()))));
      case TableAsk.Compact compact ->
          new Commit(
              UUID.randomUUID(),
              Commit.Kind.COMPACT,
              grant,
              List.of(Catalogs.extent(table, compact.key(), log, 0, ROWS)),
              compact.inputs().stream()
                  .map(input -> new Removal(input.key(), input.deletedRows()))
                  .toList(),
              List.of(),
              List.of(),
              List.of());
    };
  }

  private static SourceCursor at(TableDef table, long offset) {
    int log = table.log().firstOrdinal();
    SourceCursor start = SourceCursor.start(log, table.log().topicId());
    return offset == 0 ? start : new SourceCursor(log, start.topicId(), offset, 1, 0);
  }
}
