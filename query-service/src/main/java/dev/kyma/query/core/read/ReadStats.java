package dev.kyma.query.core.read;

import dev.kyma.catalog.ExtentRef;
import dev.kyma.format.ScanCursor;
import dev.kyma.format.ScanStats;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;

/** What one query looked at and what pruning saved it. Safe for use by the query's threads. */
public final class ReadStats {
  private final Set<String> extents = ConcurrentHashMap.newKeySet();
  private final Set<String> extentsRead = ConcurrentHashMap.newKeySet();
  private final LongAdder bytes = new LongAdder();
  private final LongAdder tailRows = new LongAdder();
  private final Queue<ScanCursor> cursors = new ConcurrentLinkedQueue<>();

  /**
   * The sums.
   *
   * @param extents extents of the tables scanned
   * @param extentsRead those of them that were opened
   * @param bytes the length of all of them
   * @param tailRows rows taken from logs
   * @param scans what the scans of the opened ones did
   */
  public record Totals(
      long extents, long extentsRead, long bytes, long tailRows, ScanStats scans) {}

  void considered(ExtentRef extent) {
    if (extents.add(extent.key())) {
      bytes.add(extent.length());
    }
  }

  void opened(ExtentRef extent) {
    extentsRead.add(extent.key());
  }

  void scanning(ScanCursor cursor) {
    cursors.add(cursor);
  }

  void tail(long rows) {
    tailRows.add(rows);
  }

  /** The sums so far; only whole once nothing reads any more. */
  public Totals totals() {
    ScanStats scans = ScanStats.NONE;
    for (ScanCursor cursor : cursors) {
      scans = scans.plus(cursor.stats());
    }
    return new Totals(extents.size(), extentsRead.size(), bytes.sum(), tailRows.sum(), scans);
  }
}
