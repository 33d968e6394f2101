package dev.kyma.catalog;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A change of the catalog, applied in one database transaction or not at all.
 *
 * <p>It names what it assumes, and conflicts only when an assumption no longer holds: a cursor
 * moved, an extent to be replaced or masked is gone, rows of an extent to be replaced were deleted
 * meanwhile, a table's schema is not the one assumed, a name is taken, the grant is revoked.
 * Everything else rebases on whatever was committed meanwhile.
 *
 * @param id makes the commit unique; submitting an applied id again answers the first outcome
 * @param kind what the commit is for
 * @param grant the grant under which its objects were written; null when it adds none
 * @param add extents that become live
 * @param remove live extents that stop being so
 * @param masks rows that are deleted, at most one mask for each extent
 * @param cursors log positions that move, at most one for each partition
 * @param tables changes of tables
 * @param keys idempotency keys whose rows this commit covers
 */
public record Commit(
    UUID id,
    Kind kind,
    @Nullable WriteGrant grant,
    List<ExtentRef> add,
    List<Removal> remove,
    List<Mask> masks,
    List<CursorMove> cursors,
    List<TableChange> tables,
    List<KeyWindow> keys) {

  /** What commits are for. */
  public enum Kind {
    /** Rows of the log become extents. */
    FLUSH,
    /** Extents are replaced by others of the same rows. */
    COMPACT,
    CREATE_TABLE,
    WIDEN_SCHEMA,
    DROP_TABLE,
    /** A table's rows come from another log. */
    SWITCH_LOG,
    /** Rows are deleted. */
    MASK,
    /** A table's settings change. */
    ALTER_TABLE,
    /** Extents leave because their rows are too old. */
    RETENTION
  }

  public Commit {
    add = List.copyOf(add);
    remove = List.copyOf(remove);
    masks = List.copyOf(masks);
    cursors = List.copyOf(cursors);
    tables = List.copyOf(tables);
    keys = List.copyOf(keys);
    if (!add.isEmpty() && grant == null) {
      throw new IllegalArgumentException("adding extents needs a write grant");
    }
  }

  /** A commit that deletes no single rows. */
  public Commit(
      UUID id,
      Kind kind,
      @Nullable WriteGrant grant,
      List<ExtentRef> add,
      List<Removal> remove,
      List<CursorMove> cursors,
      List<TableChange> tables,
      List<KeyWindow> keys) {
    this(id, kind, grant, add, remove, List.of(), cursors, tables, keys);
  }

  /** A commit that only changes tables. */
  public static Commit ofTables(Kind kind, List<TableChange> changes) {
    return new Commit(
        UUID.randomUUID(), kind, null, List.of(), List.of(), List.of(), changes, List.of());
  }

  /** A commit that only deletes rows. */
  public static Commit ofMasks(List<Mask> masks) {
    return new Commit(
        UUID.randomUUID(),
        Kind.MASK,
        null,
        List.of(),
        List.of(),
        masks,
        List.of(),
        List.of(),
        List.of());
  }

  /** The grant, when there is one. */
  public Optional<WriteGrant> writeGrant() {
    return Optional.ofNullable(grant);
  }

  /**
   * A cursor and where it moves to.
   *
   * @param expected the value the cursor must have now
   * @param next its new value, of the same partition
   */
  public record CursorMove(SourceCursor expected, SourceCursor next) {
    public CursorMove {
      if (expected.log() != next.log()) {
        throw new IllegalArgumentException(expected + " to " + next);
      }
    }
  }
}
