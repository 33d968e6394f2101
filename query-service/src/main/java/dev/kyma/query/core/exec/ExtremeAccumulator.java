package dev.kyma.query.core.exec;

import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.Bits;
import dev.kyma.format.vector.BytesVector;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.DictionaryVector;
import dev.kyma.format.vector.DoubleVector;
import dev.kyma.format.vector.FloatsVector;
import dev.kyma.format.vector.Int128Vector;
import dev.kyma.format.vector.LongVector;
import dev.kyma.query.core.QueryException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The least or greatest value, or any one, of every ordered type. */
final class ExtremeAccumulator implements Accumulator {
  /** Which value is kept. */
  enum Kind {
    MIN,
    MAX,
    ANY
  }

  private final LogicalType type;
  private final Kind kind;
  private final MemoryBudget memory;
  private boolean[] present = new boolean[0];
  private long[] longs = new long[0];
  private long[] lows = new long[0];
  private double[] doubles = new double[0];
  private byte[] @Nullable [] bytes = new byte[0][];

  ExtremeAccumulator(LogicalType type, Kind kind, MemoryBudget memory) {
    this.type = type;
    this.kind = kind;
    this.memory = memory;
  }

  @Override
  public void reserve(int groups) {
    present = Growing.flags(present, groups, memory);
    switch (type.physical()) {
      case LONG -> longs = Growing.longs(longs, groups, memory);
      case DOUBLE -> doubles = Growing.doubles(doubles, groups, memory);
      case INT128 -> {
        longs = Growing.longs(longs, groups, memory);
        lows = Growing.longs(lows, groups, memory);
      }
      case BYTES -> {
        if (groups > bytes.length) {
          int capacity = Growing.capacity(bytes.length, groups);
          memory.reserve(8L * (capacity - bytes.length));
          bytes = Arrays.copyOf(bytes, capacity);
        }
      }
      case FLOATS -> throw QueryException.unsupported("an order of vectors");
    }
  }

  @Override
  public void add(List<ColumnVector> arguments, int[] rows, int[] groups, int count) {
    switch (arguments.getFirst()) {
      case LongVector vector -> {
        long[] values = vector.values();
        for (int i = 0; i < count; i++) {
          add(groups[i], values[rows[i]]);
        }
      }
      case DoubleVector vector -> {
        double[] values = vector.values();
        for (int i = 0; i < count; i++) {
          add(groups[i], values[rows[i]]);
        }
      }
      case Int128Vector vector -> {
        for (int i = 0; i < count; i++) {
          add(groups[i], vector.high()[rows[i]], vector.low()[rows[i]]);
        }
      }
      case BytesVector vector -> {
        for (int i = 0; i < count; i++) {
          add(groups[i], vector, rows[i]);
        }
      }
      case DictionaryVector vector -> {
        for (int i = 0; i < count; i++) {
          add(groups[i], vector.dictionary(), vector.codes()[rows[i]]);
        }
      }
      case FloatsVector vector -> throw QueryException.unsupported("an order of " + vector.type());
    }
  }

  private boolean replaces(int order) {
    return switch (kind) {
      case MIN -> order < 0;
      case MAX -> order > 0;
      case ANY -> false;
    };
  }

  private void add(int group, long value) {
    if (!present[group] || replaces(Long.compare(value, longs[group]))) {
      present[group] = true;
      longs[group] = value;
    }
  }

  private void add(int group, double value) {
    // Double.compare holds NaN greatest, as the language does; it differs on -0 only.
    double plain = value == 0 ? 0.0 : value;
    if (!present[group] || replaces(Double.compare(plain, doubles[group]))) {
      present[group] = true;
      doubles[group] = plain;
    }
  }

  private void add(int group, long high, long low) {
    int order =
        longs[group] != high
            ? Long.compare(high, longs[group])
            : Long.compareUnsigned(low, lows[group]);
    if (!present[group] || replaces(order)) {
      present[group] = true;
      longs[group] = high;
      lows[group] = low;
    }
  }

  private void add(int group, BytesVector vector, int row) {
    byte[] now = bytes[group];
    int from = vector.offsets()[row];
    int to = vector.offsets()[row + 1];
    if (now == null
        || replaces(Arrays.compareUnsigned(vector.data(), from, to, now, 0, now.length))) {
      memory.reserve(to - from + (now == null ? 16 : -now.length));
      present[group] = true;
      bytes[group] = Arrays.copyOfRange(vector.data(), from, to);
    }
  }

  @Override
  public void merge(Accumulator other, int[] groups) {
    ExtremeAccumulator that = (ExtremeAccumulator) other;
    int[] theirs = new int[groups.length];
    int[] mine = new int[groups.length];
    int count = 0;
    for (int g = 0; g < groups.length; g++) {
      if (that.present[g]) {
        theirs[count] = g;
        mine[count++] = groups[g];
      }
    }
    if (groups.length > 0) {
      add(List.of(that.finish(0, groups.length)), theirs, mine, count);
    }
  }

  @Override
  public ColumnVector finish(int from, int to) {
    int size = to - from;
    long[] nulls = null;
    for (int i = 0; i < size; i++) {
      if (!present[from + i]) {
        if (nulls == null) {
          nulls = new long[Bits.words(size)];
        }
        Bits.set(nulls, i);
      }
    }
    return switch (type.physical()) {
      case LONG -> new LongVector(type, size, Arrays.copyOfRange(longs, from, to), nulls);
      case DOUBLE -> new DoubleVector(type, size, Arrays.copyOfRange(doubles, from, to), nulls);
      case INT128 ->
          new Int128Vector(
              type,
              size,
              Arrays.copyOfRange(longs, from, to),
              Arrays.copyOfRange(lows, from, to),
              nulls);
      case BYTES -> {
        int[] offsets = new int[size + 1];
        for (int i = 0; i < size; i++) {
          byte[] value = bytes[from + i];
          offsets[i + 1] = Math.addExact(offsets[i], value == null ? 0 : value.length);
        }
        byte[] data = new byte[offsets[size]];
        for (int i = 0; i < size; i++) {
          byte[] value = bytes[from + i];
          if (value != null) {
            System.arraycopy(value, 0, data, offsets[i], value.length);
          }
        }
        yield new BytesVector(type, size, data, offsets, nulls);
      }
      case FLOATS -> throw QueryException.unsupported("an order of vectors");
    };
  }
}
