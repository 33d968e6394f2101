package dev.kyma.catalog.summary;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.kyma.catalog.ExtentRef;
import dev.kyma.format.RowOrder;
import dev.kyma.format.stats.ColumnStats;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Summaries of extents, outside the heap and column by column: {@value #SLOTS} columns' bounds of
 * each extent, its size, its rows, its order and its key. Grows only; an extent is known by its
 * ordinal, and which ordinals are live is every snapshot's own matter, so snapshots share a slab.
 * What it takes outside the heap is freed when no snapshot holds it any more. Safe for use by many
 * threads.
 */
public final class SummarySlab {
  /** How many columns of a table have bounds in summaries. */
  static final int SLOTS = 8;

  private static final int SHIFT = 10;
  private static final int RECORDS = 1 << SHIFT;
  private static final int MASK = RECORDS - 1;

  // Where in a chunk the arrays begin, in bytes: two of bounds for each slot, then single ones.
  private static final int BOUNDS = RECORDS * 8;
  private static final int LENGTH_AT = 2 * SLOTS * BOUNDS;
  private static final int ROWS_AT = LENGTH_AT + RECORDS * 8;
  private static final int TABLE_AT = ROWS_AT + RECORDS * 8;
  private static final int KEY_AT = TABLE_AT + RECORDS * 8;
  private static final int KINDS_AT = KEY_AT + RECORDS * 8;
  private static final int ORDER_AT = KINDS_AT + SLOTS * RECORDS;
  private static final int CHUNK_BYTES = ORDER_AT + RECORDS;

  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
  private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;

  /** The columns of a table that have slots, by slot. */
  private static final class Slots {
    volatile int[] columns = new int[0];
  }

  /** Records in one piece, and those of them that are kept whole. */
  private record Chunk(MemorySegment memory, AtomicReferenceArray<@Nullable ExtentRef> whole) {}

  private final Arena arena = Arena.ofAuto();
  private final ExtentCache cache;
  private final WeakReference<SummarySlab> self = new WeakReference<>(this);
  private final Map<Long, Slots> tables = new ConcurrentHashMap<>();
  private final KeyIndex keys = new KeyIndex();
  private volatile Chunk[] chunks = new Chunk[0];
  private int count;

  public SummarySlab(ExtentCache cache) {
    this.cache = cache;
  }

  /** An empty slab for the same purpose. */
  public SummarySlab another() {
    return new SummarySlab(cache);
  }

  /** How many extents were ever added. */
  public synchronized int count() {
    return count;
  }

  /** Adds an extent; answers its ordinal, which is greater than all before. */
  public synchronized int add(ExtentRef extent) {
    int ordinal = next();
    Slots slots = slots(extent.table(), extent.summary().columns(), extent);
    Chunk chunk = chunks[ordinal >> SHIFT];
    MemorySegment memory = chunk.memory();
    int at = ordinal & MASK;
    int[] columns = slots.columns;
    for (int slot = 0; slot < columns.length; slot++) {
      ColumnStats stats = stats(extent, columns[slot]);
      if (stats != null) {
        write(memory, slot, at, stats);
      }
    }
    memory.set(LONG, LENGTH_AT + at * 8L, extent.length());
    memory.set(LONG, ROWS_AT + at * 8L, extent.summary().rows());
    memory.set(LONG, TABLE_AT + at * 8L, extent.table());
    memory.set(BYTE, ORDER_AT + at, (byte) extent.summary().order().ordinal());
    memory.set(
        LONG, KEY_AT + at * 8L, keys.add(extent.key().getBytes(UTF_8), ordinal, this::place));
    chunk.whole().set(at, extent);
    cache.kept(self, ordinal, extent);
    return ordinal;
  }

  /** Adds an extent of another slab, without its whole being needed. */
  public synchronized int add(SummarySlab other, int ordinal) {
    int to = next();
    Chunk from = other.chunks[ordinal >> SHIFT];
    Chunk chunk = chunks[to >> SHIFT];
    int source = ordinal & MASK;
    int at = to & MASK;
    long table = from.memory().get(LONG, TABLE_AT + source * 8L);
    Slots slots = tables.computeIfAbsent(table, id -> new Slots());
    Slots others = other.tables.get(table);
    if (others != null && slots.columns.length < others.columns.length) {
      slots.columns = others.columns;
    }
    for (int array = 0; array < 2 * SLOTS + 3; array++) {
      long offset = (long) array * BOUNDS;
      chunk.memory().set(LONG, offset + at * 8L, from.memory().get(LONG, offset + source * 8L));
    }
    for (int slot = 0; slot <= SLOTS; slot++) {
      long offset = KINDS_AT + (long) slot * RECORDS;
      chunk.memory().set(BYTE, offset + at, from.memory().get(BYTE, offset + source));
    }
    byte[] key = other.keyBytes(ordinal);
    chunk.memory().set(LONG, KEY_AT + at * 8L, keys.add(key, to, this::place));
    ExtentRef whole = from.whole().get(source);
    if (whole != null) {
      chunk.whole().set(at, whole);
      cache.kept(self, to, whole);
    }
    return to;
  }

  private int next() {
    if (count >> SHIFT == chunks.length) {
      Chunk[] more = Arrays.copyOf(chunks, chunks.length + 1);
      more[chunks.length] =
          new Chunk(arena.allocate(CHUNK_BYTES, 8), new AtomicReferenceArray<>(RECORDS));
      chunks = more;
    }
    return count++;
  }

  private static void write(MemorySegment memory, int slot, int at, ColumnStats stats) {
    int kind = Bounds.kind(stats);
    if ((kind & Bounds.BOUNDED) != 0 && stats.min() != null && stats.max() != null) {
      long least = Bounds.least(stats.type(), stats.min());
      long greatest = Bounds.greatest(stats.type(), stats.max(), stats.exactBounds());
      memory.set(LONG, 2L * slot * BOUNDS + at * 8L, least);
      memory.set(LONG, (2L * slot + 1) * BOUNDS + at * 8L, greatest);
    }
    memory.set(BYTE, KINDS_AT + (long) slot * RECORDS + at, (byte) kind);
  }

  /** The slots of a table, more of them assigned if there are columns that deserve some. */
  private Slots slots(long table, List<ColumnStats> columns, ExtentRef extent) {
    Slots slots = tables.computeIfAbsent(table, id -> new Slots());
    int[] known = slots.columns;
    if (known.length == SLOTS) {
      return slots;
    }
    List<Integer> wanted = new ArrayList<>();
    wanted.add(extent.summary().timeColumn());
    wanted.addAll(extent.summary().sortColumns());
    columns.stream()
        .filter(stats -> Bounds.family(stats.type()) != Bounds.NONE && stats.column() > 0)
        .sorted((a, b) -> Long.compare(usefulness(b), usefulness(a)))
        .forEach(stats -> wanted.add(stats.column()));
    List<Integer> assigned = new ArrayList<>();
    Arrays.stream(known).forEach(assigned::add);
    for (int column : wanted) {
      ColumnStats stats = stats(extent, column);
      boolean summed = stats != null && Bounds.family(stats.type()) != Bounds.NONE;
      if (summed && assigned.size() < SLOTS && !assigned.contains(column)) {
        assigned.add(column);
      }
    }
    slots.columns = assigned.stream().mapToInt(Integer::intValue).toArray();
    return slots;
  }

  /** Numbers prune better than texts, and texts the better the fewer there are. */
  private static long usefulness(ColumnStats stats) {
    if (!Bounds.isBytes(Bounds.family(stats.type()))) {
      return Long.MAX_VALUE;
    }
    return stats.distinct() < 0 ? Long.MIN_VALUE : -stats.distinct();
  }

  private static @Nullable ColumnStats stats(ExtentRef extent, int column) {
    for (ColumnStats stats : extent.summary().columns()) {
      if (stats.column() == column) {
        return stats;
      }
    }
    return null;
  }

  private long place(int ordinal) {
    return chunks[ordinal >> SHIFT].memory().get(LONG, KEY_AT + (ordinal & MASK) * 8L);
  }

  private synchronized byte[] keyBytes(int ordinal) {
    return keys.key(place(ordinal));
  }

  /** The key of an extent. */
  public String key(int ordinal) {
    return new String(keyBytes(ordinal), UTF_8);
  }

  /** The table of an extent. */
  public long table(int ordinal) {
    return chunks[ordinal >> SHIFT].memory().get(LONG, TABLE_AT + (ordinal & MASK) * 8L);
  }

  /** What an extent adds to sums. */
  ExtentList.Totals totals(int ordinal) {
    MemorySegment memory = chunks[ordinal >> SHIFT].memory();
    long at = (ordinal & MASK) * 8L;
    return new ExtentList.Totals(
        1, memory.get(LONG, LENGTH_AT + at), memory.get(LONG, ROWS_AT + at));
  }

  /** The order of an extent's rows. */
  RowOrder order(int ordinal) {
    byte order = chunks[ordinal >> SHIFT].memory().get(BYTE, ORDER_AT + (ordinal & MASK));
    return order == RowOrder.TABLE.ordinal() ? RowOrder.TABLE : RowOrder.HISTORY;
  }

  /** The ordinal of a key among those wanted. */
  public synchronized OptionalInt find(String key, IntPredicate wanted) {
    int ordinal = keys.find(key.getBytes(UTF_8), this::place, wanted);
    return ordinal < 0 ? OptionalInt.empty() : OptionalInt.of(ordinal);
  }

  void forget(int ordinal) {
    chunks[ordinal >> SHIFT].whole().set(ordinal & MASK, null);
  }

  /**
   * Whole extents, in the order asked for.
   *
   * @param keeps whether those that have to be fetched are kept from now on
   * @throws dev.kyma.catalog.CatalogException.Unavailable if some have to be fetched and cannot be
   */
  List<ExtentRef> extents(int[] ordinals, int size, Keeping keeps) {
    ExtentRef[] found = new ExtentRef[size];
    Map<String, Integer> absent = new LinkedHashMap<>();
    for (int i = 0; i < size; i++) {
      ExtentRef whole = chunks[ordinals[i] >> SHIFT].whole().get(ordinals[i] & MASK);
      if (whole == null) {
        absent.put(key(ordinals[i]), i);
      } else {
        found[i] = whole;
      }
    }
    if (!absent.isEmpty()) {
      Map<String, ExtentRef> read = cache.read(List.copyOf(absent.keySet()));
      absent.forEach(
          (key, i) -> {
            ExtentRef extent = Objects.requireNonNull(read.get(key), key);
            found[i] = extent;
            if (keeps == Keeping.FETCHED) {
              chunks[ordinals[i] >> SHIFT].whole().set(ordinals[i] & MASK, extent);
              cache.kept(self, ordinals[i], extent);
            }
          });
    }
    return List.of(found);
  }

  /** What becomes of whole extents that were fetched. */
  enum Keeping {
    FETCHED,
    NOTHING
  }

  /**
   * Leaves those of some extents whose order is one of some.
   *
   * @param ordinals those that pass are moved to the front
   * @return how many pass
   */
  int retain(Set<RowOrder> orders, int[] ordinals) {
    int passed = 0;
    for (int ordinal : ordinals) {
      if (orders.contains(order(ordinal))) {
        ordinals[passed++] = ordinal;
      }
    }
    return passed;
  }

  /** Whether some extents of a table may pass a filter, by what they have in common. */
  boolean mayPass(SummaryFilter filter, long table, ExtentList.Chunk chunk) {
    return switch (filter) {
      case SummaryFilter.Everything _, SummaryFilter.Nulls _ -> true;
      case SummaryFilter.All(List<SummaryFilter> filters) -> {
        for (SummaryFilter each : filters) {
          if (!mayPass(each, table, chunk)) {
            yield false;
          }
        }
        yield true;
      }
      case SummaryFilter.Any(List<SummaryFilter> filters) -> {
        for (SummaryFilter each : filters) {
          if (mayPass(each, table, chunk)) {
            yield true;
          }
        }
        yield false;
      }
      case SummaryFilter.Range range -> {
        Slots slots = tables.get(table);
        int slot = slots == null ? -1 : slot(slots.columns, range.column());
        yield slot < 0 || mayPass(range, slot, chunk);
      }
    };
  }

  private boolean mayPass(SummaryFilter.Range range, int slot, ExtentList.Chunk chunk) {
    long[] bounds = chunk.bounds;
    if (bounds == null) {
      bounds = common(chunk.ordinals);
      chunk.bounds = bounds;
    }
    return bounds[3 * slot] != range.family()
        || bounds[3 * slot + 1] <= range.to() && bounds[3 * slot + 2] >= range.from();
  }

  /** For each slot the family of all extents' values, none if they differ, and their bounds. */
  private long[] common(int[] ordinals) {
    long[] bounds = new long[3 * SLOTS];
    for (int slot = 0; slot < SLOTS; slot++) {
      long kindAt = KINDS_AT + (long) slot * RECORDS;
      long leastAt = 2L * slot * BOUNDS;
      int family = -1;
      long least = Long.MAX_VALUE;
      long greatest = Long.MIN_VALUE;
      for (int ordinal : ordinals) {
        MemorySegment memory = chunks[ordinal >> SHIFT].memory();
        int at = ordinal & MASK;
        int kind = memory.get(BYTE, kindAt + at);
        boolean bounded = (kind & (Bounds.BOUNDED | Bounds.ALL_NULL)) != 0;
        if (!bounded || family >= 0 && family != (kind & Bounds.FAMILY)) {
          family = Bounds.NONE;
          break;
        }
        family = kind & Bounds.FAMILY;
        if ((kind & Bounds.ALL_NULL) == 0) {
          least = Math.min(least, memory.get(LONG, leastAt + at * 8L));
          greatest = Math.max(greatest, memory.get(LONG, leastAt + BOUNDS + at * 8L));
        }
      }
      bounds[3 * slot] = family;
      bounds[3 * slot + 1] = least;
      bounds[3 * slot + 2] = greatest;
    }
    return bounds;
  }

  /**
   * Leaves those of some extents that pass a filter.
   *
   * @param ordinals extents of one table; those that pass are moved to the front
   * @return how many pass
   */
  int retain(SummaryFilter filter, long table, int[] ordinals, int size) {
    Slots slots = tables.get(table);
    boolean[] passes = new boolean[size];
    Arrays.fill(passes, true);
    retain(filter, slots == null ? new int[0] : slots.columns, ordinals, passes);
    int passed = 0;
    for (int i = 0; i < size; i++) {
      if (passes[i]) {
        ordinals[passed++] = ordinals[i];
      }
    }
    return passed;
  }

  private void retain(SummaryFilter filter, int[] columns, int[] ordinals, boolean[] passes) {
    switch (filter) {
      case SummaryFilter.Everything _ -> {}
      case SummaryFilter.All(List<SummaryFilter> filters) ->
          filters.forEach(each -> retain(each, columns, ordinals, passes));
      case SummaryFilter.Any(List<SummaryFilter> filters) -> {
        boolean[] any = new boolean[passes.length];
        for (SummaryFilter each : filters) {
          boolean[] some = passes.clone();
          retain(each, columns, ordinals, some);
          for (int i = 0; i < any.length; i++) {
            any[i] |= some[i];
          }
        }
        System.arraycopy(any, 0, passes, 0, any.length);
      }
      case SummaryFilter.Range range -> {
        int slot = slot(columns, range.column());
        if (slot >= 0) {
          retain(range, slot, ordinals, passes);
        }
      }
      case SummaryFilter.Nulls nulls -> {
        int slot = slot(columns, nulls.column());
        if (slot >= 0) {
          retain(nulls, slot, ordinals, passes);
        }
      }
    }
  }

  private static int slot(int[] columns, int column) {
    for (int slot = 0; slot < columns.length; slot++) {
      if (columns[slot] == column) {
        return slot;
      }
    }
    return -1;
  }

  private void retain(SummaryFilter.Range range, int slot, int[] ordinals, boolean[] passes) {
    Chunk[] all = chunks;
    long from = range.from();
    long to = range.to();
    long leastAt = 2L * slot * BOUNDS;
    long kindAt = KINDS_AT + (long) slot * RECORDS;
    for (int i = 0; i < passes.length; i++) {
      if (!passes[i]) {
        continue;
      }
      MemorySegment memory = all[ordinals[i] >> SHIFT].memory();
      int at = ordinals[i] & MASK;
      int kind = memory.get(BYTE, kindAt + at);
      if ((kind & Bounds.FAMILY) != range.family()) {
        continue;
      }
      passes[i] =
          (kind & Bounds.ALL_NULL) == 0
              && ((kind & Bounds.BOUNDED) == 0
                  || memory.get(LONG, leastAt + at * 8L) <= to
                      && memory.get(LONG, leastAt + BOUNDS + at * 8L) >= from);
    }
  }

  private void retain(SummaryFilter.Nulls nulls, int slot, int[] ordinals, boolean[] passes) {
    int excluded = nulls.wanted() ? Bounds.NO_NULL : Bounds.ALL_NULL;
    long kindAt = KINDS_AT + (long) slot * RECORDS;
    for (int i = 0; i < passes.length; i++) {
      int kind = chunks[ordinals[i] >> SHIFT].memory().get(BYTE, kindAt + (ordinals[i] & MASK));
      passes[i] &= (kind & Bounds.FAMILY) != nulls.family() || (kind & excluded) == 0;
    }
  }

  /** What it takes outside the heap, in bytes. */
  public synchronized long bytes() {
    return (long) chunks.length * CHUNK_BYTES + keys.bytes();
  }
}
