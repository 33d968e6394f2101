package dev.kyma.catalog;

/** What became of a commit. */
public sealed interface CommitOutcome {

  /** The commit is durable and is the snapshot with this record's number. */
  record Committed(CommitRecord record) implements CommitOutcome {}

  /**
   * An assumption did not hold and never will for this commit; nothing of it was applied. The
   * objects it wrote may be left for the orphan sweep, never deleted by the writer.
   *
   * @param reason which assumption
   * @param detail the values that differ, for people
   */
  record Conflict(Reason reason, String detail) implements CommitOutcome {}

  /**
   * It could not be found out whether the commit was applied.
   *
   * @param cause why; where the database said something, a {@link CatalogException.Unavailable}
   */
  record Unknown(Throwable cause) implements CommitOutcome {}

  /** The assumptions a commit can fail on. */
  enum Reason {
    CURSOR_MOVED,
    /** An extent to remove or to mask is not live. */
    EXTENT_GONE,
    EXTENT_EXISTS,
    /** More rows of an extent to remove are deleted than the commit knew of. */
    MASK_CHANGED,
    SCHEMA_CHANGED,
    NAME_TAKEN,
    TABLE_GONE,
    GRANT_REVOKED
  }
}
