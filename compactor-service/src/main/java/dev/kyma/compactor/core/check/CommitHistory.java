package dev.kyma.compactor.core.check;

import dev.kyma.catalog.Commit;
import dev.kyma.catalog.CommitRecord;
import dev.kyma.catalog.ExtentRef;
import dev.kyma.catalog.Removal;
import dev.kyma.catalog.TableChange;
import dev.kyma.format.ExtentSummary;
import dev.kyma.format.LogInterval;
import dev.kyma.format.RowOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the commits, one after the other, say of the log: which stretches are in which extents, and
 * which are rightly in none. Used by one thread.
 *
 * <p>A stretch is rightly in no extent when the commit that moved the cursor over it had no row to
 * store of it, when retention removed its extents, or when compaction removed extents all of whose
 * rows were deleted.
 */
final class CommitHistory {
  /**
   * A live extent, and the commit that added it.
   *
   * @param commit the commit's number
   */
  record Added(ExtentRef extent, long commit) {}

  /**
   * A stretch that a commit took out of all extents without a reason.
   *
   * @param commit the commit's number
   * @param kind what it was for
   * @param extent an extent it removed
   * @param interval the stretch
   */
  record Lost(long commit, Commit.Kind kind, String extent, LogInterval interval) {}

  private final Findings findings;
  private final Map<String, Added> live = new HashMap<>();
  private final Map<Integer, Stretches> withoutRows = new HashMap<>();
  private final Map<Integer, List<Lost>> lost = new HashMap<>();
  private long number;

  CommitHistory(Findings findings) {
    this.findings = findings;
  }

  /** The number of the last commit. */
  long number() {
    return number;
  }

  /** Takes the next commit. */
  void add(CommitRecord record) {
    number = record.number();
    Commit commit = record.commit();
    Map<Integer, Stretches> added = new HashMap<>();
    for (ExtentRef extent : commit.add()) {
      live.put(extent.key(), new Added(extent, number));
      for (LogInterval interval : extent.summary().logs()) {
        added.computeIfAbsent(interval.log(), log -> new Stretches()).add(interval);
      }
    }
    for (Commit.CursorMove move : commit.cursors()) {
      int log = move.next().log();
      long from = move.expected().nextOffset();
      long to = move.next().nextOffset();
      // A flush stores all of its stretch in one go, or finds nothing in it to store.
      boolean stored =
          from < to && added.containsKey(log) && added.get(log).missing(log, from, to).size() == 0;
      if (!stored && !added.containsKey(log)) {
        withoutRows.computeIfAbsent(log, l -> new Stretches()).add(from, to);
      }
    }
    if (!commit.remove().isEmpty()) {
      removed(commit, added);
    }
    for (TableChange change : commit.tables()) {
      if (change instanceof TableChange.Drop drop) {
        live.values().removeIf(extent -> extent.extent().table() == drop.table());
      }
      if (change instanceof TableChange.SwitchLog switched) {
        // What lies before is in extents under the old log's ordinals, or was given up.
        for (int i = 0; i < switched.log().partitions(); i++) {
          withoutRows
              .computeIfAbsent(switched.log().ordinal(i), log -> new Stretches())
              .add(0, switched.offsets().get(i));
        }
      }
    }
  }

  private void removed(Commit commit, Map<Integer, Stretches> added) {
    List<ExtentRef> gone = new ArrayList<>();
    long kept = 0;
    for (Removal removal : commit.remove()) {
      Added extent = live.remove(removal.extent());
      if (extent == null) {
        continue;
      }
      gone.add(extent.extent());
      ExtentSummary summary = extent.extent().summary();
      boolean mustStay =
          summary.order() == RowOrder.TABLE && removal.deletedRows() < summary.rows();
      if (mustStay) {
        kept += summary.rows() - removal.deletedRows();
      }
      for (LogInterval interval : summary.logs()) {
        Stretches still = added.getOrDefault(interval.log(), new Stretches());
        for (LogInterval missing :
            still.missing(interval.log(), interval.fromOffset(), interval.toOffset())) {
          if (mustStay && commit.kind() != Commit.Kind.RETENTION) {
            lost.computeIfAbsent(missing.log(), log -> new ArrayList<>())
                .add(new Lost(number, commit.kind(), removal.extent(), missing));
          } else {
            withoutRows.computeIfAbsent(missing.log(), log -> new Stretches()).add(missing);
          }
        }
      }
    }
    compareRows(commit, gone, kept);
  }

  /** Rows that were not deleted must be in the extents that took the place of others. */
  private void compareRows(Commit commit, List<ExtentRef> gone, long mustStay) {
    if (commit.kind() != Commit.Kind.COMPACT || commit.add().isEmpty()) {
      return;
    }
    long rows = 0;
    for (ExtentRef extent : commit.add()) {
      if (extent.summary().order() == RowOrder.TABLE) {
        rows += extent.summary().rows();
      }
    }
    if (rows < mustStay) {
      findings.add(
          Finding.of(
              Finding.Code.ROWS_LOST,
              "",
              gone.getFirst().key(),
              mustStay + " rows in the extents of commit " + number,
              rows + " rows"));
    }
  }

  /** The live extents after the last commit, by key. */
  Map<String, Added> live() {
    return live;
  }

  /** The stretches of a log that are rightly in no extent. */
  Stretches withoutRows(int log) {
    return withoutRows.getOrDefault(log, new Stretches());
  }

  /** The commit that lost an offset of a log, if one did. */
  List<Lost> lost(int log) {
    return lost.getOrDefault(log, List.of());
  }
}
