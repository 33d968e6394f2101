package dev.kyma.query.core.read;

import dev.kyma.catalog.Candidates;
import dev.kyma.catalog.ExtentRef;
import dev.kyma.format.ScanCursor;
import dev.kyma.format.ScanStats;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;

/** What one query looked at and what pruning saved it. Safe for use by the query's threads. */
public final class ReadStats {
  private final Map<Long, Considered> tables = new ConcurrentHashMap<>();
  private final Set<String> extentsRead = ConcurrentHashMap.newKeySet();
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

  private record Considered(long extents, long bytes) {}

  /**
   * Takes note of a table's extents; of a table that is scanned twice, those of the larger scan.
   */
  void considered(long table, Candidates candidates) {
    tables.merge(
        table,
        new Considered(candidates.considered(), candidates.consideredBytes()),
        (a, b) -> a.extents() >= b.extents() ? a : b);
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
    long extents = tables.values().stream().mapToLong(Considered::extents).sum();
    long bytes = tables.values().stream().mapToLong(Considered::bytes).sum();
    return new Totals(extents, extentsRead.size(), bytes, tailRows.sum(), scans);
  }
}
