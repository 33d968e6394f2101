package dev.kyma.format.encoding.text;

import dev.kyma.format.encoding.ByteSink;
import dev.kyma.format.encoding.ByteSource;
import dev.kyma.format.vector.Bits;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The rows that are decoded together: their templates, and of the columns of variables those that
 * have been needed. Rows are put together from front to back. Used by one thread.
 */
final class Stretch {
  /** Rows in a stretch, except the last. */
  static final int ROWS = 16_384;

  private final StoredTemplates templates;
  private final StoredColumn.TextPages dictionaries;
  private final ByteSource page;
  private final String key;
  private final int[] codes;
  private final int[] counts;
  private final @Nullable ByteSource[] streams;
  private final long[][] numbers;
  private final StringStream.@Nullable Strings[] strings;
  private final int[] next;
  private final long[] row = new long[RowMatcher.MAX_SLOTS + 1];
  private final int pooled;
  private final byte @Nullable [] pool8;
  private final byte @Nullable [] pool16;
  private final int[] nextString;
  private @Nullable PartSearch searched;
  private int searchedTo;
  private int resolved;
  private int nextRow;

  /**
   * @param page the page of variables
   * @param codes the template of every row
   */
  Stretch(
      StoredTemplates templates,
      StoredColumn.TextPages dictionaries,
      ByteSource page,
      String key,
      int[] codes) {
    this.templates = templates;
    this.dictionaries = dictionaries;
    this.page = page;
    this.key = key;
    this.codes = codes;
    int columns = templates.columns.length;
    counts = new int[columns];
    int[] uses = new int[templates.slots.length];
    for (int code : codes) {
      uses[code]++;
    }
    for (int t = 0; t < uses.length; t++) {
      if (uses[t] > 0) {
        for (int column : templates.slots[t]) {
          counts[column] += uses[t];
        }
      }
    }
    pooled = page.u8(3);
    pool8 = (pooled & 1) != 0 ? pool(8) : null;
    pool16 = (pooled & 2) != 0 ? pool(16) : null;
    streams = new @Nullable ByteSource[columns];
    for (int c = 0; c < columns; c++) {
      if (counts[c] > 0) {
        streams[c] = page.slice(page.count(page.remaining()));
      }
    }
    if (page.remaining() != 0) {
      throw page.corrupt("the end of the stretch", page.remaining() + " bytes more");
    }
    numbers = new long[columns][];
    strings = new StringStream.@Nullable Strings[columns];
    next = new int[columns];
    nextString = new int[columns];
  }

  private byte[] pool(int width) {
    int count = page.count(page.remaining() / width);
    int at = page.skip((long) count * width);
    return Arrays.copyOfRange(page.array(), at, at + count * width);
  }

  /** Goes to a row; the rows before it cost little. */
  void seek(int to) {
    if (to < nextRow) {
      nextRow = 0;
      Arrays.fill(next, 0);
    }
    for (; nextRow < to; nextRow++) {
      skip(codes[nextRow]);
    }
  }

  private void skip(int code) {
    for (int column : templates.slots[code]) {
      next[column]++;
    }
  }

  /** Steps over the next row. */
  void skip() {
    skip(codes[nextRow++]);
  }

  /** Appends the text of the next row. */
  void write(ByteSink out) {
    int code = codes[nextRow++];
    int[] slots = templates.slots[code];
    int[] literals = templates.literals[code];
    if ((templates.identifiers[code] & pooled & ~resolved) != 0) {
      resolve();
    }
    int from = out.size();
    for (int i = 0; i < slots.length; i++) {
      literal(literals, i, out);
      variable(slots[i], i, out);
    }
    literal(literals, slots.length, out);
    if (code != 0 && out.size() - from > RowMatcher.MAX_ROW) {
      throw page.corrupt("a row of " + RowMatcher.MAX_ROW + " bytes", "a longer one");
    }
  }

  private void literal(int[] literals, int i, ByteSink out) {
    int length = literals[2 * i + 1] - literals[2 * i];
    if (length > 0) {
      out.bytes(templates.text, literals[2 * i], length);
    }
  }

  private void variable(int number, int slot, ByteSink out) {
    StoredColumn column = templates.columns[number];
    int place = next[number]++;
    boolean good =
        switch (column.kind) {
          case NUMBER -> TextDigits.number(number(column, number, place, slot), out);
          case PADDED -> TextDigits.padded(numbers(number)[place], column.parameter, out);
          case DECIMAL -> TextDigits.decimal(numbers(number)[place], out);
          case TIME -> TimeText.write(column.parameter, number(column, number, place, slot), out);
          case ADDRESS -> TextDigits.address(numbers(number)[place], out);
          case HEX16, HEX32, UUID -> identifier(column.kind, number, place, out);
          case CODED -> coded(column, numbers(number)[place], out);
          case PLAIN -> plain(number, place, out);
        };
    if (!good) {
      throw page.corrupt("a value of " + column.kind, "another");
    }
  }

