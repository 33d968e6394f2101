package dev.kyma.catalog;

import dev.kyma.format.DeletionVector;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

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
   * dev.kyma.format.RowOrder both orders}.
   */
  List<ExtentRef> extents(long table);

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
