package dev.kyma.format.encoding.text;

import dev.kyma.format.encoding.ByteSink;

/** Writes the codes and variables of stretches of rows, one after another. Used by one thread. */
final class StretchWriter {
  /** Where naming identifiers did not pay, it is not tried for so many stretches. */
  private static final int TRY_EVERY = 5;

  private final byte[] texts;
  private final SlotColumns plan;
  private final NumberStream numbers;
  private final StringStream strings;
  private final NumberStream.Habit habit = new NumberStream.Habit();
  private final IdentifierPool pool8 = new IdentifierPool(8);
  private final IdentifierPool pool16 = new IdentifierPool(16);
  private final int[][] columnsOf;
  private final boolean[] withIdentifiers;
  private int unnamed;

  StretchWriter(byte[] texts, SlotColumns plan, NumberStream numbers, StringStream strings) {
    this.texts = texts;
    this.plan = plan;
    this.numbers = numbers;
    this.strings = strings;
    columnsOf = new int[plan.templates()][];
    withIdentifiers = new boolean[plan.templates()];
    for (int t = 0; t < columnsOf.length; t++) {
      columnsOf[t] = plan.columnsOf(t);
      for (int column : columnsOf[t]) {
        withIdentifiers[t] |= plan.columns().get(column).kind.isIdentifier();
      }
    }
  }

  private int end(int stretch) {
    return Math.min(plan.codes().length, (stretch + 1) * Stretch.ROWS);
  }

  /** The templates of a stretch's rows. */
  ByteSink codes(int stretch) {
    int from = stretch * Stretch.ROWS;
    long[] codes = new long[end(stretch) - from];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = plan.codes()[from + i];
    }
    ByteSink out = new ByteSink(2 * codes.length);
    numbers.encode(codes, codes.length, habit, out);
    return out;
  }

  /** The variables of a stretch's rows. */
  ByteSink slots(int stretch) {
    SlotColumn[] columns = plan.columns().toArray(SlotColumn[]::new);
    long[][] distances = new long[columns.length][];
    int pooled = name(stretch, columns, distances);
    ByteSink out = new ByteSink(1 << 16);
    out.u8(pooled);
    if ((pooled & 1) != 0) {
      pool8.write(out);
    }
    if ((pooled & 2) != 0) {
      pool16.write(out);
    }
    for (int c = 0; c < columns.length; c++) {
      SlotColumn column = columns[c];
      int from = column.from(stretch);
      int count = column.ends[stretch] - from;
      if (count == 0) {
        continue;
      }
      ByteSink stream = new ByteSink(4 * count + 16);
      if (column.kind == SlotKind.PLAIN) {
        strings.encode(column.values, from, from + count, stream);
      } else if (!column.kind.isIdentifier()) {
        long[] values = java.util.Arrays.copyOfRange(column.values, from, from + count);
        numbers.encode(values, count, column.habit, stream);
      } else if (isPooled(pooled, column)) {
        numbers.encode(distances[c], count, column.habit, stream);
      } else {
        identifiers(column, from, count, stream);
      }
      out.varint(stream.size());
      out.bytes(stream.array(), 0, stream.size());
    }
    return out;
  }

  private static boolean isPooled(int pooled, SlotColumn column) {
    return (pooled & (column.kind.identifierBytes() == 8 ? 1 : 2)) != 0;
  }

  private void identifiers(SlotColumn column, int from, int count, ByteSink out) {
    int width = column.kind.identifierBytes();
    int at = out.reserve(count * width);
    for (int i = from; i < from + count; i++, at += width) {
      int place = SlotColumn.place(column.values[i]);
      int length = SlotColumn.length(column.values[i]);
      RowTokenizer.pack(texts, place, place + length, out.array(), at);
    }
  }

  /** Finds every identifier's distance; the widths for which naming them so pays. */
  private int name(int stretch, SlotColumn[] columns, long[][] distances) {
    pool8.clear();
    pool16.clear();
    int[] next = new int[columns.length];
    boolean any = false;
    for (int c = 0; c < columns.length; c++) {
      if (columns[c].kind.isIdentifier()) {
        next[c] = columns[c].from(stretch);
        distances[c] = new long[columns[c].ends[stretch] - next[c]];
        any |= distances[c].length > 0;
      }
    }
    if (!any || unnamed-- > 0) {
      return 0;
    }
    for (int row = stretch * Stretch.ROWS; row < end(stretch); row++) {
      int code = plan.codes()[row];
      if (!withIdentifiers[code]) {
        continue;
      }
      for (int c : columnsOf[code]) {
        SlotColumn column = columns[c];
        if (column.kind.isIdentifier()) {
          long reference = column.values[next[c]];
          IdentifierPool pool = column.kind.identifierBytes() == 8 ? pool8 : pool16;
          distances[c][next[c]++ - column.from(stretch)] =
              pool.add(texts, SlotColumn.place(reference), SlotColumn.length(reference));
        }
      }
    }
    int pooled = (pool8.pays() ? 1 : 0) | (pool16.pays() ? 2 : 0);
    unnamed = pooled == 0 ? TRY_EVERY : 0;
    return pooled;
  }
}
