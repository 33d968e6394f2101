package dev.kyma.format.tlm;

import dev.kyma.format.encoding.ByteSource;
import dev.kyma.format.encoding.LittleEndian;
import dev.kyma.format.predicate.Constant;
import dev.kyma.format.stats.ColumnProfile;
import dev.kyma.format.stats.ColumnStats;
import dev.kyma.format.stats.ColumnStats.ValueCount;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.type.TableSchema;
import dev.kyma.format.vector.Int128Vector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Statistics read in place; see {@link StatisticsWriter} for the bytes. Lengths and counts are
 * checked when it is opened. Safe for use by many threads.
 */
final class Statistics {
  private final TableSchema schema;
  private final int blocks;
  private final byte[] bytes;
  private final int[] entries;
  private final int[] values;
  private final int[] valueCounts;
  private final int[] counts;

  private Statistics(TableSchema schema, int blocks, byte[] bytes) {
    this.schema = schema;
    this.blocks = blocks;
    this.bytes = bytes;
    entries = new int[schema.size()];
    values = new int[schema.size()];
    valueCounts = new int[schema.size()];
    counts = new int[schema.size()];
  }

  /** Finds the tables of every column. */
  static Statistics open(TableSchema schema, int blocks, ByteSource source) {
    Statistics statistics = new Statistics(schema, blocks, source.array());
    for (int c = 0; c < schema.size(); c++) {
      LogicalType type = schema.field(c).type();
      int valueCount = source.i32();
      int valueBytes = source.i32();
      if (valueCount < 0 || valueCount > 256 || valueBytes < 0) {
        throw source.corrupt("at most 256 counted values", Integer.toString(valueCount));
      }
      int entryBytes = entryBytes(type);
      statistics.valueCounts[c] = valueCount;
      statistics.entries[c] = source.skip((blocks + 1L) * entryBytes);
      statistics.checkEntries(c, type, source);
      statistics.values[c] = source.skip(valueBytes);
      statistics.checkValues(c, type, valueBytes, source);
      statistics.counts[c] = source.skip((blocks + 1L) * valueCount * 4);
    }
    return statistics;
  }

  private static int entryBytes(LogicalType type) {
    return StatisticsWriter.ENTRY_BYTES + 2 * StatisticsWriter.boundBytes(type);
  }

  private void checkEntries(int column, LogicalType type, ByteSource source) {
    for (int entry = 0; entry <= blocks; entry++) {
      int at = entries[column] + entry * entryBytes(type);
      int rows = LittleEndian.getInt(bytes, at);
      int nulls = LittleEndian.getInt(bytes, at + 4);
      int longest = Math.max(bytes[at + 13] & 0xFF, bytes[at + 14] & 0xFF);
      if (rows < 0 || nulls < 0 || nulls > rows || longest > ColumnProfile.PREFIX) {
        throw source.corrupt("statistics of column " + column, "impossible ones");
      }
    }
  }

  private void checkValues(int column, LogicalType type, int length, ByteSource source) {
    long used = 0;
    for (int i = 0; i < valueCounts[column]; i++) {
      if (type.physical() == LogicalType.Physical.BYTES) {
        if (used + 2 > length) {
          throw source.corrupt("values in " + length + " bytes", "more");
        }
        used += 2 + (LittleEndian.getShort(bytes, values[column] + (int) used) & 0xFFFF);
      } else {
        used += StatisticsWriter.boundBytes(type);
      }
    }
    if (used != length) {
      throw source.corrupt("values in " + length + " bytes", used + " bytes");
    }
  }

  /** The statistics of every column over all rows. */
  List<ColumnStats> whole() {
    List<ColumnStats> all = new ArrayList<>(schema.size());
    for (int c = 0; c < schema.size(); c++) {
      all.add(at(c, 0));
    }
    return all;
  }

  /** The statistics of the column at a place of the schema over one block. */
  ColumnStats block(int column, int block) {
    return at(column, block + 1);
  }

  private ColumnStats at(int column, int entry) {
    LogicalType type = schema.field(column).type();
    int at = entries[column] + entry * entryBytes(type);
    int flags = bytes[at + 12];
    int width = StatisticsWriter.boundBytes(type);
    int distinct = LittleEndian.getInt(bytes, at + 8);
    int minAt = at + StatisticsWriter.ENTRY_BYTES;
    Constant min = (flags & StatisticsWriter.MIN) != 0 ? bound(type, minAt, bytes[at + 13]) : null;
    Constant max =
        (flags & StatisticsWriter.MAX) != 0 ? bound(type, minAt + width, bytes[at + 14]) : null;
    return new ColumnStats(
        schema.field(column).id(),
        type,
        LittleEndian.getInt(bytes, at),
        LittleEndian.getInt(bytes, at + 4),
        min,
        max,
        (flags & StatisticsWriter.EXACT) != 0,
        distinct,
        counts(column, entry, type));
  }

  private @Nullable Constant bound(LogicalType type, int at, int length) {
    return switch (type.physical()) {
      case LONG -> new Constant.OfLong(type, LittleEndian.getLong(bytes, at));
      case DOUBLE ->
          new Constant.OfDouble(type, Double.longBitsToDouble(LittleEndian.getLong(bytes, at)));
      case INT128 ->
          new Constant.OfInt128(
              type,
              Int128Vector.toBigInteger(
                  LittleEndian.getLong(bytes, at + 8), LittleEndian.getLong(bytes, at)));
      case BYTES -> new Constant.OfBytes(type, Arrays.copyOfRange(bytes, at, at + length));
      case FLOATS -> null;
    };
  }

  private List<ValueCount> counts(int column, int entry, LogicalType type) {
    int count = valueCounts[column];
    List<ValueCount> list = new ArrayList<>();
    int value = values[column];
    for (int i = 0; i < count; i++) {
      int length = 0;
      if (type.physical() == LogicalType.Physical.BYTES) {
        length = LittleEndian.getShort(bytes, value) & 0xFFFF;
        value += 2;
      } else {
        length = StatisticsWriter.boundBytes(type);
      }
      int rows = LittleEndian.getInt(bytes, counts[column] + 4 * (entry * count + i));
      Constant constant = rows == 0 ? null : bound(type, value, length);
      if (constant != null) {
        list.add(new ValueCount(constant, Integer.toUnsignedLong(rows)));
      }
      value += length;
    }
    return list;
  }
}
