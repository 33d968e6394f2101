package dev.kyma.format.tlm;

import dev.kyma.format.ExtentSummary;
import dev.kyma.format.LogInterval;
import dev.kyma.format.RowOrder;
import dev.kyma.format.encoding.ByteSink;
import dev.kyma.format.type.Field;
import dev.kyma.format.type.TableSchema;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes the footer and the trailer.
 *
 * <pre>
 * footer  := fixed part (128 bytes), columns × 32 bytes, sort columns × i32, key columns × i32,
 *            logs × 24 bytes, regions × 48 bytes, names
 * fixed   := u32 magic, u16 version, u16 0, u64 required features, u64 optional features,
 *            u64 rows, i32 time column, u32 block rows, u32 vector rows, u32 columns,
 *            u32 sort columns, u32 logs, u32 regions, u32 header checksum, i64 least _seq,
 *            i64 greatest _seq, i64 rows hash, u32 statistics length, u32 statistics checksum,
 *            u32 bytes of names, i32 order, i32 tenant column, u32 tombstones,
 *            u32 level, u32 key columns, u64 0
 * column  := i32 id, u8 kind, u8 nullable, u16 scale, u32 precision, u32 name offset,
 *            u32 name length, 12 × u8 0
 * log     := i32 log, u32 0, i64 from, i64 to
 * region  := u16 kind, u16 0, i32 column, u64 offset, u64 length, u32 head length,
 *            u32 head checksum, u32 checksum, u64 head offset, u32 0
 * trailer := u64 statistics offset, u64 footer offset, u32 footer length, u32 footer checksum,
 *            u64 object length, u32 version, 16 × u8 0, u32 checksum of all before, magic
 * </pre>
 */
final class FooterWriter {
  static final int FIXED_BYTES = 128;
  static final int COLUMN_BYTES = 32;
  static final int LOG_BYTES = 24;
  static final int REGION_BYTES = 48;

  private FooterWriter() {}

  static byte[] footer(
      TableSchema schema,
      ExtentSummary summary,
      List<Integer> primaryKey,
      List<Region> regions,
      int headerCrc,
      byte[] statistics) {
    ByteSink names = new ByteSink(512);
    ByteSink columns = new ByteSink(COLUMN_BYTES * schema.size());
    for (Field field : schema.fields()) {
      byte[] name = field.name().getBytes(StandardCharsets.UTF_8);
      columns.i32(field.id());
      columns.u8(Kinds.code(field.type().kind()));
      columns.u8(field.nullable() ? 1 : 0);
      columns.u16(field.type().scale());
      columns.i32(field.type().precision());
      columns.i32(names.size());
      columns.i32(name.length);
      columns.zeros(12);
      names.bytes(name);
    }
    ByteSink sink = new ByteSink(4096);
    sink.i32(Layout.FOOTER_MAGIC);
    sink.u16(FormatVersion.LATEST.number());
    sink.u16(0);
    sink.i64(0);
    sink.i64(0);
    sink.i64(summary.rows());
    sink.i32(summary.timeColumn());
    sink.i32(Layout.BLOCK_ROWS);
    sink.i32(Layout.VECTOR_ROWS);
    sink.i32(schema.size());
    sink.i32(summary.sortColumns().size());
    sink.i32(summary.logs().size());
    sink.i32(regions.size());
    sink.i32(headerCrc);
    sink.i64(summary.minSeq());
    sink.i64(summary.maxSeq());
    sink.i64(summary.rowsHash());
    sink.i32(statistics.length);
    sink.i32(Checksum.of(statistics, 0, statistics.length));
    sink.i32(names.size());
    sink.i32(order(summary.order()));
    sink.i32(0);
    sink.i32((int) summary.tombstones());
    sink.i32(summary.level());
    sink.i32(primaryKey.size());
    sink.zeros(FIXED_BYTES - sink.size());
    sink.bytes(columns.array(), 0, columns.size());
    for (int column : summary.sortColumns()) {
      sink.i32(column);
    }
    for (int column : primaryKey) {
      sink.i32(column);
    }
    for (LogInterval log : summary.logs()) {
      sink.i32(log.log());
      sink.i32(0);
      sink.i64(log.fromOffset());
      sink.i64(log.toOffset());
    }
    for (Region region : regions) {
      sink.u16(region.kind());
      sink.u16(0);
      sink.i32(region.column());
      sink.i64(region.offset());
      sink.i64(region.length());
      sink.i32(region.headLength());
      sink.i32(region.headCrc());
      sink.i32(region.crc());
      sink.i64(region.headOffset());
      sink.i32(0);
    }
    sink.bytes(names.array(), 0, names.size());
    sink.zeros(Layout.padding(sink.size()));
    return sink.toBytes();
  }

  /** The code of an order. */
  static int order(RowOrder order) {
    return switch (order) {
      case TABLE -> 0;
      case HISTORY -> 1;
    };
  }

  static byte[] trailer(long statisticsOffset, long footerOffset, byte[] footer) {
    ByteSink sink = new ByteSink(Layout.TRAILER_BYTES);
    sink.i64(statisticsOffset);
    sink.i64(footerOffset);
    sink.i32(footer.length);
    sink.i32(Checksum.of(footer, 0, footer.length));
    sink.i64(footerOffset + footer.length + Layout.TRAILER_BYTES);
    sink.i32(FormatVersion.LATEST.number());
    sink.zeros(16);
    sink.i32(Checksum.of(sink.array(), 0, sink.size()));
    sink.bytes(Layout.TRAILER_MAGIC);
    return sink.toBytes();
  }
}
