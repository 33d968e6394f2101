package dev.kyma.format.tlm;

import dev.kyma.format.CorruptExtentException;
import dev.kyma.format.ExtentOptions;
import dev.kyma.format.ExtentSummary;
import dev.kyma.format.ExtentWriter;
import dev.kyma.format.LogInterval;
import dev.kyma.format.RowOrder;
import dev.kyma.format.encoding.ByteSource;
import dev.kyma.format.type.Field;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.type.LogicalType.Kind;
import dev.kyma.format.type.TableSchema;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads what {@link FooterWriter} wrote.
 *
 * <p>Everything is checked before it is believed: magics, versions, checksums, and that the regions
 * cover the object from the header to the statistics without gap or overlap.
 */
final class FooterReader {
  private static final int MAX_COLUMNS = 100_000;
  private static final int MAX_REGIONS = 1_000_000;

  private final String key;
  private final long objectLength;

  /** Where things lie, as the trailer says. */
  record Trailer(
      long statisticsOffset, long footerOffset, int footerLength, int footerCrc, int version) {}

  FooterReader(String key, long objectLength) {
    this.key = key;
    this.objectLength = objectLength;
  }

  private CorruptExtentException corrupt(long offset, String expected, String actual) {
    return new CorruptExtentException(key, offset, expected, actual);
  }

  /** Reads the last {@link Layout#TRAILER_BYTES} bytes of an array. */
  Trailer trailer(byte[] bytes, int end) {
    int start = end - Layout.TRAILER_BYTES;
    long offset = objectLength - Layout.TRAILER_BYTES;
    if (start < 0 || offset < Layout.HEADER_BYTES) {
      throw corrupt(0, "an extent", objectLength + " bytes");
    }
    int magicAt = end - Layout.TRAILER_MAGIC.length;
    if (!Arrays.equals(bytes, magicAt, end, Layout.TRAILER_MAGIC, 0, Layout.TRAILER_MAGIC.length)) {
      throw corrupt(objectLength - Layout.TRAILER_MAGIC.length, "the end of an extent", "another");
    }
    ByteSource source = new ByteSource(key, offset, bytes, start, end);
    long statisticsOffset = source.i64();
    long footerOffset = source.i64();
    int footerLength = source.i32();
    int footerCrc = source.i32();
    long length = source.i64();
    int version = source.i32();
    Trailer trailer = new Trailer(statisticsOffset, footerOffset, footerLength, footerCrc, version);
    source.skip(16);
    int crc = source.i32();
    int found = Checksum.of(bytes, start, Layout.TRAILER_BYTES - 12);
    if (crc != found) {
      throw corrupt(offset, "trailer checksum " + hex(crc), hex(found));
    }
    if (FormatVersion.of(version).isEmpty()) {
      throw corrupt(
          offset, "version " + FormatVersion.LATEST.number() + " at most", "version " + version);
    }
    if (length != objectLength
        || trailer.statisticsOffset < Layout.HEADER_BYTES
        || trailer.footerOffset < trailer.statisticsOffset
        || trailer.footerOffset > offset
        || trailer.footerLength != offset - trailer.footerOffset
        || trailer.footerLength < FooterWriter.FIXED_BYTES) {
      throw corrupt(offset, "an object of " + length + " bytes", objectLength + " bytes");
    }
    return trailer;
  }

