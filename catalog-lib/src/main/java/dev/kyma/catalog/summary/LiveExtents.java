package dev.kyma.catalog.summary;

import dev.kyma.catalog.Candidates;
import dev.kyma.catalog.ExtentRef;
import dev.kyma.format.RowOrder;
import dev.kyma.format.predicate.Predicate;
import java.lang.ref.SoftReference;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The live extents of one table in one snapshot. Immutable and safe to share.
 *
 * <p>Asking for all of them fetches what memory does not hold whole; a reader that knows what it
 * looks for asks for candidates.
 */
public final class LiveExtents {
  private static final int EXTENTS_PER_FETCH = 256;

  private final SummarySlab slab;
  private final long table;
  private final ExtentList list;
  private volatile @Nullable SoftReference<List<ExtentRef>> all;

  public LiveExtents(SummarySlab slab, long table, ExtentList list) {
    this.slab = slab;
    this.table = table;
    this.list = list;
  }

  /** By ordinals. */
  public ExtentList list() {
    return list;
  }

  /** All of them whole, in the order they were committed. */
  public List<ExtentRef> whole() {
    SoftReference<List<ExtentRef>> reference = all;
    List<ExtentRef> known = reference == null ? null : reference.get();
    if (known != null) {
      return known;
    }
    int[] ordinals = list.ordinals();
    ExtentRef[] extents = new ExtentRef[ordinals.length];
    int[] at = {0};
    forEach(ordinals, extent -> extents[at[0]++] = extent);
    List<ExtentRef> made = List.of(extents);
    all = new SoftReference<>(made);
    return made;
  }

  /** Hands over one after the other, so that no more than a few need be whole at a time. */
  public void forEach(Consumer<ExtentRef> consumer) {
    forEach(list.ordinals(), consumer);
  }

  private void forEach(int[] ordinals, Consumer<ExtentRef> consumer) {
    for (int from = 0; from < ordinals.length; from += EXTENTS_PER_FETCH) {
      int[] some =
          Arrays.copyOfRange(ordinals, from, Math.min(ordinals.length, from + EXTENTS_PER_FETCH));
      slab.extents(some, some.length, SummarySlab.Keeping.NOTHING).forEach(consumer);
    }
  }

  /** Those of some orders that summaries do not rule out for a predicate. */
  public Candidates candidates(Predicate predicate, Set<RowOrder> orders) {
    ExtentList.Totals considered = ExtentList.Totals.NONE;
    for (RowOrder order : orders) {
      considered = considered.plus(list.totals(order));
    }
    SummaryFilter filter = SummaryFilter.of(predicate);
    int[] passed = new int[0];
    int size = 0;
    for (ExtentList.Chunk chunk : list.chunks()) {
      if (slab.mayPass(filter, table, chunk)) {
        int[] some = chunk.ordinals.clone();
        int left = slab.retain(orders, some);
        left = slab.retain(filter, table, some, left);
        if (size + left > passed.length) {
          passed = Arrays.copyOf(passed, Math.max(size + left, passed.length * 2));
        }
        System.arraycopy(some, 0, passed, size, left);
        size += left;
      }
    }
    return new Candidates(
        considered.extents(),
        considered.bytes(),
        slab.extents(passed, size, SummarySlab.Keeping.FETCHED));
  }

  /** How many rows they have, of both orders, deleted ones included. */
  public long rows() {
    return list.totals(RowOrder.TABLE).rows() + list.totals(RowOrder.HISTORY).rows();
  }

  /** One of them whole. */
  public ExtentRef extent(int ordinal) {
    return slab.extents(new int[] {ordinal}, 1, SummarySlab.Keeping.FETCHED).getFirst();
  }
}