  private long number(StoredColumn column, int number, int place, int slot) {
    long value = numbers(number)[place] + (column.base == 0 ? 0 : row[column.base - 1]);
    row[slot] = value;
    return value;
  }

  private ByteSource stream(int number) {
    ByteSource stream = streams[number];
    if (stream == null) {
      throw page.corrupt("values of column " + number, "none");
    }
    return stream.again();
  }

  private long[] numbers(int number) {
    long[] known = numbers[number];
    if (known == null) {
      known = new long[counts[number]];
      ByteSource in = stream(number);
      NumberStream.decode(in, key, known.length, known);
      if (in.remaining() != 0) {
        throw in.corrupt("the end of a column", in.remaining() + " bytes more");
      }
      numbers[number] = known;
    }
    return known;
  }

  /**
   * Clears the bits of rows that cannot contain some bytes.
   *
   * @param from the first row, counted in the stretch; bit {@code first} is its
   */
  void narrow(PartSearch search, int from, int to, long[] words, int first) {
    if (searched != search || from < searchedTo) {
      searched = search;
      searchedTo = 0;
      Arrays.fill(nextString, 0);
    }
    for (int row = searchedTo; row < to; row++) {
      int code = codes[row];
      boolean asked = row >= from && Bits.get(words, first + row - from);
      boolean found = !asked || search.isMaybe(code);
      for (int column : search.strings(code)) {
        int place = nextString[column]++;
        found = found || takesPart(search, code, column, place);
      }
      if (!found) {
        words[first + row - from >>> 6] &= ~(1L << (first + row - from));
      }
    }
    searchedTo = to;
  }

  private boolean takesPart(PartSearch search, int code, int column, int place) {
    if (templates.columns[column].kind == SlotKind.CODED) {
      return search.takesPart(column, numbers(column)[place], page);
    }
    StringStream.Strings known = strings(column);
    int from = known.offsets()[place];
    int to = known.offsets()[place + 1];
    return code == 0
        ? search.contains(known.data(), from, to)
        : search.takesPart(known.data(), from, to);
  }

  private StringStream.Strings strings(int number) {
    StringStream.Strings known = strings[number];
    if (known == null) {
      known = StringStream.decode(stream(number), key, counts[number]);
      strings[number] = known;
    }
    return known;
  }

  private boolean plain(int number, int place, ByteSink out) {
    StringStream.Strings known = strings(number);
    int from = known.offsets()[place];
    out.bytes(known.data(), from, known.offsets()[place + 1] - from);
    return true;
  }

  private boolean coded(StoredColumn column, long entry, ByteSink out) {
    int segment = column.segmentOf(entry, page);
    StringStream.Strings known = column.segment(segment, dictionaries);
    int at = (int) entry - column.firstEntry(segment);
    int from = known.offsets()[at];
    int length = known.offsets()[at + 1] - from;
    if (length > RowMatcher.MAX_ROW) {
      return false;
    }
    out.bytes(known.data(), from, length);
    return true;
  }

  private boolean identifier(SlotKind kind, int number, int place, ByteSink out) {
    int width = kind.identifierBytes();
    byte[] pool = width == 8 ? pool8 : pool16;
    if (pool != null) {
      TextDigits.identifier(pool, (int) numbers(number)[place] * width, kind, out);
      return true;
    }
    ByteSource in = stream(number);
    if (in.remaining() != (long) counts[number] * width) {
      return false;
    }
    TextDigits.identifier(in.array(), in.position() + place * width, kind, out);
    return true;
  }

  /** Turns the distances of identifiers into places in the pool, row by row from the first. */
  private void resolve() {
    resolved = pooled;
    int[] at = new int[next.length];
    int count8 = 0;
    int count16 = 0;
    for (int code : codes) {
      if ((templates.identifiers[code] & pooled) == 0) {
        continue;
      }
      for (int c : templates.slots[code]) {
        SlotKind kind = templates.columns[c].kind;
        if (!kind.isIdentifier()) {
          continue;
        }
        boolean short8 = kind.identifierBytes() == 8;
        if ((pooled & (short8 ? 1 : 2)) == 0) {
          continue;
        }
        long[] distances = numbers(c);
        int count = short8 ? count8 : count16;
        long distance = distances[at[c]];
        if (distance < 0 || distance > count) {
          throw page.corrupt("a distance up to " + count, Long.toString(distance));
        }
        distances[at[c]++] = distance == 0 ? count : count - distance;
        if (distance == 0 && short8) {
          count8++;
        } else if (distance == 0) {
          count16++;
        }
      }
    }
    if (pool8 != null && count8 * 8 != pool8.length
        || pool16 != null && count16 * 16 != pool16.length) {
      throw page.corrupt("a pool of " + count8 + " and " + count16, "another");
    }
  }
}
