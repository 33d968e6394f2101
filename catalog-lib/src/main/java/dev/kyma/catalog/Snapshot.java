package dev.kyma.catalog;

import dev.kyma.format.DeletionVector;
import dev.kyma.format.RowOrder;
import dev.kyma.format.predicate.Predicate;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The catalog as of one commit. Immutable and safe to share; holding one costs memory only.
 *
 * <p>A snapshot is the fold of all commits up to its number.
 */
public interface Snapshot {
  /** The number of the last commit it contains, 0 before the first. */
  long number();

  /** When that commit was applied, {@link Instant#EPOCH} before the first. */
  Instant time();

  /** Every table. */
  Collection<TableDef> tables();

  Optional<TableDef> table(long id);

  Optional<TableDef> table(String database, String name);

  /**
   * The live extents of a table, in the order they were committed, of {@link
   * dev.kyma.format.RowOrder both orders}. Of many extents memory holds summaries only, and asking
   * for all of them fetches the rest; a reader asks for {@link #candidates}.
   *
   * @throws CatalogException.Unavailable if extents have to be fetched and cannot be
   */
  List<ExtentRef> extents(long table);

  /**
   * The live extents of a table that may hold rows a predicate is true for. Cheap however many
   * extents there are: it is decided by summaries in memory, and only what they do not rule out is
   * looked at whole.
   *
   * @param orders extents of other orders are left out
   * @throws CatalogException.Unavailable if extents have to be fetched and cannot be
   */
  default Candidates candidates(long table, Predicate predicate, Set<RowOrder> orders) {
    List<ExtentRef> all =
        extents(table).stream()
            .filter(extent -> orders.contains(extent.summary().order()))
            .toList();
    return new Candidates(all.size(), all.stream().mapToLong(ExtentRef::length).sum(), all);
  }

  /** How many rows the live extents of a table have, of both orders, deleted ones included. */
  default long storedRows(long table) {
    return extents(table).stream().mapToLong(extent -> extent.summary().rows()).sum();
  }

  /** The live extent with a key. */
  Optional<ExtentRef> extent(String key);

  /** The rows of a live extent that are deleted; empty also when no such extent is live. */
  DeletionVector deleted(String extentKey);

  /** The cursor of a log partition; empty when no table is bound to it. */
  Optional<SourceCursor> cursor(int log);

  /**
   * The idempotency keys that commits took from a log partition within the window before its
   * newest, oldest first.
   */
  List<KeyWindow> keys(int log);
}
