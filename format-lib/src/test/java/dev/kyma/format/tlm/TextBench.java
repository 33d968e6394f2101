package dev.kyma.format.tlm;

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
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * What the lines of real files cost as one column of text, here and in Parquet with zstd as DuckDB
 * writes it: {@code storage.text_bytes_per_row} and {@code storage.text_and_index_bytes_per_row} as
 * flush and as compaction write them, one JSON object a line. Every line is read back.
 *
 * <p>Arguments: files, {@code .gz} or not; several joined by commas are one input.
 */
public final class TextBench {
  private static final TableSchema SCHEMA =
      TableSchema.of(new Field(1, "line", LogicalType.TEXT, false));

  private TextBench() {}

  /** Bytes of an extent: of the column, and of its indexes. */
  private record Sizes(long text, long index) {}

  /**
   * Bytes a row.
   *
   * @param theirs of the Parquet file
   */
  record Size(String name, double ours, double theirs, long rows) {
    double ratio() {
      return theirs / ours;
    }
  }

  /** Measures the files named and prints the figures. */
  public static void main(String[] args) throws SQLException, IOException {
    Path directory = Files.createTempDirectory("kyma-text-bench");
    try {
      for (String input : args) {
        List<BytesVector> parts = new ArrayList<>();
        for (String file : input.split(",")) {
          try (InputStream in = new BufferedInputStream(Files.newInputStream(Path.of(file)))) {
            parts.add(lines(file.endsWith(".gz") ? new GZIPInputStream(in) : in));
          }
        }
        for (Size size :
            measure(Path.of(input.split(",")[0]).getFileName().toString(), parts, directory)) {
          System.out.printf(
              Locale.ROOT,
              "{\"name\":\"%s\",\"unit\":\"B/row\",\"ours\":%.3f,\"peer\":\"duckdb-parquet\","
                  + "\"theirs\":%.3f,\"ratio\":%.3f,\"rows\":%d,\"rounds\":1,\"equal\":true}%n",
              size.name(),
              size.ours(),
              size.theirs(),
              size.ratio(),
              size.rows());
        }
      }
    } finally {
      Files.deleteIfExists(directory.resolve("lines.parquet"));
      Files.deleteIfExists(directory);
    }
  }

  /** The lines of a text. */
  static BytesVector lines(InputStream in) throws IOException {
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

  /**
   * Measures one input.
   *
   * @param parts its lines, in extents of their own
   * @param directory where the Parquet file is written
   * @throws IllegalStateException if a line does not come back
   */
  static List<Size> measure(String name, List<BytesVector> parts, Path directory)
      throws SQLException, IOException {
    long rows = 0;
    for (BytesVector part : parts) {
      rows += part.size();
    }
    double parquet = parquet(parts, directory) / (double) rows;
    List<Size> sizes = new ArrayList<>();
    for (ExtentOptions.Effort effort : ExtentOptions.Effort.values()) {
      Sizes ours = ours(parts, effort);
      String suffix = "." + effort.name().toLowerCase(Locale.ROOT) + "." + name;
      sizes.add(
          new Size(
              "storage.text_bytes_per_row" + suffix, ours.text / (double) rows, parquet, rows));
      sizes.add(
          new Size(
              "storage.text_and_index_bytes_per_row" + suffix,
              (ours.text + ours.index) / (double) rows,
              parquet,
              rows));
    }
    return sizes;
  }

  private static Sizes ours(List<BytesVector> parts, ExtentOptions.Effort effort) {
    TlmFormat format = new TlmFormat();
    ExtentWriter writer = format.write(SCHEMA, new ExtentOptions(0, List.of(), List.of(), effort));
    for (BytesVector part : parts) {
      writer.append(new Batch(List.<ColumnVector>of(part), part.size()));
    }
    WrittenExtent extent = writer.finish();
    MapStore store = new MapStore();
    store.create("t/e", extent.content());
    TlmReader reader = (TlmReader) format.open(store, "t/e", extent.length());
    requireEqual(parts, reader);
    long text = 0;
    long index = 0;
    for (Region region : reader.footer().regions()) {
      if (region.kind() == RegionKind.COLUMN.code()) {
        text += region.length();
      } else {
        index += region.length();
      }
    }
    return new Sizes(text, index);
  }

  private static void requireEqual(List<BytesVector> parts, TlmReader reader) {
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
        if (!Arrays.equals(lines.bytes(i), parts.get(part).bytes(at))) {
          throw new IllegalStateException(
              "line " + at + " of part " + part + " does not come back");
        }
      }
    }
    if (part != parts.size() - 1 || at != parts.getLast().size()) {
      throw new IllegalStateException("lines are missing from line " + at + " of part " + part);
    }
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
