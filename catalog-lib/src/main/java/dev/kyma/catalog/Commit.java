package dev.kyma.catalog;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A change of the catalog, applied in one database transaction or not at all.
 *
 * <p>It names what it assumes, and conflicts only when an assumption no longer holds: a cursor
 * moved, an extent to be replaced is gone, a table's schema is not the one assumed, a name is
 * taken, the grant is revoked. Everything else rebases on whatever was committed meanwhile.
 *
 * @param id makes the commit unique; submitting an applied id again answers the first outcome
 * @param kind what the commit is for
 * @param grant the grant under which its objects were written; null when it adds none
 * @param add extents that become live
 * @param remove keys of live extents that stop being so
 * @param cursors log positions that move, at most one for each partition
 * @param tables changes of tables
 * @param keys idempotency keys whose rows this commit covers
 */
public record Commit(
    UUID id,
    Kind kind,
    @Nullable WriteGrant grant,
    List<ExtentRef> add,
    List<String> remove,
    List<CursorMove> cursors,
    List<TableChange> tables,
    List<KeyWindow> keys) {

  /** What commits are for. */
  public enum Kind {
    FLUSH,
    COMPACT,
    CREATE_TABLE,
    WIDEN_SCHEMA,
    DROP_TABLE,
    SWITCH_LOG
  }

  public Commit {
    add = List.copyOf(add);
    remove = List.copyOf(remove);
    cursors = List.copyOf(cursors);
    tables = List.copyOf(tables);
    keys = List.copyOf(keys);
    if (!add.isEmpty() && grant == null) {
      throw new IllegalArgumentException("adding extents needs a write grant");
    }
  }

  /** A commit that only changes tables. */
  public static Commit ofTables(Kind kind, List<TableChange> changes) {
    return new Commit(
        UUID.randomUUID(), kind, null, List.of(), List.of(), List.of(), changes, List.of());
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
