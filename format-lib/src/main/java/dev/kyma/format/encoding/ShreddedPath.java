package dev.kyma.format.encoding;

import dev.kyma.format.json.PathExtractor;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.Bits;
import dev.kyma.format.vector.BytesVector;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.DictionaryVector;
import dev.kyma.format.vector.DoubleVector;
import dev.kyma.format.vector.Gather;
import dev.kyma.format.vector.LongVector;
import java.math.BigDecimal;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The values of one path of a dynamic column, stored as a column of their own. */
final class ShreddedPath {
  /** Up to here every whole number is a double, and powers of ten are too. */
  private static final long EXACT_DOUBLE = 1L << 53;

  private final Presence presence;
  private final boolean numeric;
  private final boolean scaled;
  private final ByteSource head;
  private final PageSource pages;
  private @Nullable LongDecoder unscaled;
  private @Nullable LongDecoder scales;
  private DecimalColumn.@Nullable Decoder decimals;
  private @Nullable BytesDecoder texts;
  private final Map<LogicalType, ColumnVector> converted = new HashMap<>();
  private final Map<LogicalType, int[]> places = new HashMap<>();

  private long[] bits = new long[0];
  private int[] ranks = new int[0];
  private long[] numbers = new long[0];
  private long[] scaleOf = new long[0];
  private byte[] formOf = new byte[0];
  private int[] codes = new int[0];
  private boolean isCoded;
  private BytesVector entries =
      new BytesVector(LogicalType.DYNAMIC, 0, new byte[0], new int[1], null);

  ShreddedPath(Presence presence, int flags, ByteSource head, PageSource pages) {
    this.presence = presence;
    numeric = (flags & DynamicEncoder.NUMBERS) != 0;
    scaled = (flags & DynamicEncoder.SCALED) != 0;
    this.head = head;
    this.pages = pages;
  }

  private void open() {
    if (unscaled != null || decimals != null || texts != null) {
      return;
    }
    ByteSource source = head.again();
    if (numeric && scaled) {
      decimals = new DecimalColumn.Decoder(source, presence.count(), pages);
    } else if (numeric) {
      unscaled = LongDecoder.open(source, presence.count(), pages);
      scales = LongDecoder.open(source, presence.count(), pages);
    } else {
      texts = BytesDecoder.open(source, LogicalType.DYNAMIC, presence.count(), pages);
    }
  }

  /** Marks the pages that values of rows {@code [from, to)} need. */
  void pages(int from, int to, BitSet needed) {
    open();
    presence.pages(from, to, needed);
    if (from < to) {
      int first = presence.firstValue(from);
      int end = presence.endValue(to);
      if (decimals != null) {
        decimals.pages(first, end, needed);
      } else if (unscaled != null && scales != null) {
        unscaled.pages(first, end, needed);
        scales.pages(first, end, needed);
      } else if (texts != null) {
        texts.pages(first, end, needed);
      }
    }
  }

  /** Decodes the values of rows, for {@link #write}. */
  void load(int from, int size) {
    open();
    bits = presence.bits(from, size);
    ranks = new int[bits.length];
    int count = 0;
    for (int i = 0; i < bits.length; i++) {
      ranks[i] = count;
      count += Long.bitCount(bits[i]);
    }
    loadValuesFrom(presence.rank(from), count);
  }

  /**
   * Decodes values, for {@link #writeValue}.
   *
   * @param from a row
   * @param before how many rows between {@link Presence#countedFrom} and it have a value
   * @param count how many values from there on
   */
  void loadValues(int from, int before, int count) {
    open();
    loadValuesFrom(presence.firstValue(from) + before, count);
  }

  private void loadValuesFrom(int first, int count) {
    if (count > presence.count() - first) {
      throw head.corrupt(presence.count() + " values", first + " and " + count + " more");
    }
    if (numeric) {
      numbers = new long[count];
      scaleOf = new long[count];
      formOf = new byte[count];
    }
    if (decimals != null) {
      decimals.decode(first, count, numbers, scaleOf, formOf);
    } else if (unscaled != null && scales != null) {
      unscaled.decode(first, count, numbers, 0);
      scales.decode(first, count, scaleOf, 0);
      for (long scale : scaleOf) {
        if (scale < 0 || scale > 18) {
          throw head.corrupt("a scale up to 18", Long.toString(scale));
        }
      }
    } else if (texts != null) {
      switch (texts.decode(first, count, null, null)) {
        case DictionaryVector coded -> {
          codes = coded.codes();
          entries = coded.dictionary();
          isCoded = true;
        }
        case BytesVector bytes -> {
          codes = new int[0];
          entries = bytes;
        }
        default -> throw head.corrupt("texts", "another encoding");
      }
    }
  }

  /** Appends the JSON text of a row's value; false when the row has none. */
  boolean write(int row, ByteSink out) {
    long word = bits[row >>> 6];
    if ((word >>> row & 1) == 0) {
      return false;
    }
    writeValue(ranks[row >>> 6] + Long.bitCount(word & (1L << row) - 1), out);
    return true;
  }

