package dev.kyma.format.tlm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kyma.format.ExtentOptions;
import dev.kyma.format.ExtentReader;
import dev.kyma.format.ExtentWriter;
import dev.kyma.format.ScanCursor;
import dev.kyma.format.ScanRequest;
import dev.kyma.format.WrittenExtent;
import dev.kyma.format.predicate.ColumnPath;
import dev.kyma.format.predicate.Constant;
import dev.kyma.format.predicate.Predicate;
import dev.kyma.format.type.Field;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.Batch;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Prints sizes and speeds on generated log records; asserts only that the rows are all there. */
final class TlmMeasurementTest {
  private static final int ROWS = Integer.getInteger("kyma.measure.rows", 65_536);

  @Test
  void sizesAndSpeedsArePrinted() {
    OtelRows generator = new OtelRows(1);
    List<Batch> batches = new ArrayList<>();
    for (int from = 0; from < ROWS; from += Batch.MAX_ROWS) {
      batches.add(generator.batch(from, Math.min(Batch.MAX_ROWS, ROWS - from)));
    }
    TlmFormat format = new TlmFormat();
    WrittenExtent extent = null;
    for (int round = 0; round < Integer.getInteger("kyma.measure.rounds", 2); round++) {
      long start = cpuNanos();
      ExtentWriter writer =
          format.write(
              OtelRows.SCHEMA,
              new ExtentOptions(1, List.of(1), List.of(), ExtentOptions.Effort.FLUSH));
      batches.forEach(writer::append);
      extent = writer.finish();
      long nanos = cpuNanos() - start;
      System.out.printf(
          "encode: %,d rows/s, %.2f bytes/row%n",
          ROWS * 1_000_000_000L / nanos, extent.length() / (double) ROWS);
    }
    if (extent == null) {
      return;
    }
    MapStore store = new MapStore();
    store.create("t/e", extent.content());
    TlmReader reader = (TlmReader) format.open(store, "t/e", extent.length());
    for (Region region : reader.footer().regions()) {
      Field field = OtelRows.SCHEMA.field(OtelRows.SCHEMA.indexOfId(region.column()));
      System.out.printf(
          "  %-20s kind %2d %8.3f bytes/row, head %,d%n",
          field.name(), region.kind(), region.bytes() / (double) ROWS, region.headLength());
    }
    ColumnPath severity = ColumnPath.of(3, LogicalType.INT32);
    ColumnPath method = new ColumnPath(11, List.of("http.method"), LogicalType.TEXT);
    ColumnPath duration = new ColumnPath(11, List.of("duration_ms"), LogicalType.FLOAT64);
    Predicate errors =
        new Predicate.Compare(
            severity, Predicate.Comparison.EQUAL, Constant.of(LogicalType.INT32, 17));
    Predicate all = new Predicate.And(List.of());
    scan(
        "timestamp", reader, ScanRequest.of(List.of(ColumnPath.of(1, LogicalType.TIMESTAMP)), all));
    scan("severity = 17", reader, ScanRequest.of(List.of(), errors));
    scan("service", reader, ScanRequest.of(List.of(ColumnPath.of(7, LogicalType.TEXT)), all));
    scan("body", reader, ScanRequest.of(List.of(ColumnPath.of(5, LogicalType.TEXT)), all));
    scan(
        "attributes", reader, ScanRequest.of(List.of(ColumnPath.of(11, LogicalType.DYNAMIC)), all));
    scan("attributes.http.method", reader, ScanRequest.of(List.of(method), all));
    scan("attributes.duration_ms", reader, ScanRequest.of(List.of(duration), all));
    scan("everything", reader, ScanRequest.of(TlmRoundTripTest.all(OtelRows.SCHEMA), all));
    for (int round = 0; round < 5; round++) {
      long start = cpuNanos();
      for (int i = 0; i < 20; i++) {
        ScanCursor cursor =
            format
                .open(store, "t/e", extent.length())
                .scan(
                    ScanRequest.of(List.of(severity, ColumnPath.of(7, LogicalType.TEXT)), errors));
        assertThat(cursor.next()).isNotNull();
      }
      System.out.printf(
          "open 20 extents, first rows of two columns: %.2f ms%n", (cpuNanos() - start) / 1e6);
    }
  }

  /** Processor time, so that other work on the machine does not count. */
  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static void scan(String name, ExtentReader reader, ScanRequest request) {
    long best = Long.MAX_VALUE;
    long bytes = 0;
    long until = cpuNanos() + 1_000_000L * Integer.getInteger("kyma.measure.millis", 50);
    for (int round = 0; round < 3 || cpuNanos() < until; round++) {
      long start = cpuNanos();
      ScanCursor cursor = reader.scan(request);
      long rows = 0;
      for (ScanCursor.Rows next = cursor.next(); next != null; next = cursor.next()) {
        rows += next.selection().count();
      }
      best = Math.min(best, cpuNanos() - start);
      assertThat(rows).isPositive();
      bytes = cursor.stats().bytesRead();
    }
    System.out.printf(
        "scan %-24s %,15d rows/s, %,d bytes%n", name, ROWS * 1_000_000_000L / best, bytes);
  }
}
