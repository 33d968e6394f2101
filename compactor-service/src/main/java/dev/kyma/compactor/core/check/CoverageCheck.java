package dev.kyma.compactor.core.check;

import dev.kyma.catalog.ExtentRef;
import dev.kyma.catalog.Snapshot;
import dev.kyma.catalog.SourceCursor;
import dev.kyma.catalog.TableDef;
import dev.kyma.format.LogInterval;
import dev.kyma.service.log.LogPartition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Compares the stretches of log in a table's extents with its cursors: every offset before a cursor
 * is in an extent or rightly in none, none behind it is, and what flush wrote is there once.
 */
final class CoverageCheck {
  /** A stretch and the extent that covers it. */
  private record Cover(LogInterval interval, ExtentRef extent, long commit) {
    boolean isFlush() {
      return extent.summary().level() == 0;
    }
  }

  private final Snapshot snapshot;
  private final CommitHistory history;
  private final Findings findings;

  CoverageCheck(Snapshot snapshot, CommitHistory history, Findings findings) {
    this.snapshot = snapshot;
    this.history = history;
    this.findings = findings;
  }

  void check(TableDef table) {
    for (int i = 0; i < table.log().partitions(); i++) {
      check(table, new LogPartition(table.log(), i));
    }
  }

  private void check(TableDef table, LogPartition partition) {
    int log = partition.ordinal();
    long cursor = snapshot.cursor(log).map(SourceCursor::nextOffset).orElse(0L);
    List<Cover> covers = covers(table, log);
    Stretches covered = new Stretches();
    covers.forEach(cover -> covered.add(cover.interval()));
    String name = StorageCheck.nameOf(table);
    for (Cover cover : covers) {
      if (cover.interval().toOffset() > cursor) {
        findings.add(
            Finding.at(
                Finding.Code.LOG_BEYOND_CURSOR,
                name,
                cover.extent().key(),
                Math.max(cursor, cover.interval().fromOffset()),
                "log " + log + " up to its cursor " + cursor,
                "up to " + cover.interval().toOffset()));
      }
    }
    covered.add(history.withoutRows(log));
    for (LogInterval gap : covered.missing(log, 0, cursor)) {
      findings.add(
          Finding.at(
              Finding.Code.LOG_GAP,
              name,
              partition.toString(),
              gap.fromOffset(),
              "an extent with offsets " + gap.fromOffset() + " to " + (gap.toOffset() - 1),
              reason(log, gap)));
    }
    overlaps(name, covers);
  }

  private String reason(int log, LogInterval gap) {
    for (CommitHistory.Lost lost : history.lost(log)) {
      if (lost.interval().fromOffset() < gap.toOffset()
          && gap.fromOffset() < lost.interval().toOffset()) {
        return "none since commit %d (%s) removed %s"
            .formatted(lost.commit(), lost.kind(), lost.extent());
      }
    }
    return "none";
  }

  private List<Cover> covers(TableDef table, int log) {
    List<Cover> covers = new ArrayList<>();
    for (ExtentRef extent : snapshot.extents(table.id())) {
      CommitHistory.Added added = history.live().get(extent.key());
      for (LogInterval interval : extent.summary().logs()) {
        if (interval.log() == log && interval.fromOffset() < interval.toOffset()) {
          covers.add(new Cover(interval, extent, added == null ? 0 : added.commit()));
        }
      }
    }
    covers.sort(
        Comparator.comparingLong((Cover cover) -> cover.interval().fromOffset())
            .thenComparing(cover -> cover.extent().key()));
    return covers;
  }

  /**
   * Extents of one compaction cover the same stretches together; those that flush wrote cover
   * theirs alone, unless one flush wrote several.
   */
  private void overlaps(String table, List<Cover> covers) {
    Cover flushed = null;
    Cover merged = null;
    for (Cover cover : covers) {
      Cover other = overlapped(cover, flushed);
      if (other == null && cover.isFlush()) {
        other = overlapped(cover, merged);
      }
      if (other != null) {
        findings.add(
            Finding.at(
                Finding.Code.LOG_OVERLAP,
                table,
                cover.extent().key(),
                cover.interval().fromOffset(),
                "log "
                    + cover.interval().log()
                    + " from "
                    + cover.interval().fromOffset()
                    + " in one extent",
                "also in " + other.extent().key()));
      }
      if (cover.isFlush()) {
        flushed = longer(flushed, cover);
      } else {
        merged = longer(merged, cover);
      }
    }
  }

  private static @Nullable Cover overlapped(Cover cover, @Nullable Cover before) {
    boolean overlap =
        before != null
            && before.interval().toOffset() > cover.interval().fromOffset()
            && before.commit() != cover.commit();
    return overlap ? before : null;
  }

  private static Cover longer(@Nullable Cover before, Cover cover) {
    return before == null || before.interval().toOffset() < cover.interval().toOffset()
        ? cover
        : before;
  }
}
