package dev.kyma.ingest.core.json;

import java.util.Arrays;

/** The values of one key over the rows of a part, as slices of the body. */
public final class RawColumn {
  private final String name;
  private final byte[] nameBytes;
  private int count;
  private int[] rows = new int[4];
  private int[] starts = new int[4];
  private int[] ends = new int[4];
  private byte[] kinds = new byte[4];
  private long[] bits = new long[4];
  private int keyStart;
  private int keyEnd;

  RawColumn(String name, byte[] nameBytes) {
    this.name = name;
    this.nameBytes = nameBytes;
  }

  /** The key, without escapes. */
  public String name() {
    return name;
  }

  /** How many rows hold a value, JSON's null included; entries stand in row order. */
  public int count() {
    return count;
  }

  /** The row of an entry. */
  public int row(int entry) {
    return rows[entry];
  }

  /** Where the text of an entry starts. */
  public int start(int entry) {
    return starts[entry];
  }

  /** Where the text of an entry ends. */
  public int end(int entry) {
    return ends[entry];
  }

  public ValueKind kind(int entry) {
    return ValueKind.of(kinds[entry]);
  }

  /** What {@link ValueKind} says they are. */
  public long bits(int entry) {
    return bits[entry];
  }

  /** The set of kinds among the entries, see {@link ValueKind#bit()}. */
  public int kinds() {
    int set = 0;
    for (int i = 0; i < count; i++) {
      set |= 1 << kinds[i];
    }
    return set;
  }

  boolean matches(byte[] source, int from, int to) {
    return Arrays.equals(nameBytes, 0, nameBytes.length, source, from, to);
  }

  boolean endsWithRow(int row) {
    return count > 0 && rows[count - 1] == row;
  }

  int keyStart() {
    return keyStart;
  }

  int keyEnd() {
    return keyEnd;
  }

  void removeLast() {
    count--;
  }

  void add(int row, int fromKey, int toKey, int start, int end, ValueKind kind, long valueBits) {
    if (count == rows.length) {
      int capacity = count * 2;
      rows = Arrays.copyOf(rows, capacity);
      starts = Arrays.copyOf(starts, capacity);
      ends = Arrays.copyOf(ends, capacity);
      kinds = Arrays.copyOf(kinds, capacity);
      bits = Arrays.copyOf(bits, capacity);
    }
    keyStart = fromKey;
    keyEnd = toKey;
    rows[count] = row;
    starts[count] = start;
    ends[count] = end;
    kinds[count] = kind.code();
    bits[count++] = valueBits;
  }
}
