package dev.kyma.query.core.read;

import dev.kyma.catalog.ExtentRef;
import dev.kyma.catalog.Snapshot;
import dev.kyma.catalog.TableDef;
import dev.kyma.catalog.visibility.SortedKeys;
import dev.kyma.format.DeletionVector;
import dev.kyma.format.ExtentReader;
import dev.kyma.format.predicate.Predicate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Which rows of extents a scan does not see: those the snapshot knows to be deleted, and in a keyed
 * table those whose keys have newer versions in the hot tail. Safe for use by the query's threads.
 */
interface HiddenRows {
  /** No row. */
  HiddenRows NONE = (extent, reader) -> DeletionVector.EMPTY;

  /** So many keys are looked up for one query alone rather than all keys of a tail for all. */
  int FEW_KEYS = 1_024;

  /**
   * The rows of an extent.
   *
   * @param reader opens the extent, if that is needed
   */
  DeletionVector of(ExtentRef extent, Supplier<ExtentReader> reader);

  /**
   * The rows a scan does not see. Where the scan asks for some keys only, only rows with these need
   * be told.
   *
   * @param tails what is read of the table's logs
   * @param masks what was found out for queries before
   */
  static HiddenRows of(
      Snapshot snapshot,
      TableDef table,
      List<HotTail> tails,
      TailMasks masks,
      Predicate predicate) {
    if (!table.isKeyed() || tails.isEmpty()) {
      return (extent, reader) -> snapshot.deleted(extent.key());
    }
    Optional<Predicate> onKey = KeyCondition.of(table, predicate);
    List<InTail> inTails = new ArrayList<>();
    for (HotTail tail : tails) {
      inTails.add(inTail(table, tail, onKey, masks));
    }
    return (extent, reader) -> {
      DeletionVector hidden = snapshot.deleted(extent.key());
      for (InTail inTail : inTails) {
        if (SortedKeys.mayHold(extent, inTail.keys.tail().log())) {
          hidden = hidden.union(inTail.hidden.of(extent, reader));
        }
      }
      return hidden;
    };
  }

  /** What one partition's tail hides. */
  record InTail(TailKeys keys, HiddenRows hidden) {}

  private static InTail inTail(
      TableDef table, HotTail tail, Optional<Predicate> onKey, TailMasks masks) {
    if (onKey.isPresent()) {
      TailKeys some = TailKeys.matching(table, tail, onKey.get());
      if (some.rows() <= FEW_KEYS) {
        return new InTail(some, (extent, reader) -> TailMasks.once(some, extent, reader));
      }
    }
    TailKeys all = TailKeys.all(table, tail);
    return new InTail(all, (extent, reader) -> masks.hidden(all, extent, reader));
  }
}
