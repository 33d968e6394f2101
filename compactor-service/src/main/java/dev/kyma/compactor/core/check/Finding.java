package dev.kyma.compactor.core.check;

import java.util.Locale;
import java.util.OptionalLong;

/**
 * Something that is not as it should be.
 *
 * @param code what
 * @param table the table, as database and name; empty when it concerns none
 * @param object the key of the object, or the name of the log partition
 * @param offset where in the object, in bytes, or in the log; empty when it concerns the whole
 * @param expected what should have been there
 * @param actual what is there
 */
public record Finding(
    Code code, String table, String object, OptionalLong offset, String expected, String actual) {

  /** How bad it is. */
  public enum Severity {
    /** Rows are lost, doubled or wrong, or will be. */
    ERROR,
    /** Rows are right, and a promise beside them is not kept. */
    WARNING,
    /** Nothing is wrong, and space may be. */
    NOTICE
  }

  /** What may be found. */
  public enum Code {
    /** An extent's object is not there. */
    EXTENT_MISSING(Severity.ERROR),
    /** An extent's object has another length. */
    EXTENT_LENGTH(Severity.ERROR),
    /** An extent's bytes are not what was written. */
    EXTENT_DAMAGED(Severity.ERROR),
    /** The object is a whole extent, and another one. */
    EXTENT_OTHER(Severity.ERROR),
    /** An extent is in a format this process does not know. */
    EXTENT_FORMAT(Severity.ERROR),
    /** The catalog says something of an extent that its footer does not. */
    CATALOG_DIFFERS(Severity.ERROR),
    /** An extent has columns its table does not have, or of types it cannot have had. */
    SCHEMA_DIFFERS(Severity.ERROR),
    /** A stretch of log before the cursor is in no extent. */
    LOG_GAP(Severity.ERROR),
    /** A stretch of log is in two extents of which flush wrote one. */
    LOG_OVERLAP(Severity.ERROR),
    /** An extent holds a stretch of log behind the cursor. */
    LOG_BEYOND_CURSOR(Severity.ERROR),
    /** A log partition has no cursor, or one of another topic. */
    CURSOR_WRONG(Severity.ERROR),
    /** A cursor lies behind the end of its log. */
    CURSOR_BEYOND_LOG(Severity.ERROR),
    /** Records that are not in extents have been deleted from the log. */
    LOG_TRUNCATED(Severity.ERROR),
    /** The topic is gone, another one, or has another number of partitions. */
    LOG_REPLACED(Severity.ERROR),
    /** A commit replaced extents by others with fewer rows. */
    ROWS_LOST(Severity.ERROR),
    /** A deletion vector names rows the extent does not have. */
    VECTOR_OUT_OF_RANGE(Severity.ERROR),
    /** A row that says that its key was deleted is not hidden. */
    TOMBSTONE_VISIBLE(Severity.ERROR),
    /** Rows do not lie in the order the footer says. */
    ORDER_BROKEN(Severity.ERROR),
    /** An extent's rows are not those whose hash its footer holds. */
    ROWS_HASH(Severity.ERROR),
    /** A row's place in the log is not in the stretches its extent says it covers. */
    ROW_OUTSIDE_LOG(Severity.ERROR),
    /** A row is in extents twice. */
    ROW_DOUBLED(Severity.ERROR),
    /** An archived commit is not there. */
    ARCHIVE_MISSING(Severity.ERROR),
    /** An archived commit or checkpoint is not what the catalog says. */
    ARCHIVE_DIFFERS(Severity.ERROR),
    /** A checkpoint is not there; a rebuild takes longer without it. */
    CHECKPOINT_MISSING(Severity.WARNING),
    /** The archive holds commits that this catalog does not have. */
    ARCHIVE_AHEAD(Severity.ERROR),
    /** The catalog does not have a commit it must have. */
    COMMIT_MISSING(Severity.ERROR),
    /** The object store creates an object that is there already. */
    CREATE_NOT_EXCLUSIVE(Severity.ERROR),
    /** An object no commit names. */
    ORPHAN(Severity.NOTICE),
    /** There are more findings than are kept. */
    TOO_MANY(Severity.WARNING);

    private final Severity severity;

    Code(Severity severity) {
      this.severity = severity;
    }

    /** How bad it is. */
    public Severity severity() {
      return severity;
    }

    /** The stable name. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A finding about a whole object. */
  static Finding of(Code code, String table, String object, String expected, String actual) {
    return new Finding(code, table, object, OptionalLong.empty(), expected, actual);
  }

  /** A finding about a place in an object or a log. */
  static Finding at(
      Code code, String table, String object, long offset, String expected, String actual) {
    return new Finding(code, table, object, OptionalLong.of(offset), expected, actual);
  }
}
