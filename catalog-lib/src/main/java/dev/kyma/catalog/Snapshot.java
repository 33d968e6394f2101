package dev.kyma.catalog;

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

  /** The live extents of a table, in the order they were committed. */
  List<ExtentRef> extents(long table);

  /** The cursor of a log partition; empty when no table is bound to it. */
  Optional<SourceCursor> cursor(int log);

  /**
   * The idempotency keys that commits took from a log partition within the window before its
   * newest, oldest first.
   */
  List<KeyWindow> keys(int log);
}
