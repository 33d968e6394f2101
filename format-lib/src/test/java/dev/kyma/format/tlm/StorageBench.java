package dev.kyma.format.tlm;

import dev.kyma.format.ExtentOptions;
import dev.kyma.format.ExtentReader;
import dev.kyma.format.ExtentWriter;
import dev.kyma.format.ScanCursor;
import dev.kyma.format.ScanRequest;
import dev.kyma.format.WrittenExtent;
import dev.kyma.format.encoding.PackedBench;
import dev.kyma.format.io.ObjectStore;
import dev.kyma.format.io.cache.CachingObjectStore;
import dev.kyma.format.io.local.LocalObjectStore;
import dev.kyma.format.predicate.ColumnPath;
import dev.kyma.format.predicate.Constant;
import dev.kyma.format.predicate.Predicate;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.Batch;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;

/**
 * The speeds of the format alone, one JSON object a line: {@code storage.decode_packed}, {@code
 * storage.open_two_columns} and {@code storage.encode_rows_per_core}. Medians of interleaved
 * rounds; a first quarter of the rounds warms up and is not counted. Encoding counts processor time
 * of the one thread that encodes; decoding and opening count wall time.
 *
 * <p>Arguments: {@code [--quick] [--seconds N a figure] [name prefix]}.
 */
public final class StorageBench {
  private static final int EXTENTS = 20;
  private static final int EXTENT_ROWS = 65_536;
  private static final Predicate ALL = new Predicate.And(List.of());

  private final double seconds;

  private StorageBench(double seconds) {
    this.seconds = seconds;
  }

  /** Runs what is asked for and prints it. */
  public static void main(String[] args) throws IOException {
    double seconds = 6;
    String only = "storage.";
    for (int i = 0; i < args.length; i++) {
      switch (args[i]) {
        case "--quick" -> seconds = 2;
        case "--seconds" -> seconds = Double.parseDouble(args[++i]);
        default -> only = args[i];
      }
    }
    StorageBench bench = new StorageBench(seconds);
    if ("storage.decode_packed".startsWith(only)) {
      bench.decodePacked();
    }
    if ("storage.open_two_columns".startsWith(only)) {
      bench.openTwoColumns();
    }
    if ("storage.encode_rows_per_core".startsWith(only)) {
      bench.encode();
    }
  }

  private record Series(String name, DoubleSupplier round) {}

  /** The median of every series, their rounds taken in turn. */
  private double[] medians(List<Series> series) {
    List<List<Double>> found = new ArrayList<>();
    series.forEach(each -> found.add(new ArrayList<>()));
    long until = System.nanoTime() + (long) (seconds * 1e9);
    int rounds = 0;
    while (System.nanoTime() < until || rounds < 8) {
      for (int i = 0; i < series.size(); i++) {
        found.get(i).add(series.get(i).round().getAsDouble());
      }
      rounds++;
    }
    double[] medians = new double[series.size()];
    for (int i = 0; i < medians.length; i++) {
      double[] counted =
          found.get(i).stream().skip(rounds / 4).mapToDouble(Double::doubleValue).toArray();
      Arrays.sort(counted);
      medians[i] = counted[counted.length / 2];
    }
    return medians;
  }

  private static void print(
      String name, String unit, double ours, String peer, double theirs, long rows, String more) {
    boolean less = unit.equals("ms");
    String against =
        peer.isEmpty()
            ? ""
            : String.format(
                Locale.ROOT,
                ",\"peer\":\"%s\",\"theirs\":%.3f,\"ratio\":%.3f",
                peer,
                theirs,
                less ? theirs / ours : ours / theirs);
    System.out.printf(
        Locale.ROOT,
        "{\"name\":\"%s\",\"unit\":\"%s\",\"ours\":%.3f%s,\"rows\":%d%s}%n",
        name,
        unit,
        ours,
        against,
        rows,
        more);
  }

  private void decodePacked() {
    for (int width : new int[] {7, 13, 21}) {
      PackedBench bench = new PackedBench(width, 1);
      String equal = ",\"bits\":" + width + ",\"equal\":" + bench.isEqual();
      double[] speeds =
          medians(
              List.of(
                  new Series("decoded", bench::decoded),
                  new Series("plain", bench::plain),
                  new Series("copied", bench::copied)));
      print("storage.decode_packed", "G/s", speeds[0], "arraycopy", speeds[2], 1 << 20, equal);
      print(
          "storage.decode_packed_plain", "G/s", speeds[1], "arraycopy", speeds[2], 1 << 20, equal);
    }
  }

