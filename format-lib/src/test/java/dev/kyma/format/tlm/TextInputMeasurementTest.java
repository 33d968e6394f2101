package dev.kyma.format.tlm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kyma.format.ExtentOptions;
import dev.kyma.format.ExtentWriter;
import dev.kyma.format.ScanCursor;
import dev.kyma.format.ScanRequest;
import dev.kyma.format.WrittenExtent;
import dev.kyma.format.predicate.ColumnPath;
import dev.kyma.format.predicate.Predicate;
import dev.kyma.format.type.Field;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.type.TableSchema;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.BytesVector;
import dev.kyma.format.vector.BytesVectorBuilder;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.Flatten;
import java.io.BufferedInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Prints what the lines of real files cost as one column of text, here and in Parquet with zstd as
 * DuckDB writes it. {@code -Dkyma.measure.inputs} names files ({@code .gz} or not), separated as
 * paths are and each by commas where several are one input; without it, the lines tests come with.
 * Asserts that every line comes back.
 */
final class TextInputMeasurementTest {
  private static final TableSchema SCHEMA =
      TableSchema.of(new Field(1, "line", LogicalType.TEXT, false));

  /** Bytes of an extent: of the column, of its indexes, and of everything. */
  private record Sizes(long text, long index, long all, double rowsPerSecond) {}

  @Test
  void linesOfRealInputsComeBackAndTheirSizesArePrinted(@TempDir Path directory) throws Exception {
    System.out.printf(
        "%-28s %9s %8s %8s | %7s %7s %6s %6s %9s | %7s %7s %6s %6s %9s%n",
        "input", "rows", "raw", "parquet", "flush", "index", "ratio", "with", "rows/s", "compact",
        "index", "ratio", "with", "rows/s");
    String inputs = System.getProperty("kyma.measure.inputs", "");
    if (inputs.isEmpty()) {
      try (InputStream in = TextInputMeasurementTest.class.getResourceAsStream("/logs/real-lines.txt.gz")) {
        assertThat(in).isNotNull();
        measure("real-lines", List.of(lines(new GZIPInputStream(in))), directory);
      }
      return;
    }
    for (String input : inputs.split(File.pathSeparator)) {
      List<BytesVector> parts = new ArrayList<>();
      for (String file : input.split(",")) {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(Path.of(file)))) {
          parts.add(lines(file.endsWith(".gz") ? new GZIPInputStream(in) : in));
        }
      }
      String name = Path.of(input.split(",")[0]).getFileName().toString();
      measure(parts.size() == 1 ? name : name + " …", parts, directory);
    }
  }

  private static BytesVector lines(InputStream in) throws IOException {
    byte[] all = in.readAllBytes();
    BytesVectorBuilder builder = new BytesVectorBuilder(LogicalType.TEXT, 1 << 16);
    int from = 0;
    for (int i = 0; i <= all.length; i++) {
      if (i == all.length ? i > from : all[i] == '\n') {
        builder.append(all, from, i - from);
        from = i + 1;
      }
    }
    return builder.build();
  }

  private static void measure(String name, List<BytesVector> parts, Path directory)
      throws SQLException, IOException {
    long rows = 0;
    long raw = 0;
    for (BytesVector part : parts) {
      rows += part.size();
      raw += part.offsets()[part.size()];
    }
    Sizes flush = ours(parts, ExtentOptions.Effort.FLUSH);
    Sizes compaction = ours(parts, ExtentOptions.Effort.COMPACTION);
    double parquet = parquet(parts, directory) / (double) rows;
    System.out.printf(
        "%-28s %,9d %8.1f %8.2f | %7.2f %7.2f %6.3f %6.3f %,9.0f | %7.2f %7.2f %6.3f %6.3f %,9.0f%n",
        name,
        rows,
        raw / (double) rows,
        parquet,
        flush.text / (double) rows,
        flush.index / (double) rows,
        flush.text / parquet / rows,
        flush.all / parquet / rows,
        flush.rowsPerSecond,
        compaction.text / (double) rows,
        compaction.index / (double) rows,
        compaction.text / parquet / rows,
        compaction.all / parquet / rows,
        compaction.rowsPerSecond);
  }

  private static Sizes ours(List<BytesVector> parts, ExtentOptions.Effort effort) {
    TlmFormat format = new TlmFormat();
    long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    ExtentWriter writer = format.write(SCHEMA, new ExtentOptions(0, List.of(), List.of(), effort));
    long rows = 0;
    for (BytesVector part : parts) {
      writer.append(new Batch(List.<ColumnVector>of(part), part.size()));
      rows += part.size();
    }
    WrittenExtent extent = writer.finish();
    long nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
    MapStore store = new MapStore();
    store.create("t/e", extent.content());
    TlmReader reader = (TlmReader) format.open(store, "t/e", extent.length());
    assertComesBack(parts, reader);
    long text = 0;
    long index = 0;
    for (Region region : reader.footer().regions()) {
      if (region.kind() == RegionKind.COLUMN.code()) {
        text += region.length();
      } else {
        index += region.length();
      }
    }
    return new Sizes(text, index, extent.length(), rows * 1e9 / nanos);
  }

  private static void assertComesBack(List<BytesVector> parts, TlmReader reader) {
    ScanCursor cursor =
        reader.scan(
            ScanRequest.of(
                List.of(ColumnPath.of(1, LogicalType.TEXT)), new Predicate.And(List.of())));
    int part = 0;
    int at = 0;
    for (ScanCursor.Rows next = cursor.next(); next != null; next = cursor.next()) {
      BytesVector lines = (BytesVector) Flatten.of(next.batch().column(0));
      for (int i = 0; i < lines.size(); i++, at++) {
        if (at == parts.get(part).size()) {
          part++;
          at = 0;
        }
        if (!java.util.Arrays.equals(lines.bytes(i), parts.get(part).bytes(at))) {
          assertThat(lines.text(i)).as("line %d of part %d", at, part).isEqualTo(parts.get(part).text(at));
        }
      }
    }
    assertThat(part).isEqualTo(parts.size() - 1);
    assertThat(at).isEqualTo(parts.getLast().size());
  }

  /** The bytes of the column in a Parquet file of one, written with DuckDB's defaults. */
  private static long parquet(List<BytesVector> parts, Path directory)
      throws SQLException, IOException {
    Path file = directory.resolve("lines.parquet");
    Files.deleteIfExists(file);
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE lines (line VARCHAR)");
      try (DuckDBAppender appender =
          connection
              .unwrap(DuckDBConnection.class)
              .createAppender(DuckDBConnection.DEFAULT_SCHEMA, "lines")) {
        for (BytesVector part : parts) {
          for (int i = 0; i < part.size(); i++) {
            appender.beginRow();
            appender.append(part.text(i));
            appender.endRow();
          }
        }
      }
      statement.execute("COPY lines TO '" + file + "' (FORMAT parquet, COMPRESSION zstd)");
    }
    return Files.size(file);
  }
}
