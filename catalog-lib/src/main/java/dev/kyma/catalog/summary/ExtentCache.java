package dev.kyma.catalog.summary;

import dev.kyma.catalog.CatalogException;
import dev.kyma.catalog.ExtentRef;
import dev.kyma.format.predicate.Constant;
import dev.kyma.format.stats.ColumnStats;
import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many whole extents stay in memory, in bytes by estimate, and where the others come from. What
 * was kept first leaves first. Safe for use by many threads.
 */
public final class ExtentCache {
  /** For snapshots that are folded and read at once: every extent stays. */
  public static final ExtentCache UNBOUNDED = new ExtentCache(Long.MAX_VALUE, keys -> Map.of());

  private record Entry(WeakReference<SummarySlab> slab, int ordinal, int bytes) {}

  private final long budget;
  private final ExtentSource source;
  private final ArrayDeque<Entry> entries = new ArrayDeque<>();
  private long bytes;

  /**
   * @param maxBytes what kept extents may take
   * @param source of extents that are not kept
   */
  public ExtentCache(long maxBytes, ExtentSource source) {
    this.budget = maxBytes;
    this.source = source;
  }

  /** Takes note of an extent that a slab keeps from now on, and lets others go. */
  void kept(WeakReference<SummarySlab> slab, int ordinal, ExtentRef extent) {
    if (budget == Long.MAX_VALUE) {
      return;
    }
    synchronized (this) {
      int size = estimate(extent);
      entries.add(new Entry(slab, ordinal, size));
      bytes += size;
      while (bytes > budget) {
        Entry first = entries.remove();
        bytes -= first.bytes();
        SummarySlab its = first.slab().get();
        if (its != null) {
          its.forget(first.ordinal());
        }
      }
    }
  }

  /** What kept extents take, in bytes by estimate. */
  public synchronized long bytes() {
    return bytes;
  }

  /**
   * Extents that are not kept.
   *
   * @throws CatalogException.Corrupt if one is nowhere
   */
  Map<String, ExtentRef> read(List<String> keys) {
    Map<String, ExtentRef> found = source.read(keys);
    for (String key : keys) {
      if (!found.containsKey(key)) {
        throw new CatalogException.Corrupt("extent " + key + " is in no commit that is left");
      }
    }
    return found;
  }

  private static int estimate(ExtentRef extent) {
    int size = 300 + 2 * extent.key().length();
    for (ColumnStats column : extent.summary().columns()) {
      size += 110 + estimate(column.min()) + estimate(column.max());
      for (ColumnStats.ValueCount count : column.valueCounts()) {
        size += 28 + estimate(count.value());
      }
    }
    return size;
  }

  private static int estimate(@Nullable Constant constant) {
    return switch (constant) {
      case null -> 0;
      case Constant.OfLong _, Constant.OfDouble _ -> 24;
      case Constant.OfInt128 _ -> 72;
      case Constant.OfBytes bytes -> 40 + bytes.value().length;
    };
  }
}
