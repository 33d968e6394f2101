package dev.kyma.format.stats;

import dev.kyma.format.encoding.BytesDictionary;
import dev.kyma.format.encoding.Hashing;
import dev.kyma.format.predicate.Constant;
import dev.kyma.format.stats.ColumnStats.ValueCount;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.Bits;
import dev.kyma.format.vector.BytesVector;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.DictionaryVector;
import dev.kyma.format.vector.DoubleVector;
import dev.kyma.format.vector.FloatsVector;
import dev.kyma.format.vector.Int128Vector;
import dev.kyma.format.vector.LongVector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Works out the statistics of a column over all rows and over each block of them.
 *
 * @param whole over all rows
 * @param blocks over every block, in order
 */
public record ColumnProfile(ColumnStats whole, List<ColumnStats> blocks) {
  /** Bounds of byte strings are cut to this many bytes. */
  public static final int PREFIX = 32;

  /** Values longer than this are not counted one by one. */
  private static final int MAX_COUNTED_BYTES = 256;

  private static final int MAX_ALL_COUNTED_BYTES = 8 << 10;

  /**
   * Looks at every value.
   *
   * @param column the column's id
   * @param values all rows
   * @param dictionary the dictionary of byte strings, or null when there is none
   * @param hashes the hash of every row's value where there is no dictionary and the values are
   *     byte strings; else unused
   * @param blockRows how many rows a block has
   */
  public static ColumnProfile of(
      int column,
      ColumnVector values,
      @Nullable BytesDictionary dictionary,
      long[] hashes,
      int blockRows) {
    return switch (values) {
      case LongVector longs ->
          ofNumbers(column, longs.type(), longs.values(), longs.size(), longs.nulls(), blockRows);
      case DoubleVector doubles ->
          ofNumbers(
              column,
              doubles.type(),
              sortable(doubles),
              doubles.size(),
              doubles.nulls(),
              blockRows);
      case BytesVector bytes ->
          dictionary != null
              ? ofDictionary(column, bytes, dictionary, blockRows)
              : ofBytes(column, bytes, hashes, blockRows);
      case Int128Vector wide -> ofWide(column, wide, blockRows);
      case FloatsVector floats -> ofUnordered(column, floats, blockRows);
      case DictionaryVector coded ->
          throw new IllegalArgumentException(
              "a column is written from its values: " + coded.type());
    };
  }

  private static int blocks(int rows, int blockRows) {
    return (rows + blockRows - 1) / blockRows;
  }

  private static int nullsIn(long @Nullable [] nulls, int from, int to) {
    int count = 0;
    if (nulls != null) {
      for (int row = from; row < to; row++) {
        count += Bits.get(nulls, row) ? 1 : 0;
      }
    }
    return count;
  }

  private static long[] sortable(DoubleVector doubles) {
    long[] values = new long[doubles.size()];
    for (int i = 0; i < values.length; i++) {
      long bits = Double.doubleToLongBits(doubles.values()[i] + 0.0);
      values[i] = bits ^ (bits >> 63 & Long.MAX_VALUE);
    }
    return values;
  }

  private static Constant constant(LogicalType type, long value) {
    return type.physical() == LogicalType.Physical.DOUBLE
        ? new Constant.OfDouble(
            type, Double.longBitsToDouble(value ^ (value >> 63 & Long.MAX_VALUE)))
        : new Constant.OfLong(type, value);
  }

  private static ColumnProfile ofNumbers(
      int column,
      LogicalType type,
      long[] values,
      int rows,
      long @Nullable [] nulls,
      int blockRows) {
    int blocks = blocks(rows, blockRows);
    long[] min = new long[blocks];
    long[] max = new long[blocks];
    int[] nullCounts = new int[blocks];
    int[][] counts = new int[blocks][FewValues.MAX];
    DistinctSketch[] sketches = new DistinctSketch[blocks];
    FewValues few = new FewValues();
    boolean isFew = true;
    for (int b = 0; b < blocks; b++) {
      DistinctSketch sketch = new DistinctSketch();
      long low = Long.MAX_VALUE;
      long high = Long.MIN_VALUE;
      int to = Math.min(rows, (b + 1) * blockRows);
      for (int row = b * blockRows; row < to; row++) {
        if (nulls != null && Bits.get(nulls, row)) {
          nullCounts[b]++;
          continue;
        }
        long value = values[row];
        low = Math.min(low, value);
        high = Math.max(high, value);
        long hash = Hashing.mix(value);
        sketch.add(hash);
        if (isFew) {
          int place = few.add(value, hash);
          isFew = place >= 0;
          if (isFew) {
            counts[b][place]++;
          }
        }
      }
      min[b] = low;
      max[b] = high;
      sketches[b] = sketch;
    }
    List<ColumnStats> parts = new ArrayList<>();
    DistinctSketch all = new DistinctSketch();
    int[] allCounts = new int[FewValues.MAX];
    for (int b = 0; b < blocks; b++) {
      int blockSize = Math.min(rows, (b + 1) * blockRows) - b * blockRows;
      all.add(sketches[b]);
      for (int i = 0; i < allCounts.length; i++) {
        allCounts[i] += counts[b][i];
      }
      parts.add(
          numbers(
              column,
              type,
              blockSize,
              nullCounts[b],
              min[b],
              max[b],
              sketches[b],
              isFew,
              few,
              counts[b]));
    }
    ColumnStats whole =
        numbers(
            column,
            type,
            rows,
            Arrays.stream(nullCounts).sum(),
            Arrays.stream(min).min().orElse(0),
            Arrays.stream(max).max().orElse(0),
            all,
            isFew,
            few,
            allCounts);
    return new ColumnProfile(whole, parts);
  }

