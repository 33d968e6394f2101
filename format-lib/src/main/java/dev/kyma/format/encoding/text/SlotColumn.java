package dev.kyma.format.encoding.text;

import java.util.Arrays;

/** The values of one column of variables while an extent is written, in the order of rows. */
final class SlotColumn {
  /** What the variables are; strings are {@link SlotKind#PLAIN} until they have a dictionary. */
  SlotKind kind;

  /** The parameter of the kind. */
  final int parameter;

  /** 0, or one more than the slot of the same row from which values are differences. */
  final int base;

  /** Where each stretch's values end. */
  final int[] ends;

  final NumberStream.Habit habit = new NumberStream.Habit();
  long[] values;
  int count;

  SlotColumn(SlotKind kind, int parameter, int base, int stretches, int expected) {
    this.kind = kind;
    this.parameter = parameter;
    this.base = base;
    ends = new int[stretches];
    values = new long[Math.max(16, expected)];
  }

  void add(long value) {
    if (count == values.length) {
      values = Arrays.copyOf(values, 2 * count);
    }
    values[count++] = value;
  }

  /** Where a stretch's values begin. */
  int from(int stretch) {
    return stretch == 0 ? 0 : ends[stretch - 1];
  }

  static int place(long reference) {
    return (int) (reference >>> 31);
  }

  static int length(long reference) {
    return (int) reference & Integer.MAX_VALUE;
  }

  static long reference(int place, int length) {
    return (long) place << 31 | length;
  }
}
