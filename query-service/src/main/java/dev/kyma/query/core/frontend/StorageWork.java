package dev.kyma.query.core.frontend;

import java.util.Optional;

/** Work on stored rows. */
public sealed interface StorageWork {

  /** Rows of one table's log become extents. */
  record FlushTable(TableShape table) implements StorageWork {}

  /**
   * Rows of several tables' logs become extents.
   *
   * @param database of this database only; empty for all
   */
  record FlushAll(Optional<String> database) implements StorageWork {}

  /** A table's extents are merged. */
  record Compact(TableShape table) implements StorageWork {}

  /** What is stored is compared with what the catalog says. */
  record Check(Target target, Depth depth) implements StorageWork {}

  /** A table's log is taken as it is now, after an operator's decision. */
  record AdoptLog(TableShape table) implements StorageWork {}

  /** What a check covers. */
  sealed interface Target {
    /** One table. */
    record Table(TableShape table) implements Target {}

    /** What belongs to no table: the archive of commits, the object store itself. */
    record Storage() implements Target {}

    /** Every table and the storage. */
    record All() implements Target {}
  }

  /** How deep a check goes. */
  enum Depth {
    /** Footers, the catalog and the archive. */
    NORMAL,
    /** Every byte and every row. */
    EXTENDED
  }
}