  /** Extents of a table, each with rows of its own. */
  private static List<Batch> rows(int from, int count) {
    OtelRows generator = new OtelRows(1 + from);
    List<Batch> batches = new ArrayList<>();
    for (int at = 0; at < count; at += Batch.MAX_ROWS) {
      batches.add(generator.batch(from + at, Math.min(Batch.MAX_ROWS, count - at)));
    }
    return batches;
  }

  private static WrittenExtent write(List<Batch> batches, ExtentOptions.Effort effort) {
    ExtentWriter writer =
        new TlmFormat(0)
            .write(OtelRows.SCHEMA, new ExtentOptions(1, List.of(1), List.of(), effort));
    batches.forEach(writer::append);
    return writer.finish();
  }

  private void openTwoColumns() throws IOException {
    Path directory = Files.createTempDirectory("kyma-storage-bench");
    try (ObjectStore store = new CachingObjectStore(LocalObjectStore.open(directory), 256L << 20)) {
      TlmFormat format = new TlmFormat();
      List<Long> lengths = new ArrayList<>();
      for (int i = 0; i < EXTENTS; i++) {
        WrittenExtent extent =
            write(rows(i * EXTENT_ROWS, EXTENT_ROWS), ExtentOptions.Effort.FLUSH);
        store.create("t/e" + i, extent.content());
        lengths.add(extent.length());
      }
      ColumnPath severity = ColumnPath.of(3, LogicalType.INT32);
      ColumnPath service = ColumnPath.of(7, LogicalType.TEXT);
      Predicate errors =
          new Predicate.Compare(
              severity, Predicate.Comparison.EQUAL, Constant.of(LogicalType.INT32, 17));
      DoubleSupplier first = () -> open(format, store, lengths, List.of(severity, service), ALL, 1);
      DoubleSupplier found =
          () -> open(format, store, lengths, List.of(severity, service), errors, 1);
      DoubleSupplier all =
          () -> open(format, store, lengths, List.of(severity, service), ALL, 1 << 20);
      double[] millis =
          medians(
              List.of(
                  new Series("first rows", first),
                  new Series("severity = 17", found),
                  new Series("all rows", all)));
      long rows = (long) EXTENTS * EXTENT_ROWS;
      print("storage.open_two_columns", "ms", millis[0], "", 0, rows, ",\"read\":\"first batch\"");
      print(
          "storage.open_two_columns_filtered",
          "ms",
          millis[1],
          "",
          0,
          rows,
          ",\"read\":\"first batch where severity = 17\"");
      print("storage.open_two_columns_all", "ms", millis[2], "", 0, rows, ",\"read\":\"all\"");
    } finally {
      delete(directory);
    }
  }

  private static double open(
      TlmFormat format,
      ObjectStore store,
      List<Long> lengths,
      List<ColumnPath> columns,
      Predicate predicate,
      int batches) {
    long start = System.nanoTime();
    for (int i = 0; i < EXTENTS; i++) {
      ExtentReader reader = format.open(store, "t/e" + i, lengths.get(i));
      ScanCursor cursor = reader.scan(ScanRequest.of(columns, predicate));
      ScanCursor.Rows rows = cursor.next();
      if (rows == null || rows.batch().rowCount() == 0) {
        throw new IllegalStateException("nothing read of " + i);
      }
      for (int left = batches - 1; left > 0 && rows != null; left--) {
        rows = cursor.next();
      }
    }
    return (System.nanoTime() - start) / 1e6;
  }

  private void encode() {
    List<Batch> batches = rows(0, 4 * EXTENT_ROWS);
    long count = 4L * EXTENT_ROWS;
    long[] bytes = new long[2];
    Series flush =
        new Series("flush", () -> encode(batches, count, ExtentOptions.Effort.FLUSH, bytes, 0));
    Series compaction =
        new Series(
            "compaction", () -> encode(batches, count, ExtentOptions.Effort.COMPACTION, bytes, 1));
    double[] speeds = medians(List.of(flush, compaction));
    print(
        "storage.encode_rows_per_core",
        "rows/s",
        speeds[0],
        "",
        0,
        count,
        String.format(Locale.ROOT, ",\"bytes_per_row\":%.2f", bytes[0] / (double) count));
    print(
        "storage.encode_rows_per_core_compaction",
        "rows/s",
        speeds[1],
        "",
        0,
        count,
        String.format(Locale.ROOT, ",\"bytes_per_row\":%.2f", bytes[1] / (double) count));
  }

  private static double encode(
      List<Batch> batches, long rows, ExtentOptions.Effort effort, long[] bytes, int place) {
    long start = cpuNanos();
    bytes[place] = write(batches, effort).length();
    return rows * 1e9 / (cpuNanos() - start);
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
