package dev.kyma.query.core.storage;

import dev.kyma.catalog.Catalog;
import dev.kyma.catalog.Commit;
import dev.kyma.catalog.CommitOutcome;
import dev.kyma.catalog.Snapshot;
import dev.kyma.catalog.TableChange;
import dev.kyma.catalog.TableDef;
import dev.kyma.format.type.Field;
import dev.kyma.query.core.QueryException;
import dev.kyma.query.core.frontend.ColumnDefinition;
import dev.kyma.query.core.frontend.Statement;
import dev.kyma.query.core.frontend.TableShape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Changes of tables that need nothing but a commit: columns, options, removal. Safe for use by many
 * threads.
 */
public final class TableChanges {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int ATTEMPTS = 5;

  /** The database of Kyma's own tables. */
  private static final String SYSTEM = "system";

  private final Catalog catalog;

  public TableChanges(Catalog catalog) {
    this.catalog = catalog;
  }

  /**
   * Adds columns; one that somebody else added meanwhile is an error unless it is the same.
   *
   * @return the version of the table's definition
   */
  public int addColumns(Statement.AddColumns statement) {
    for (int attempt = 1; ; attempt++) {
      TableDef table = current(statement.table());
      List<Field> added = missing(statement.columns(), table);
      if (added.isEmpty()) {
        return table.schemaVersion();
      }
      TableChange change =
          new TableChange.Widen(table.id(), table.schemaVersion(), table.schema().plus(added));
      if (committed(Commit.Kind.WIDEN_SCHEMA, change, attempt)) {
        return table.schemaVersion() + 1;
      }
    }
  }

  private static List<Field> missing(List<ColumnDefinition> columns, TableDef table) {
    int id = 0;
    for (Field field : table.schema().fields()) {
      id = Math.max(id, field.id());
    }
    List<Field> added = new ArrayList<>();
    for (ColumnDefinition column : columns) {
      Optional<Field> there = table.schema().find(column.name());
      if (there.isEmpty()) {
        id++;
        added.add(new Field(id, column.name(), column.type(), true));
      } else if (!there.get().type().equals(column.type())) {
        throw new QueryException(
            QueryException.Code.INVALID_REQUEST,
            "the column " + column.name() + " was added meanwhile as " + there.get().type());
      }
    }
    return added;
  }

  /**
   * Removes a table. Its extents and its log are deleted later, when no query can read them any
   * more.
   *
   * @return whether there was such a table
   */
  public boolean drop(Statement.DropTable statement) {
    for (int attempt = 1; ; attempt++) {
      Optional<TableDef> table =
          catalog.snapshot().table(statement.name().database(), statement.name().table());
      if (table.isEmpty()) {
        return switch (statement.ifMissing()) {
          case IGNORE -> false;
          case FAIL ->
              throw new QueryException(
                  QueryException.Code.INVALID_REQUEST, "there is no table " + statement.name());
        };
      }
      if (table.get().database().equals(SYSTEM)) {
        throw new QueryException(
            QueryException.Code.INVALID_REQUEST,
            "table " + statement.name() + " is Kyma's own and cannot be dropped");
      }
      if (committed(
          Commit.Kind.DROP_TABLE, new TableChange.Drop(table.get().id()), attempt)) {
        return true;
      }
    }
  }

  private TableDef current(TableShape table) {
    Snapshot newest = catalog.snapshot();
    return newest
        .table(Long.parseLong(table.table().id()))
        .orElseThrow(
            () ->
                new QueryException(
                    QueryException.Code.INVALID_REQUEST, "table " + table.table() + " is gone"));
  }

  /**
   * Commits a change of a table.
   *
   * @return whether it was applied; else somebody else changed the table, and it is worth to look
   *     again
   */
  private boolean committed(Commit.Kind kind, TableChange change, int attempt) {
    return switch (catalog.commit(Commit.ofTables(kind, List.of(change)), PATIENCE)) {
      case CommitOutcome.Committed _ -> true;
      case CommitOutcome.Conflict(CommitOutcome.Reason reason, String detail) -> {
        if (attempt == ATTEMPTS) {
          throw new QueryException(
              QueryException.Code.STORAGE_UNAVAILABLE,
              "others change the table all the time: " + detail,
              Map.of("reason", reason.name()));
        }
        yield false;
      }
      case CommitOutcome.Unknown(Throwable cause) ->
          throw new QueryException(
              QueryException.Code.STORAGE_UNAVAILABLE,
              "the catalog did not say whether the change was applied",
              cause);
    };
  }
}
