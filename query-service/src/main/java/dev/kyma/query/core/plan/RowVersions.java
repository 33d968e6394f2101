package dev.kyma.query.core.plan;

/** Which versions of a table's rows are read. */
public enum RowVersions {
  /** The current state: superseded versions, tombstones and deleted rows are hidden. */
  CURRENT,
  /** Every version and tombstone that is still kept, as {@code history(t)} asks for. */
  HISTORY
}
