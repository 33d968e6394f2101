package dev.kyma.format.stats;

import dev.kyma.format.predicate.Constant;
import dev.kyma.format.stats.ColumnStats.ValueCount;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.BytesVector;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The least and the greatest of byte strings. Used by one thread. */
final class BytesBounds {
  private byte @Nullable [] min;
  private byte @Nullable [] max;

  void add(BytesVector values, int row) {
    byte[] data = values.data();
    int from = values.offsets()[row];
    int to = values.offsets()[row + 1];
    byte[] least = min;
    byte[] greatest = max;
    if (least == null || greatest == null) {
      min = Arrays.copyOfRange(data, from, to);
      max = min;
    } else if (Arrays.compareUnsigned(data, from, to, least, 0, least.length) < 0) {
      min = Arrays.copyOfRange(data, from, to);
    } else if (Arrays.compareUnsigned(data, from, to, greatest, 0, greatest.length) > 0) {
      max = Arrays.copyOfRange(data, from, to);
    }
  }

  void add(BytesBounds other) {
    byte[] otherMin = other.min;
    byte[] otherMax = other.max;
    byte[] least = min;
    byte[] greatest = max;
    if (otherMin != null && (least == null || Arrays.compareUnsigned(otherMin, least) < 0)) {
      min = otherMin;
    }
    if (otherMax != null && (greatest == null || Arrays.compareUnsigned(otherMax, greatest) > 0)) {
      max = otherMax;
    }
  }

  ColumnStats stats(
      int column, LogicalType type, long rows, long nulls, long distinct, List<ValueCount> values) {
    byte[] least = min;
    byte[] greatest = max;
    // JSON texts have no order that anyone asks for.
    if (least == null || greatest == null || type.kind() == LogicalType.Kind.DYNAMIC) {
      return new ColumnStats(column, type, rows, nulls, null, null, false, distinct, values);
    }
    boolean exact = least.length <= ColumnProfile.PREFIX && greatest.length <= ColumnProfile.PREFIX;
    byte[] low = least.length <= ColumnProfile.PREFIX ? least : prefix(least);
    byte[] high = greatest.length <= ColumnProfile.PREFIX ? greatest : above(prefix(greatest));
    return new ColumnStats(
        column,
        type,
        rows,
        nulls,
        new Constant.OfBytes(type, low),
        high == null ? null : new Constant.OfBytes(type, high),
        exact,
        distinct,
        values);
  }

  private static byte[] prefix(byte[] value) {
    return Arrays.copyOf(value, ColumnProfile.PREFIX);
  }

  /** The shortest string that is greater than everything beginning with the prefix. */
  private static byte @Nullable [] above(byte[] prefix) {
    for (int i = prefix.length - 1; i >= 0; i--) {
      if (prefix[i] != (byte) 0xFF) {
        byte[] bound = Arrays.copyOf(prefix, i + 1);
        bound[i]++;
        return bound;
      }
    }
    return null;
  }
}