  private static ColumnStats numbers(
      int column,
      LogicalType type,
      int rows,
      int nulls,
      long min,
      long max,
      DistinctSketch sketch,
      boolean isFew,
      FewValues few,
      int[] counts) {
    boolean any = nulls < rows;
    List<ValueCount> values = new ArrayList<>();
    for (int i = 0; isFew && i < few.count(); i++) {
      if (counts[i] > 0) {
        values.add(new ValueCount(constant(type, few.value(i)), counts[i]));
      }
    }
    return new ColumnStats(
        column,
        type,
        rows,
        nulls,
        any ? constant(type, min) : null,
        any ? constant(type, max) : null,
        true,
        isFew ? values.size() : sketch.estimate(rows - nulls),
        values);
  }

  private static ColumnProfile ofDictionary(
      int column, BytesVector bytes, BytesDictionary dictionary, int blockRows) {
    BytesVector entries = dictionary.entries();
    int rows = bytes.size();
    boolean counted =
        entries.size() <= FewValues.MAX
            && entries.offsets()[entries.size()] <= MAX_ALL_COUNTED_BYTES;
    for (int i = 0; i < entries.size() && counted; i++) {
      counted = entries.length(i) <= MAX_COUNTED_BYTES;
    }
    int[] all = new int[entries.size()];
    List<ColumnStats> parts = new ArrayList<>();
    int allNulls = 0;
    for (int from = 0; from < rows; from += blockRows) {
      int to = Math.min(rows, from + blockRows);
      int[] counts = new int[entries.size()];
      int nulls = 0;
      for (int row = from; row < to; row++) {
        if (bytes.isNull(row)) {
          nulls++;
        } else {
          counts[dictionary.codes()[row]]++;
        }
      }
      for (int i = 0; i < counts.length; i++) {
        all[i] += counts[i];
      }
      allNulls += nulls;
      parts.add(coded(column, entries, counts, to - from, nulls, counted));
    }
    return new ColumnProfile(coded(column, entries, all, rows, allNulls, counted), parts);
  }

  private static ColumnStats coded(
      int column, BytesVector entries, int[] counts, int rows, int nulls, boolean counted) {
    BytesBounds bounds = new BytesBounds();
    int distinct = 0;
    List<ValueCount> values = new ArrayList<>();
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] > 0) {
        distinct++;
        bounds.add(entries, i);
        if (counted) {
          values.add(
              new ValueCount(new Constant.OfBytes(entries.type(), entries.bytes(i)), counts[i]));
        }
      }
    }
    return bounds.stats(column, entries.type(), rows, nulls, distinct, values);
  }

  private static ColumnProfile ofBytes(
      int column, BytesVector bytes, long[] hashes, int blockRows) {
    int rows = bytes.size();
    DistinctSketch all = new DistinctSketch();
    BytesBounds allBounds = new BytesBounds();
    List<ColumnStats> parts = new ArrayList<>();
    int allNulls = 0;
    for (int from = 0; from < rows; from += blockRows) {
      int to = Math.min(rows, from + blockRows);
      DistinctSketch sketch = new DistinctSketch();
      BytesBounds bounds = new BytesBounds();
      int nulls = 0;
      for (int row = from; row < to; row++) {
        if (bytes.isNull(row)) {
          nulls++;
        } else {
          sketch.add(hashes[row]);
          bounds.add(bytes, row);
        }
      }
      all.add(sketch);
      allBounds.add(bounds);
      allNulls += nulls;
      long distinct = sketch.estimate(to - from - nulls);
      parts.add(bounds.stats(column, bytes.type(), to - from, nulls, distinct, List.of()));
    }
    long distinct = all.estimate(rows - allNulls);
    return new ColumnProfile(
        allBounds.stats(column, bytes.type(), rows, allNulls, distinct, List.of()), parts);
  }

  private static ColumnProfile ofWide(int column, Int128Vector wide, int blockRows) {
    int rows = wide.size();
    WideBounds all = new WideBounds();
    List<ColumnStats> parts = new ArrayList<>();
    for (int from = 0; from < rows; from += blockRows) {
      int to = Math.min(rows, from + blockRows);
      WideBounds bounds = new WideBounds();
      for (int row = from; row < to; row++) {
        bounds.add(wide, row);
      }
      all.add(bounds);
      parts.add(bounds.stats(column, wide.type()));
    }
    return new ColumnProfile(all.stats(column, wide.type()), parts);
  }

  private static ColumnProfile ofUnordered(int column, ColumnVector values, int blockRows) {
    List<ColumnStats> parts = new ArrayList<>();
    for (int from = 0; from < values.size(); from += blockRows) {
      int to = Math.min(values.size(), from + blockRows);
      parts.add(unordered(column, values.type(), to - from, nullsIn(values.nulls(), from, to)));
    }
    int nulls = nullsIn(values.nulls(), 0, values.size());
    return new ColumnProfile(unordered(column, values.type(), values.size(), nulls), parts);
  }

  private static ColumnStats unordered(int column, LogicalType type, int rows, int nulls) {
    return new ColumnStats(column, type, rows, nulls, null, null, false, -1, List.of());
  }
}
