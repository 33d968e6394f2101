package dev.kyma.compactor.core.check;

import java.util.Optional;
import java.util.Set;

/**
 * What a check covers.
 *
 * @param tables the ids of the tables; empty for all
 * @param storage whether what belongs to no table is checked
 * @param depth how deep the check goes
 */
public record CheckScope(Optional<Set<Long>> tables, Storage storage, Depth depth) {
  public CheckScope {
    tables = tables.map(Set::copyOf);
  }

  /** Whether the archive of commits and the object store itself are checked. */
  public enum Storage {
    CHECKED,
    LEFT_OUT
  }

  /** How deep a check goes. */
  public enum Depth {
    /** Footers, the catalog, the log's ends, the archive. */
    NORMAL,
    /** Every byte of every extent, every row, and objects that nothing names. */
    EXTENDED
  }

  /** Every table and the storage. */
  public static CheckScope everything(Depth depth) {
    return new CheckScope(Optional.empty(), Storage.CHECKED, depth);
  }

  /** One table. */
  public static CheckScope ofTable(long table, Depth depth) {
    return new CheckScope(Optional.of(Set.of(table)), Storage.LEFT_OUT, depth);
  }

  /** What belongs to no table. */
  public static CheckScope ofStorage(Depth depth) {
    return new CheckScope(Optional.of(Set.of()), Storage.CHECKED, depth);
  }

  boolean covers(long table) {
    return tables.isEmpty() || tables.get().contains(table);
  }

  boolean isExtended() {
    return depth == Depth.EXTENDED;
  }
}