  /** Appends the JSON text of a value. */
  void writeValue(int value, ByteSink out) {
    if (numeric) {
      DecimalColumn.writeText(numbers[value], (int) scaleOf[value], formOf[value], out);
    } else {
      int code = isCoded ? codes[value] : value;
      int at = entries.offsets()[code];
      out.bytes(entries.data(), at, entries.offsets()[code + 1] - at);
    }
  }

  /** The values of rows as a type that paths can be read as. */
  ColumnVector decode(LogicalType type, int from, int size) {
    load(from, size);
    if (numeric) {
      ColumnVector scattered = scattered(type, size);
      return scattered != null ? scattered : Gather.rows(texts(type), rows(size), size);
    }
    if (isCoded) {
      return decodeCodes(entries, type, size);
    }
    ColumnVector dense = new PathExtractor(List.of(), type).extract(entries);
    return Gather.rows(dense, rows(size), size);
  }

  /** For every row the place of its value, or -1. */
  private int[] rows(int size) {
    int[] rows = new int[size];
    int next = 0;
    for (int row = 0; row < size; row++) {
      rows[row] = Bits.get(bits, row) ? next++ : -1;
    }
    return rows;
  }

  /** Numbers that need not be written out to be read as the type; null when they need be. */
  private @Nullable ColumnVector scattered(LogicalType type, int size) {
    int count = numbers.length;
    long scaled = 0;
    for (int i = 0; i < count; i++) {
      scaled |= scaleOf[i];
    }
    boolean whole = type.equals(LogicalType.INT64) && scaled == 0;
    if (!whole && !type.equals(LogicalType.FLOAT64)) {
      return null;
    }
    long[] longs = new long[whole ? size : 0];
    double[] doubles = new double[whole ? 0 : size];
    long[] nulls = new long[bits.length];
    int next = 0;
    for (int word = 0; word < bits.length; word++) {
      nulls[word] = ~bits[word];
      for (long rest = bits[word]; rest != 0; rest &= rest - 1, next++) {
        int row = 64 * word + Long.numberOfTrailingZeros(rest);
        if (whole) {
          longs[row] = numbers[next];
        } else {
          doubles[row] = toDouble(numbers[next], (int) scaleOf[next]);
        }
      }
    }
    if ((size & 63) != 0) {
      nulls[nulls.length - 1] &= (1L << size) - 1;
    }
    long @Nullable [] absent = next < size ? nulls : null;
    return whole
        ? new LongVector(type, size, longs, absent)
        : new DoubleVector(type, size, doubles, absent);
  }

  /** The nearest double: one division rounds rightly while both sides are exact. */
  private static double toDouble(long unscaled, int scale) {
    if (Math.abs(unscaled) < EXACT_DOUBLE) {
      return unscaled / DoubleEncoder.power(scale);
    }
    return BigDecimal.valueOf(unscaled, scale).doubleValue();
  }

  private ColumnVector texts(LogicalType type) {
    int count = numbers.length;
    ByteSink out = new ByteSink(8 * count);
    int[] offsets = new int[count + 1];
    for (int i = 0; i < count; i++) {
      DecimalColumn.writeText(numbers[i], (int) scaleOf[i], formOf[i], out);
      offsets[i + 1] = out.size();
    }
    return new PathExtractor(List.of(), type)
        .extract(new BytesVector(LogicalType.DYNAMIC, count, out.array(), offsets, null));
  }

  private ColumnVector decodeCodes(BytesVector dictionary, LogicalType type, int size) {
    ColumnVector values =
        converted.computeIfAbsent(
            type, to -> distinct(to, new PathExtractor(List.of(), to).extract(dictionary)));
    int[] place = places.getOrDefault(type, new int[0]);
    int[] rows = rows(size);
    int[] chosen = new int[size];
    for (int row = 0; row < size; row++) {
      int code = rows[row] < 0 ? -1 : codes[rows[row]];
      chosen[row] = code >= 0 && place.length > 0 ? place[code] : code;
    }
    if (!(values instanceof BytesVector named) || named.size() == 0) {
      return Gather.rows(values, chosen, size);
    }
    long[] nulls = new long[Bits.words(size)];
    boolean any = false;
    for (int row = 0; row < size; row++) {
      if (chosen[row] < 0) {
        Bits.set(nulls, row);
        chosen[row] = 0;
        any = true;
      }
    }
    return new DictionaryVector(size, chosen, named, any ? nulls : null);
  }

  /** Different JSON texts may be the same value: makes entries distinct, and leaves NULLs out. */
  private ColumnVector distinct(LogicalType type, ColumnVector values) {
    if (!(values instanceof BytesVector found)) {
      return values;
    }
    BytesIndex index = new BytesIndex();
    int[] place = new int[found.size()];
    for (int i = 0; i < place.length; i++) {
      int from = found.offsets()[i];
      int length = found.length(i);
      place[i] =
          found.isNull(i)
              ? -1
              : index.add(found.data(), from, length, Hashing.hash(found.data(), from, length));
    }
    int[] offsets = new int[index.count() + 1];
    for (int i = 0; i < index.count(); i++) {
      offsets[i + 1] = index.offset(i) + index.length(i);
    }
    places.put(type, place);
    return new BytesVector(type, index.count(), index.data(), offsets, null);
  }
}
