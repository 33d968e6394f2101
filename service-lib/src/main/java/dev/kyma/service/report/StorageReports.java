package dev.kyma.service.report;

import dev.kyma.catalog.ExtentRef;
import dev.kyma.catalog.Job;
import dev.kyma.catalog.Snapshot;
import dev.kyma.catalog.SourceCursor;
import dev.kyma.catalog.TableDef;
import dev.kyma.format.ExtentSummary;
import dev.kyma.format.LogInterval;
import dev.kyma.format.predicate.Constant;
import dev.kyma.format.stats.ColumnStats;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the catalog says of stored tables and of jobs, as reports. Stateless. */
public final class StorageReports {
  private StorageReports() {}

  /** Extents summed up. */
  private static final class Sums {
    long extents;
    long rows;
    long deleted;
    long tombstones;
    long bytes;
  }

  /** A table's extents summed up by order and level; one line of zeros when there are none. */
  public static Report manifest(Snapshot snapshot, TableDef table) {
    Map<String, Sums> groups = new TreeMap<>(Comparator.reverseOrder());
    for (ExtentRef extent : snapshot.extents(table.id())) {
      ExtentSummary summary = extent.summary();
      String group = summary.order().name().toLowerCase(Locale.ROOT) + " " + summary.level();
      Sums sums = groups.computeIfAbsent(group, name -> new Sums());
      sums.extents++;
      sums.rows += summary.rows();
      sums.deleted += snapshot.deleted(extent.key()).cardinality();
      sums.tombstones += summary.tombstones();
      sums.bytes += extent.length();
    }
    if (groups.isEmpty()) {
      groups.put("table 0", new Sums());
    }
    Report.Builder report =
        Report.of()
            .integer("snapshot")
            .integer("table_id")
            .integer("version")
            .text("order")
            .integer("level")
            .integer("extents")
            .integer("rows")
            .integer("deleted_rows")
            .integer("tombstones")
            .integer("bytes");
    groups.forEach(
        (group, sums) -> {
          String[] parts = group.split(" ", 2);
          report.row(
              snapshot.number(),
              table.id(),
              table.schemaVersion(),
              parts[0],
              Long.valueOf(parts[1]),
              sums.extents,
              sums.rows,
              sums.deleted,
              sums.tombstones,
              sums.bytes);
        });
    return report.build();
  }

  /** A table's extents, in the order they were committed. */
  public static Report extents(Snapshot snapshot, TableDef table) {
    Report.Builder report =
        Report.of()
            .text("extent")
            .text("order")
            .integer("level")
            .integer("rows")
            .integer("deleted_rows")
            .integer("tombstones")
            .integer("bytes")
            .text("min_time")
            .text("max_time")
            .text("logs")
            .integer("version")
            .text("format");
    for (ExtentRef extent : snapshot.extents(table.id())) {
      ExtentSummary summary = extent.summary();
      report.row(
          extent.key(),
          summary.order().name().toLowerCase(Locale.ROOT),
          summary.level(),
          summary.rows(),
          snapshot.deleted(extent.key()).cardinality(),
          summary.tombstones(),
          extent.length(),
          time(summary, ColumnStats::min),
          time(summary, ColumnStats::max),
          logs(summary.logs()),
          extent.schemaVersion(),
          extent.format());
    }
    return report.build();
  }

  private interface Bound {
    @Nullable Constant of(ColumnStats stats);
  }

  private static @Nullable String time(ExtentSummary summary, Bound bound) {
    for (ColumnStats stats : summary.columns()) {
      if (stats.column() == summary.timeColumn()
          && bound.of(stats) instanceof Constant.OfLong nanos) {
        return Instant.EPOCH.plusNanos(nanos.value()).toString();
      }
    }
    return null;
  }

  private static String logs(List<LogInterval> logs) {
    List<String> texts = new ArrayList<>();
    for (LogInterval log : logs) {
      texts.add("%d:%d-%d".formatted(log.log(), log.fromOffset(), log.toOffset()));
    }
    return String.join(" ", texts);
  }

  /**
   * The cursors of a table's log.
   *
   * @param ends the offset behind the last record of each partition, by ordinal; those that are not
   *     known have no lag either
   */
  public static Report cursors(Snapshot snapshot, TableDef table, Map<Integer, Long> ends) {
    Report.Builder report =
        Report.of()
            .integer("partition")
            .integer("log")
            .text("topic")
            .text("topic_id")
            .integer("next_offset")
            .integer("leader_epoch")
            .integer("end_offset")
            .integer("lag");
    for (int partition = 0; partition < table.log().partitions(); partition++) {
      int log = table.log().ordinal(partition);
      SourceCursor cursor =
          snapshot.cursor(log).orElse(SourceCursor.start(log, table.log().topicId()));
      Long end = ends.get(log);
      report.row(
          partition,
          log,
          table.log().topic(),
          cursor.topicId(),
          cursor.nextOffset(),
          cursor.leaderEpoch(),
          end,
          end == null ? null : Long.valueOf(Math.max(0, end - cursor.nextOffset())));
    }
    return report.build();
  }

  /**
   * Jobs in the order given.
   *
   * @param snapshot gives tables their names
   */
  public static Report jobs(List<Job> jobs, Snapshot snapshot) {
    Report.Builder report =
        Report.of()
            .integer("job")
            .text("kind")
            .text("table")
            .text("arguments")
            .text("state")
            .text("owner")
            .text("progress")
            .integer("done")
            .integer("total")
            .text("error")
            .text("created")
            .text("updated");
    for (Job job : jobs) {
      report.row(
          job.id(),
          job.kind().name().toLowerCase(Locale.ROOT),
          tableName(job.table(), snapshot),
          job.arguments(),
          job.state().name().toLowerCase(Locale.ROOT),
          job.owner().orElse(null),
          job.progress().text(),
          job.progress().done(),
          job.progress().total(),
          job.state() == Job.State.FAILED ? job.result().orElse(null) : null,
          job.created(),
          job.updated());
    }
    return report.build();
  }

  private static @Nullable String tableName(long table, Snapshot snapshot) {
    if (table == 0) {
      return null;
    }
    return snapshot
        .table(table)
        .map(found -> found.database() + "." + found.name())
        .orElse("#" + table);
  }
}
