package dev.kyma.format.stats;

import dev.kyma.format.bytes.ByteReader;
import dev.kyma.format.bytes.ByteWriter;
import dev.kyma.format.predicate.Constant;
import dev.kyma.format.stats.ColumnStats.ValueCount;
import dev.kyma.format.type.LogicalType;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of column statistics, as footers and commits hold them. Stateless.
 *
 * <pre>
 * stats    := version:int8 = 1, count:varint, column*
 * column   := id:zigzag, type, rows:varint, nulls:varint, flags:int8, [min:constant],
 *             [max:constant], distinct:zigzag, count:varint, (constant, rows:varint)*
 * flags    := 1 min is there | 2 max is there | 4 the bounds are exact
 * type     := code:int8, for DECIMAL (13) and VECTOR (14) followed by precision:varint, scale:varint
 * constant := 0:int8, value | type, value        (0: of the column's own type)
 * value    := zigzag (LONG) | float64 (DOUBLE) | blob, big-endian two's complement (INT128)
 *             | blob (BYTES)
 * </pre>
 *
 * Numbers are those of {@link ByteWriter}. The same statistics always give the same bytes.
 */
public final class ColumnStatsCodec {
  private static final int VERSION = 1;
  private static final int SAME_TYPE = 0;

  private ColumnStatsCodec() {}

  /** Appends statistics. */
  public static void write(List<ColumnStats> columns, ByteWriter out) {
    out.int8(VERSION).varint(columns.size());
    for (ColumnStats column : columns) {
      writeColumn(column, out);
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws dev.kyma.format.bytes.CorruptBytesException if that is not what is there
   */
  public static List<ColumnStats> read(ByteReader in) {
    int version = in.int8();
    if (version != VERSION) {
      throw in.corrupt("statistics of version " + version);
    }
    return in.list(() -> readColumn(in));
  }

  private static void writeColumn(ColumnStats column, ByteWriter out) {
    out.zigzag(column.column());
    writeType(column.type(), out);
    out.varint(column.rows()).varint(column.nulls());
    Constant min = column.min();
    Constant max = column.max();
    out.int8((min != null ? 1 : 0) | (max != null ? 2 : 0) | (column.exactBounds() ? 4 : 0));
    if (min != null) {
      writeConstant(column.type(), min, out);
    }
    if (max != null) {
      writeConstant(column.type(), max, out);
    }
    out.zigzag(column.distinct()).varint(column.valueCounts().size());
    for (ValueCount value : column.valueCounts()) {
      writeConstant(column.type(), value.value(), out);
      out.varint(value.rows());
    }
  }

  private static ColumnStats readColumn(ByteReader in) {
    int id = in.zigzag32();
    LogicalType type = readType(in);
    long rows = in.varint();
    long nulls = in.varint();
    int flags = in.int8();
    if (flags > 7) {
      throw in.corrupt("flags " + flags);
    }
    @Nullable Constant min = (flags & 1) != 0 ? readConstant(type, in) : null;
    @Nullable Constant max = (flags & 2) != 0 ? readConstant(type, in) : null;
    long distinct = in.zigzag();
    int count = in.count();
    List<ValueCount> values = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      values.add(new ValueCount(readConstant(type, in), in.varint()));
    }
    return new ColumnStats(id, type, rows, nulls, min, max, (flags & 4) != 0, distinct, values);
  }

  private static void writeConstant(LogicalType column, Constant constant, ByteWriter out) {
    if (constant.type().equals(column)) {
      out.int8(SAME_TYPE);
    } else {
      writeType(constant.type(), out);
    }
    switch (constant) {
      case Constant.OfLong(var type, long value) -> out.zigzag(value);
      case Constant.OfDouble(var type, double value) -> out.float64(value);
      case Constant.OfInt128(var type, BigInteger value) -> out.blob(value.toByteArray());
      case Constant.OfBytes(var type, byte[] value) -> out.blob(value);
    }
  }

  private static Constant readConstant(LogicalType column, ByteReader in) {
    int code = in.int8();
    LogicalType type = code == SAME_TYPE ? column : readType(code, in);
    return switch (type.physical()) {
      case LONG -> new Constant.OfLong(type, in.zigzag());
      case DOUBLE -> new Constant.OfDouble(type, in.float64());
      case INT128 -> {
        byte[] value = in.blob();
        if (value.length == 0 || value.length > 16) {
          throw in.corrupt("a decimal of " + value.length + " bytes");
        }
        yield new Constant.OfInt128(type, new BigInteger(value));
      }
      case BYTES -> new Constant.OfBytes(type, in.blob());
      case FLOATS -> throw in.corrupt("a constant of type " + type);
    };
  }

  /** Appends a type, in one byte or three. */
  public static void writeType(LogicalType type, ByteWriter out) {
    int code =
        switch (type.kind()) {
          case BOOL -> 1;
          case INT16 -> 2;
          case INT32 -> 3;
          case INT64 -> 4;
          case FLOAT32 -> 5;
          case FLOAT64 -> 6;
          case DATE -> 7;
          case TIME -> 8;
          case TIMESTAMP -> 9;
          case TEXT -> 10;
          case BINARY -> 11;
          case DYNAMIC -> 12;
          case DECIMAL -> 13;
          case VECTOR -> 14;
        };
    out.int8(code);
    if (code >= 13) {
      out.varint(type.precision()).varint(type.scale());
    }
  }

  /**
   * Reads a type.
   *
   * @throws dev.kyma.format.bytes.CorruptBytesException if there is none
   */
  public static LogicalType readType(ByteReader in) {
    return readType(in.int8(), in);
  }

  private static LogicalType readType(int code, ByteReader in) {
    return switch (code) {
      case 1 -> LogicalType.BOOL;
      case 2 -> LogicalType.INT16;
      case 3 -> LogicalType.INT32;
      case 4 -> LogicalType.INT64;
      case 5 -> LogicalType.FLOAT32;
      case 6 -> LogicalType.FLOAT64;
      case 7 -> LogicalType.DATE;
      case 8 -> LogicalType.TIME;
      case 9 -> LogicalType.TIMESTAMP;
      case 10 -> LogicalType.TEXT;
      case 11 -> LogicalType.BINARY;
      case 12 -> LogicalType.DYNAMIC;
      case 13, 14 -> {
        int precision = in.varint32();
        int scale = in.varint32();
        try {
          yield code == 13
              ? LogicalType.decimal(precision, scale)
              : new LogicalType(LogicalType.Kind.VECTOR, precision, scale);
        } catch (IllegalArgumentException e) {
          throw in.corrupt("type " + code + " with " + precision + ", " + scale);
        }
      }
      default -> throw in.corrupt("type " + code);
    };
  }
}
