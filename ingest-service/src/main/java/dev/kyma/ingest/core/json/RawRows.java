package dev.kyma.ingest.core.json;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of one part of a request by key, their values still slices of the body.
 *
 * <p>A key that occurs twice in a row keeps its last value; the earlier ones are {@link #loose()},
 * as is whatever has a key that can be no column's name.
 */
public final class RawRows {
  /** How many keys become columns of a part; the values of further ones are loose. */
  public static final int MAX_COLUMNS = 2_000;

  private final byte[] source;
  private final List<RawColumn> columns = new ArrayList<>();
  private final LooseValues loose = new LooseValues();
  private int[] slots = filled(64);
  private int[] lines = new int[16];
  private int rowCount;

  // The columns of the row before in key order: most rows repeat it.
  private int[] order = new int[16];
  private int orderLength;
  private int position;
  private int firstRow;

  /**
   * @param source holds the text of all values; kept
   * @param names keys to have columns for from the start, the table's
   */
  public RawRows(byte[] source, List<String> names) {
    this.source = source;
    for (String name : names) {
      byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
      add(new RawColumn(name, bytes), hash(bytes, 0, bytes.length));
    }
  }

  public byte[] source() {
    return source;
  }

  public int rowCount() {
    return rowCount;
  }

  /** The number of the line a row came from, counted from 1 in the whole body. */
  public int line(int row) {
    return lines[row];
  }

  /** Every key with a column, also those no row uses. */
  public List<RawColumn> columns() {
    return Collections.unmodifiableList(columns);
  }

  public LooseValues loose() {
    return loose;
  }

  void beginRow() {
    position = 0;
    firstRow = rowCount;
  }

  void endRow(int line) {
    if (rowCount == lines.length) {
      lines = Arrays.copyOf(lines, rowCount * 2);
    }
    lines[rowCount++] = line;
    orderLength = position;
  }

  void abandonRow() {
    for (RawColumn column : columns) {
      if (column.endsWithRow(firstRow)) {
        column.removeLast();
      }
    }
    loose.removeRow(firstRow);
    orderLength = 0;
  }

  /**
   * Adds a value to the row begun.
   *
   * @param keyStart where the key's text starts, at the quote
   * @param keyEnd where it ends, after the quote
   * @param name the key's own bytes when its text holds escapes, else null
   * @param nameable whether the key can name a column
   */
  void value(
      int keyStart,
      int keyEnd,
      byte @Nullable [] name,
      boolean nameable,
      int start,
      int end,
      ValueKind kind,
      long bits) {
    int index = -1;
    if (nameable) {
      index =
          name == null ? column(source, keyStart + 1, keyEnd - 1) : column(name, 0, name.length);
    }
    if (index < 0) {
      loose.add(rowCount, keyStart, keyEnd, start, end, kind);
      return;
    }
    RawColumn column = columns.get(index);
    if (column.endsWithRow(rowCount)) {
      int last = column.count() - 1;
      loose.add(
          rowCount,
          column.keyStart(),
          column.keyEnd(),
          column.start(last),
          column.end(last),
          column.kind(last));
      column.removeLast();
    }
    column.add(rowCount, keyStart, keyEnd, start, end, kind, bits);
  }

  private int column(byte[] key, int from, int to) {
    if (position < orderLength && columns.get(order[position]).matches(key, from, to)) {
      return order[position++];
    }
    int index = lookUp(key, from, to);
    if (index >= 0) {
      // From here on this row's order replaces the one before.
      if (position == order.length) {
        order = Arrays.copyOf(order, position * 2);
      }
      order[position++] = index;
      orderLength = Math.max(orderLength, position);
    }
    return index;
  }

  private int lookUp(byte[] key, int from, int to) {
    int hash = hash(key, from, to);
    int mask = slots.length - 1;
    for (int slot = hash & mask; ; slot = (slot + 1) & mask) {
      int index = slots[slot];
      if (index < 0) {
        break;
      }
      if (columns.get(index).matches(key, from, to)) {
        return index;
      }
    }
    if (columns.size() >= MAX_COLUMNS) {
      return -1;
    }
    byte[] bytes = Arrays.copyOfRange(key, from, to);
    return add(new RawColumn(new String(bytes, StandardCharsets.UTF_8), bytes), hash);
  }

  private int add(RawColumn column, int hash) {
    int index = columns.size();
    columns.add(column);
    if (columns.size() * 2 > slots.length) {
      slots = filled(slots.length * 2);
      for (int i = 0; i < columns.size(); i++) {
        byte[] name = columns.get(i).name().getBytes(StandardCharsets.UTF_8);
        place(i, hash(name, 0, name.length));
      }
    } else {
      place(index, hash);
    }
    return index;
  }

  private void place(int index, int hash) {
    int mask = slots.length - 1;
    int slot = hash & mask;
    while (slots[slot] >= 0) {
      slot = (slot + 1) & mask;
    }
    slots[slot] = index;
  }

  private static int hash(byte[] bytes, int from, int to) {
    int hash = to - from;
    for (int i = from; i < to; i++) {
      hash = hash * 0x01000193 ^ bytes[i];
    }
    hash *= 0x9E3779B1;
    return hash ^ hash >>> 15;
  }

  private static int[] filled(int length) {
    int[] slots = new int[length];
    Arrays.fill(slots, -1);
    return slots;
  }
}
