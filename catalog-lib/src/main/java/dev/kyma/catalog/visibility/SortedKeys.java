package dev.kyma.catalog.visibility;

import dev.kyma.catalog.ExtentRef;
import dev.kyma.catalog.TableDef;
import dev.kyma.format.LogInterval;
import dev.kyma.format.RowOrder;
import dev.kyma.format.predicate.Constant;
import dev.kyma.format.stats.ColumnStats;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.BytesVector;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.Gather;
import dev.kyma.format.vector.LongVector;
import dev.kyma.format.vector.RowSorter;
import dev.kyma.format.vector.Slice;
import dev.kyma.format.vector.SortOrder;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Primary keys in order, to be looked up in extents: each extent is asked only for those within its
 * bounds. Immutable.
 */
public final class SortedKeys {
  private final TableDef table;
  private final Batch keys;
  private final int @Nullable [] places;

  private SortedKeys(TableDef table, Batch keys, int @Nullable [] places) {
    this.table = table;
    this.keys = keys;
    this.places = places;
  }

  /**
   * Sorts keys.
   *
   * @param keys as {@link RowShape#key} answers them
   */
  public static SortedKeys of(TableDef table, Batch keys) {
    SortOrder order = new SortOrder(IntStream.range(0, keys.columns().size()).boxed().toList());
    Optional<int[]> permutation = RowSorter.permutation(keys, order);
    return permutation
        .map(places -> new SortedKeys(table, Gather.rows(keys, places, keys.rowCount()), places))
        .orElseGet(() -> new SortedKeys(table, keys, null));
  }

  /**
   * A run of the sorted keys.
   *
   * @param first the first one's place in the order
   * @param keys the keys
   */
  public record Run(int first, Batch keys) {}

  /** How many keys there are. */
  public int size() {
    return keys.rowCount();
  }

  /** The place a key had before it was sorted. */
  public int place(int sorted) {
    return places == null ? sorted : places[sorted];
  }

  /**
   * Whether an extent may hold rows that came through a log partition and that default reads see.
   * An extent that says of no log may hold rows of any.
   */
  public static boolean mayHold(ExtentRef extent, int log) {
    if (extent.summary().order() != RowOrder.TABLE) {
      return false;
    }
    for (LogInterval interval : extent.summary().logs()) {
      if (interval.log() == log) {
        return true;
      }
    }
    return extent.summary().logs().isEmpty();
  }

  /** The keys that an extent may hold, by its statistics of the first column. */
  public Run within(ExtentRef extent) {
    int from = 0;
    int to = keys.rowCount();
    for (ColumnStats stats : extent.summary().columns()) {
      if (stats.column() == table.primaryKey().getFirst()) {
        from = from(stats);
        to = Math.max(from, to(stats));
      }
    }
    return new Run(from, Slice.of(keys, from, to - from));
  }

  private int from(ColumnStats stats) {
    ColumnVector first = keys.column(0);
    if (first instanceof LongVector longs
        && stats.min() instanceof Constant.OfLong min
        && min.type().equals(longs.type())) {
      return firstThat(row -> longs.values()[row] >= min.value());
    }
    if (first instanceof BytesVector bytes && stats.min() instanceof Constant.OfBytes min) {
      return firstThat(row -> compare(bytes, row, min.value()) >= 0);
    }
    return 0;
  }

  private int to(ColumnStats stats) {
    ColumnVector first = keys.column(0);
    if (first instanceof LongVector longs
        && stats.max() instanceof Constant.OfLong max
        && max.type().equals(longs.type())) {
      return firstThat(row -> longs.values()[row] > max.value());
    }
    if (first instanceof BytesVector bytes && stats.max() instanceof Constant.OfBytes max) {
      // A bound that is none of the values may be a prefix of values above it.
      return firstThat(
          row ->
              compare(bytes, row, max.value()) > 0
                  && (stats.exactBounds() || !startsWith(bytes, row, max.value())));
    }
    return keys.rowCount();
  }

  /** The first key of which a condition holds that holds of all behind it too. */
  private int firstThat(IntPredicate condition) {
    int low = 0;
    int high = keys.rowCount();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (condition.test(middle)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private static int compare(BytesVector values, int row, byte[] other) {
    return Arrays.compareUnsigned(
        values.data(), values.offsets()[row], values.offsets()[row + 1], other, 0, other.length);
  }

  private static boolean startsWith(BytesVector values, int row, byte[] prefix) {
    int from = values.offsets()[row];
    return values.length(row) >= prefix.length
        && Arrays.equals(values.data(), from, from + prefix.length, prefix, 0, prefix.length);
  }
}
