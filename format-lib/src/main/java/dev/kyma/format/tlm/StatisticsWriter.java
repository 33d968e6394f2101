package dev.kyma.format.tlm;

import dev.kyma.format.encoding.ByteSink;
import dev.kyma.format.predicate.Constant;
import dev.kyma.format.stats.ColumnProfile;
import dev.kyma.format.stats.ColumnStats;
import dev.kyma.format.stats.ColumnStats.ValueCount;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.Int128Vector;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes the statistics of columns as fixed-width tables that are read in place.
 *
 * <pre>
 * column := u32 value count, u32 bytes of values, entry of the extent, entry of every block,
 *           values, value count × u32 rows of the extent, for every block value count × u32
 * entry  := u32 rows, u32 nulls, u32 distinct (2^32-1: unknown),
 *           u8 flags (1 min, 2 max, 4 exact), u8 min length, u8 max length, u8 0, bound min, bound max
 * bound  := i64 | f64 | i64 low, i64 high | 32 bytes | nothing        by the physical form
 * values := value count × (i64 | f64 | i64 low, i64 high | u16 length, bytes)
 * </pre>
 */
final class StatisticsWriter {
  static final int ENTRY_BYTES = 16;
  static final int MIN = 1;
  static final int MAX = 2;
  static final int EXACT = 4;

  private StatisticsWriter() {}

  /** The bytes of one bound. */
  static int boundBytes(LogicalType type) {
    return switch (type.physical()) {
      case LONG, DOUBLE -> 8;
      case INT128 -> 16;
      case BYTES -> ColumnProfile.PREFIX;
      case FLOATS -> 0;
    };
  }

  static void write(ColumnProfile profile, ByteSink sink) {
    ColumnStats whole = profile.whole();
    List<ValueCount> values = whole.valueCounts();
    ByteSink content = new ByteSink(16 * values.size());
    Map<Constant, Integer> places = new HashMap<>();
    for (ValueCount value : values) {
      places.put(value.value(), places.size());
      writeValue(value.value(), content);
    }
    sink.i32(values.size());
    sink.i32(content.size());
    writeEntry(whole, sink);
    for (ColumnStats block : profile.blocks()) {
      writeEntry(block, sink);
    }
    sink.bytes(content.array(), 0, content.size());
    writeCounts(whole, places, sink);
    for (ColumnStats block : profile.blocks()) {
      writeCounts(block, places, sink);
    }
  }

  private static void writeEntry(ColumnStats stats, ByteSink sink) {
    sink.i32((int) stats.rows());
    sink.i32((int) stats.nulls());
    sink.i32((int) stats.distinct());
    Constant min = stats.min();
    Constant max = stats.max();
    sink.u8((min != null ? MIN : 0) | (max != null ? MAX : 0) | (stats.exactBounds() ? EXACT : 0));
    sink.u8(length(min));
    sink.u8(length(max));
    sink.u8(0);
    writeBound(min, boundBytes(stats.type()), sink);
    writeBound(max, boundBytes(stats.type()), sink);
  }

  private static int length(@Nullable Constant bound) {
    return bound instanceof Constant.OfBytes bytes ? bytes.value().length : 0;
  }

  private static void writeBound(@Nullable Constant bound, int width, ByteSink sink) {
    int start = sink.size();
    if (bound != null) {
      switch (bound) {
        case Constant.OfLong number -> sink.i64(number.value());
        case Constant.OfDouble number -> sink.i64(Double.doubleToLongBits(number.value()));
        case Constant.OfInt128 number -> {
          sink.i64(Int128Vector.low(number.value()));
          sink.i64(Int128Vector.high(number.value()));
        }
        case Constant.OfBytes bytes -> sink.bytes(bytes.value());
      }
    }
    sink.zeros(width - (sink.size() - start));
  }

  private static void writeValue(Constant value, ByteSink sink) {
    if (value instanceof Constant.OfBytes bytes) {
      sink.u16(bytes.value().length);
      sink.bytes(bytes.value());
    } else {
      writeBound(value, boundBytes(value.type()), sink);
    }
  }

  private static void writeCounts(ColumnStats stats, Map<Constant, Integer> places, ByteSink sink) {
    int at = sink.reserve(4 * places.size());
    for (ValueCount value : stats.valueCounts()) {
      Integer place = places.get(value.value());
      if (place != null) {
        sink.setI32(at + 4 * place, (int) value.rows());
      }
    }
  }
}
