package dev.kyma.compactor.core;

import dev.kyma.catalog.Commit;
import dev.kyma.catalog.ExtentRef;
import dev.kyma.catalog.KeyWindow;
import dev.kyma.catalog.Mask;
import dev.kyma.catalog.SourceCursor;
import dev.kyma.catalog.WriteGrant;
import dev.kyma.catalog.visibility.SortedKeys;
import dev.kyma.format.DeletionVector;
import dev.kyma.format.LogInterval;
import dev.kyma.format.WrittenExtent;
import dev.kyma.service.log.LogPartition;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One flush of one log partition, from its sealed rows to its commit. It may take several attempts,
 * by one worker at a time; what an attempt has done is kept here and not done again.
 */
final class Flush {
  final LogPartition partition;
  final long table;
  final SourceCursor from;
  final SourceCursor to;
  final PendingRows rows;
  final Optional<KeyWindow> keys;

  /** Set once the extents are built. */
  @Nullable Built built;

  /** Whether the extents are in the store. */
  boolean stored;

  /**
   * Set when the commit is about to be submitted. Another one takes its place only once it is known
   * that this one was not applied.
   */
  @Nullable Commit submitted;

  Flush(
      LogPartition partition,
      long table,
      SourceCursor from,
      SourceCursor to,
      PendingRows rows,
      Optional<KeyWindow> keys) {
    this.partition = partition;
    this.table = table;
    this.from = from;
    this.to = to;
    this.rows = rows;
    this.keys = keys;
  }

  /** The stretch of log that is flushed. */
  LogInterval covered() {
    return new LogInterval(from.log(), from.nextOffset(), to.nextOffset());
  }

  /**
   * Extents to be stored under keys of a grant.
   *
   * @param keys the keys that rows of a keyed table are versions of; empty for others
   */
  record Built(WriteGrant grant, List<Extent> extents, Optional<SortedKeys> keys) {
    Built {
      extents = List.copyOf(extents);
    }

    /** The masks of the rows in these extents that are hidden from birth. */
    List<Mask> masks() {
      return extents.stream()
          .filter(extent -> !extent.hidden().isEmpty())
          .map(extent -> new Mask(extent.ref().key(), extent.hidden()))
          .toList();
    }
  }

  /** An extent, what the catalog will know of it, and which of its rows are hidden from birth. */
  record Extent(ExtentRef ref, WrittenExtent written, DeletionVector hidden) {}
}
