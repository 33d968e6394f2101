package dev.kyma.query.core.exec;

import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.Bits;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.LongVector;
import java.util.Arrays;
import java.util.List;

/** Bitwise and, or, exclusive or; on truth values these are the logical ones. */
final class BitAccumulator implements Accumulator {
  /** How two values are combined. */
  enum Kind {
    AND,
    OR,
    XOR
  }

  private final LogicalType type;
  private final Kind kind;
  private final MemoryBudget memory;
  private boolean[] present = new boolean[0];
  private long[] values = new long[0];

  BitAccumulator(LogicalType type, Kind kind, MemoryBudget memory) {
    this.type = type;
    this.kind = kind;
    this.memory = memory;
  }

  @Override
  public void reserve(int groups) {
    present = Growing.flags(present, groups, memory);
    values = Growing.longs(values, groups, memory);
  }

  @Override
  public void add(List<ColumnVector> arguments, int[] rows, int[] groups, int count) {
    long[] source = ((LongVector) arguments.getFirst()).values();
    for (int i = 0; i < count; i++) {
      add(groups[i], source[rows[i]]);
    }
  }

  private void add(int group, long value) {
    if (!present[group]) {
      present[group] = true;
      values[group] = value;
      return;
    }
    values[group] =
        switch (kind) {
          case AND -> values[group] & value;
          case OR -> values[group] | value;
          case XOR -> values[group] ^ value;
        };
  }

  @Override
  public void merge(Accumulator other, int[] groups) {
    BitAccumulator that = (BitAccumulator) other;
    for (int g = 0; g < groups.length; g++) {
      if (that.present[g]) {
        add(groups[g], that.values[g]);
      }
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
    return new LongVector(type, size, Arrays.copyOfRange(values, from, to), nulls);
  }
}
