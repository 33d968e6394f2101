package dev.kyma.format;

/** In what order, and for whom, an extent holds its rows. */
public enum RowOrder {
  /** The table's own order: what queries of the table read. */
  TABLE,
  /**
   * By primary key, then in the order of the log: versions of keyed rows that newer ones have
   * replaced. Only queries of the table's history read such extents.
   */
  HISTORY
}
