package dev.kyma.query.core.frontend;

/** What may be shown of how a table's rows are stored. */
public enum StorageView {
  /** The table as the snapshot has it, its extents summed up by order and level. */
  MANIFEST,
  /** Every extent. */
  EXTENTS,
  /** For each partition of its log, up to where extents hold it. */
  CURSORS,
  /** For each partition of its log, what is not in extents yet. */
  TAIL
}
