package dev.kyma.ingest.core.json;

import java.util.Arrays;

/** Values whose keys are no columns, in source order: each with its key's text, quotes included. */
public final class LooseValues {
  private int count;
  private int[] rows = new int[4];
  private int[] keyStarts = new int[4];
  private int[] keyEnds = new int[4];
  private int[] starts = new int[4];
  private int[] ends = new int[4];
  private byte[] kinds = new byte[4];

  public int count() {
    return count;
  }

  public int row(int entry) {
    return rows[entry];
  }

  public int keyStart(int entry) {
    return keyStarts[entry];
  }

  public int keyEnd(int entry) {
    return keyEnds[entry];
  }

  public int start(int entry) {
    return starts[entry];
  }

  public int end(int entry) {
    return ends[entry];
  }

  public ValueKind kind(int entry) {
    return ValueKind.of(kinds[entry]);
  }

  void add(int row, int keyStart, int keyEnd, int start, int end, ValueKind kind) {
    if (count == rows.length) {
      int capacity = count * 2;
      rows = Arrays.copyOf(rows, capacity);
      keyStarts = Arrays.copyOf(keyStarts, capacity);
      keyEnds = Arrays.copyOf(keyEnds, capacity);
      starts = Arrays.copyOf(starts, capacity);
      ends = Arrays.copyOf(ends, capacity);
      kinds = Arrays.copyOf(kinds, capacity);
    }
    rows[count] = row;
    keyStarts[count] = keyStart;
    keyEnds[count] = keyEnd;
    starts[count] = start;
    ends[count] = end;
    kinds[count++] = kind.code();
  }

  void removeRow(int row) {
    while (count > 0 && rows[count - 1] == row) {
      count--;
    }
  }
}
