package dev.kyma.query.core;

import dev.kyma.catalog.FreshnessToken;
import dev.kyma.catalog.LogBinding;
import dev.kyma.catalog.Snapshot;
import dev.kyma.catalog.SourceCursor;
import dev.kyma.catalog.TableDef;
import dev.kyma.query.core.exec.QueryContext;
import dev.kyma.query.core.plan.Plan;
import dev.kyma.query.core.read.Extents;
import dev.kyma.query.core.read.PastSnapshots;
import dev.kyma.query.core.read.ReadStats;
import dev.kyma.query.core.read.TableReader;
import dev.kyma.query.core.read.TailCache;
import dev.kyma.query.core.read.TailLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** Fixes what one query reads: the snapshot, and how far it reads the log. Used by one thread. */
final class Reading {
  private static final Duration POLL = Duration.ofMillis(5);

  private final Snapshot snapshot;
  private final Freshness freshness;
  private final PastSnapshots past;
  private final TailLog log;
  private final TailCache tails;
  private final Extents extents;
  private final QueryLimits limits;
  private final QueryContext context;
  private final ReadStats stats = new ReadStats();
  private Map<Integer, Long> ends = Map.of();

  Reading(
      Snapshot snapshot,
      Freshness freshness,
      PastSnapshots past,
      TailLog log,
      TailCache tails,
      Extents extents,
      QueryLimits limits,
      QueryContext context) {
    this.snapshot = snapshot;
    this.freshness = freshness;
    this.past = past;
    this.log = log;
    this.tails = tails;
    this.extents = extents;
    this.limits = limits;
    this.context = context;
  }

  /** The same of another snapshot, with another freshness. */
  Reading at(Snapshot other, Freshness wanted) {
    return new Reading(other, wanted, past, log, tails, extents, limits, context);
  }

  Snapshot snapshot() {
    return snapshot;
  }

  Freshness freshness() {
    return freshness;
  }

  ReadStats stats() {
    return stats;
  }

  /** The tables, up to the ends the logs of the plan's tables have now. */
  TableReader tables(Plan plan) {
    List<LogBinding> logs = logs(plan);
    if (!logs.isEmpty()) {
      ends =
          switch (freshness) {
            case Freshness.Committed() -> Map.of();
            case Freshness.Hot() -> log.ends(logs);
            case Freshness.Token(FreshnessToken token) -> waitFor(token, logs);
          };
    }
    return new TableReader(snapshot, ends, past, tails, extents, stats);
  }

  /** As {@link #tables}, a log left out whose rows are read from extents only. */
  TableReader tablesWithout(Plan plan, LogBinding without) {
    tables(plan);
    Map<Integer, Long> others = new HashMap<>(ends);
    for (int i = 0; i < without.partitions(); i++) {
      others.remove(without.ordinal(i));
    }
    return new TableReader(snapshot, others, past, tails, extents, stats);
  }

  /** How many rows of each log partition of a table, by its ordinal, are in no extent now. */
  Map<Integer, Long> tailRows(TableDef table) {
    Map<Integer, Long> now = log.ends(List.of(table.log()));
    return new TableReader(snapshot, now, past, tails, extents, stats).tailRows(table);
  }

  /** The tables without their logs. */
  TableReader committedTables() {
    return new TableReader(snapshot, Map.of(), past, tails, extents, stats);
  }

  private List<LogBinding> logs(Plan plan) {
    Map<String, LogBinding> logs = new LinkedHashMap<>();
    List<Plan> open = new ArrayList<>(List.of(plan));
    while (!open.isEmpty()) {
      Plan next = open.removeLast();
      if (next instanceof Plan.Scan scan && Character.isDigit(scan.table().id().charAt(0))) {
        snapshot
            .table(Long.parseLong(scan.table().id()))
            .ifPresent(table -> logs.put(table.log().topic(), table.log()));
      }
      open.addAll(next.inputs());
    }
    return List.copyOf(logs.values());
  }

  private Map<Integer, Long> waitFor(FreshnessToken token, List<LogBinding> logs) {
    long deadline = System.nanoTime() + limits.maxTokenWait().toNanos();
    while (true) {
      context.check();
      Map<Integer, Long> now = log.ends(logs);
      Map<String, Object> missing = new HashMap<>();
      for (FreshnessToken.Entry entry : token.entries()) {
        Long end = now.get(entry.log());
        long covered =
            Math.max(
                end == null ? 0 : end,
                snapshot.cursor(entry.log()).map(SourceCursor::nextOffset).orElse(0L));
        if (end != null && covered <= entry.offset()) {
          missing.put(Integer.toString(entry.log()), entry.offset() + 1 - covered);
        }
      }
      if (missing.isEmpty()) {
        return now;
      }
      if (System.nanoTime() - deadline > 0) {
        throw new QueryException(
            QueryException.Code.FRESHNESS_TIMEOUT,
            "what the token names did not become visible within "
                + limits.maxTokenWait().toMillis()
                + " ms",
            Map.of("lag", missing));
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
  }

  /** A token of at least everything the query reads of logs. */
  FreshnessToken token() {
    List<FreshnessToken.Entry> entries = new ArrayList<>();
    ends.forEach(
        (ordinal, end) -> {
          if (end > 0) {
            entries.add(new FreshnessToken.Entry(ordinal, end - 1));
          }
        });
    return new FreshnessToken(entries);
  }
}
