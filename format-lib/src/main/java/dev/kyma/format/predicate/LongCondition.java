package dev.kyma.format.predicate;

import dev.kyma.format.vector.Bits;
import dev.kyma.format.vector.BytesVector;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.DictionaryVector;
import dev.kyma.format.vector.DoubleVector;
import dev.kyma.format.vector.FloatsVector;
import dev.kyma.format.vector.Int128Vector;
import dev.kyma.format.vector.LongVector;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether 64-bit values, or the {@link ColumnPoint#key keys} of floating-point ones, lie in a
 * stretch or in a set.
 */
final class LongCondition implements ValueCondition {
  private static final BigInteger MIN = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger MAX = BigInteger.valueOf(Long.MAX_VALUE);

  private final long from;
  private final long to;
  // Sorted; null when every value of the stretch is meant.
  private final long @Nullable [] members;

  private LongCondition(long from, long to, long @Nullable [] members) {
    this.from = from;
    this.to = to;
    this.members = members;
  }

  static LongCondition range(ColumnRange range) {
    BigInteger from = range.from() == null ? MIN : range.from().max(MIN);
    BigInteger to = range.to() == null ? MAX : range.to().min(MAX);
    return from.compareTo(to) > 0
        ? new LongCondition(1, 0, null)
        : new LongCondition(from.longValueExact(), to.longValueExact(), null);
  }

  static LongCondition anyOf(List<BigInteger> points) {
    long[] members =
        points.stream()
            .filter(point -> point.bitLength() < 64)
            .mapToLong(BigInteger::longValueExact)
            .sorted()
            .distinct()
            .toArray();
    return members.length == 0
        ? new LongCondition(1, 0, null)
        : new LongCondition(members[0], members[members.length - 1], members);
  }

  @Override
  public void retain(ColumnVector vector, long[] rows) {
    int words = Bits.words(vector.size());
    switch (vector) {
      case LongVector longs -> {
        long[] values = longs.values();
        for (int w = 0; w < words; w++) {
          if (rows[w] != 0) {
            rows[w] &= inStretch(values, w << 6, Math.min(longs.size(), (w << 6) + 64));
          }
        }
      }
      case DoubleVector doubles -> {
        double[] values = doubles.values();
        for (int w = 0; w < words; w++) {
          if (rows[w] != 0) {
            rows[w] &= inStretch(values, w << 6, Math.min(doubles.size(), (w << 6) + 64));
          }
        }
      }
      case Int128Vector _, BytesVector _, DictionaryVector _, FloatsVector _ ->
          throw new IllegalArgumentException(vector.type() + " is not held in 64 bits");
    }
    if (members != null) {
      retainMembers(vector, rows, words, members);
    }
  }

  private long inStretch(long[] values, int begin, int end) {
    long word = 0;
    for (int i = begin; i < end; i++) {
      long value = values[i];
      word |= (value >= from & value <= to ? 1L : 0L) << i;
    }
    return word;
  }

  private long inStretch(double[] values, int begin, int end) {
    long word = 0;
    for (int i = begin; i < end; i++) {
      long value = ColumnPoint.key(values[i]);
      word |= (value >= from & value <= to ? 1L : 0L) << i;
    }
    return word;
  }

  private static void retainMembers(ColumnVector vector, long[] rows, int words, long[] members) {
    for (int w = 0; w < words; w++) {
      for (long rest = rows[w]; rest != 0; rest &= rest - 1) {
        int row = (w << 6) + Long.numberOfTrailingZeros(rest);
        long value =
            vector instanceof DoubleVector doubles
                ? ColumnPoint.key(doubles.values()[row])
                : ((LongVector) vector).values()[row];
        if (Arrays.binarySearch(members, value) < 0) {
          Bits.clear(rows, row);
        }
      }
    }
  }
}