  /**
   * Reads statistics and footer.
   *
   * @param bytes the object from the statistics to the end of the footer
   * @param start where in {@code bytes} the statistics begin
   */
  Footer footer(Trailer trailer, byte[] bytes, int start) {
    int statisticsLength = (int) (trailer.footerOffset - trailer.statisticsOffset);
    int footerStart = start + statisticsLength;
    int found = Checksum.of(bytes, footerStart, trailer.footerLength);
    if (found != trailer.footerCrc) {
      throw corrupt(trailer.footerOffset, "footer checksum " + hex(trailer.footerCrc), hex(found));
    }
    ByteSource source =
        new ByteSource(
            key, trailer.footerOffset, bytes, footerStart, footerStart + trailer.footerLength);
    if (source.i32() != Layout.FOOTER_MAGIC || source.u16() != trailer.version) {
      throw source.corrupt("a footer of version " + trailer.version, "another");
    }
    source.u16();
    long required = source.i64();
    if (required != 0) {
      throw source.corrupt("no features to be required", Long.toHexString(required));
    }
    source.i64();
    long rows = source.i64();
    int timeColumn = source.i32();
    int blockRows = source.i32();
    int vectorRows = source.i32();
    if (rows < 0
        || rows > ExtentWriter.MAX_ROWS
        || blockRows != Layout.BLOCK_ROWS
        || vectorRows != Layout.VECTOR_ROWS) {
      throw source.corrupt("rows, blocks and vectors", rows + ", " + blockRows + ", " + vectorRows);
    }
    int columnCount = bounded(source, MAX_COLUMNS);
    int sortCount = bounded(source, MAX_COLUMNS);
    int logCount = bounded(source, MAX_REGIONS);
    int regionCount = bounded(source, MAX_REGIONS);
    int headerCrc = source.i32();
    long minSeq = source.i64();
    long maxSeq = source.i64();
    long rowsHash = source.i64();
    int statisticsBytes = source.i32();
    int statisticsCrc = source.i32();
    int nameBytes = source.i32();
    RowOrder order = order(source);
    source.i32();
    int tombstones = source.i32();
    int level = source.i32();
    int keyCount = bounded(source, columnCount);
    if (tombstones < 0 || tombstones > rows || level < 0 || level > ExtentOptions.MAX_LEVEL) {
      throw source.corrupt("tombstones and a level", tombstones + ", " + level);
    }
    source.skip(FooterWriter.FIXED_BYTES - (source.position() - footerStart));
    long tables =
        (long) columnCount * FooterWriter.COLUMN_BYTES
            + 4L * sortCount
            + 4L * keyCount
            + (long) logCount * FooterWriter.LOG_BYTES
            + (long) regionCount * FooterWriter.REGION_BYTES;
    if (statisticsBytes != statisticsLength
        || nameBytes < 0
        || tables + nameBytes > source.remaining()) {
      throw source.corrupt("tables of " + (tables + nameBytes) + " bytes", "other lengths");
    }
    int namesAt = (int) (source.position() + tables);
    TableSchema schema = schema(source, columnCount, bytes, namesAt, nameBytes);
    List<Integer> sortColumns = new ArrayList<>(sortCount);
    for (int i = 0; i < sortCount; i++) {
      sortColumns.add(source.i32());
    }
    List<Integer> primaryKey = new ArrayList<>(keyCount);
    for (int i = 0; i < keyCount; i++) {
      primaryKey.add(source.i32());
      if (schema.indexOfId(primaryKey.getLast()) < 0) {
        throw source.corrupt("a key column of the extent", "id " + primaryKey.getLast());
      }
    }
    List<LogInterval> logs = new ArrayList<>(logCount);
    for (int i = 0; i < logCount; i++) {
      logs.add(log(source));
    }
    List<Region> regions =
        RegionTable.read(source, regionCount, trailer.version, trailer.statisticsOffset);
    Statistics statistics =
        statistics(trailer, bytes, start, statisticsLength, statisticsCrc, schema, rows);
    ExtentSummary summary =
        new ExtentSummary(
            rows,
            trailer.footerCrc,
            timeColumn,
            sortColumns,
            logs,
            minSeq,
            maxSeq,
            rowsHash,
            statistics.whole(),
            order,
            level,
            tombstones);
    return new Footer(trailer.version, schema, summary, primaryKey, regions, headerCrc, statistics);
  }

  private static int bounded(ByteSource source, int max) {
    int count = source.i32();
    if (count < 0 || count > max) {
      throw source.corrupt("a count up to " + max, Integer.toString(count));
    }
    return count;
  }

  private static RowOrder order(ByteSource source) {
    int code = source.i32();
    for (RowOrder order : RowOrder.values()) {
      if (FooterWriter.order(order) == code) {
        return order;
      }
    }
    throw source.corrupt("an order of rows", Integer.toString(code));
  }

  private static TableSchema schema(
      ByteSource source, int count, byte[] bytes, int namesAt, int nameBytes) {
    List<Field> fields = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int id = source.i32();
      Kind kind = Kinds.kind(source.u8());
      boolean nullable = source.u8(1) == 1;
      int scale = source.u16();
      int precision = source.i32();
      int offset = source.i32();
      int length = source.i32();
      source.skip(12);
      if (kind == null || offset < 0 || length < 0 || (long) offset + length > nameBytes) {
        throw source.corrupt("a column", "id " + id);
      }
      String name = new String(bytes, namesAt + offset, length, StandardCharsets.UTF_8);
      try {
        fields.add(new Field(id, name, new LogicalType(kind, precision, scale), nullable));
      } catch (IllegalArgumentException e) {
        throw source.corrupt("a column", String.valueOf(e.getMessage()));
      }
    }
    try {
      return new TableSchema(fields);
    } catch (IllegalArgumentException e) {
      throw source.corrupt("columns", String.valueOf(e.getMessage()));
    }
  }

  private static LogInterval log(ByteSource source) {
    int log = source.i32();
    source.i32();
    long from = source.i64();
    long to = source.i64();
    if (from < 0 || to < from) {
      throw source.corrupt("an interval of log", from + " to " + to);
    }
    return new LogInterval(log, from, to);
  }

  private Statistics statistics(
      Trailer trailer,
      byte[] bytes,
      int start,
      int length,
      int crc,
      TableSchema schema,
      long rows) {
    int found = Checksum.of(bytes, start, length);
    if (found != crc) {
      throw corrupt(trailer.statisticsOffset, "statistics checksum " + hex(crc), hex(found));
    }
    int blocks = (int) ((rows + Layout.BLOCK_ROWS - 1) / Layout.BLOCK_ROWS);
    return Statistics.open(
        schema,
        blocks,
        new ByteSource(key, trailer.statisticsOffset, bytes, start, start + length));
  }

  private static String hex(int crc) {
    return Integer.toHexString(crc);
  }
}
