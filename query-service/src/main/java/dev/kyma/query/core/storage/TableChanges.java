package dev.kyma.query.core.storage;

import dev.kyma.catalog.Catalog;
import dev.kyma.catalog.Commit;
import dev.kyma.catalog.CommitOutcome;
import dev.kyma.catalog.FlushPolicy;
import dev.kyma.catalog.Snapshot;
import dev.kyma.catalog.TableChange;
import dev.kyma.catalog.TableDef;
import dev.kyma.catalog.TableSettings;
import dev.kyma.format.type.Field;
import dev.kyma.query.core.QueryException;
import dev.kyma.query.core.frontend.ColumnDefinition;
import dev.kyma.query.core.frontend.Statement;
import dev.kyma.query.core.frontend.TableOptions;
import dev.kyma.query.core.frontend.TableShape;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
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
   * Changes options; those not named stay.
   *
   * @return the version of the table's definition
   */
  public int setOptions(Statement.SetOptions statement) {
    for (int attempt = 1; ; attempt++) {
      TableDef table = current(statement.table());
      TableChange change = alteration(table, statement.options());
      if (committed(Commit.Kind.ALTER_TABLE, change, attempt)) {
        return table.schemaVersion() + 1;
      }
    }
  }

  private static TableChange alteration(TableDef table, TableOptions options) {
    Map<String, String> all = new HashMap<>(table.options());
    options.retention().ifPresent(keep -> all.put(TableSettings.RETENTION, text(keep)));
    options
        .historyRetention()
        .ifPresent(keep -> all.put(TableSettings.HISTORY_RETENTION, text(keep)));
    FlushPolicy policy = table.flushPolicy();
    TableOptions.FlushLimits limits = options.flush();
    return new TableChange.Alter(
        table.id(),
        table.schemaVersion(),
        new FlushPolicy(
            limits.rows().orElse(policy.maxRows()),
            limits.bytes().orElse(policy.maxBytes()),
            limits.interval().orElse(policy.maxAge())),
        options.orderBy().isEmpty() ? table.sortColumns() : sortColumns(table, options),
        all);
  }

  private static List<Integer> sortColumns(TableDef table, TableOptions options) {
    List<Integer> ids = new ArrayList<>();
    for (String name : options.orderBy()) {
      ids.add(
          table
              .schema()
              .find(name)
              .map(Field::id)
              .orElseThrow(
                  () ->
                      new QueryException(
                          QueryException.Code.INVALID_REQUEST, "there is no column " + name)));
    }
    return ids;
  }

  private static String text(TableOptions.Keep keep) {
    return switch (keep) {
      case TableOptions.Keep.Forever _ -> TableSettings.FOREVER;
      case TableOptions.Keep.For(Duration time) -> time.toString();
    };
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
      List<TableChange> changes = new ArrayList<>();
      changes.add(
          new TableChange.Widen(table.id(), table.schemaVersion(), table.schema().plus(added)));
      Map<String, String> defaults = defaults(statement.columns(), added);
      if (!defaults.isEmpty()) {
        Map<String, String> options = new HashMap<>(table.options());
        options.putAll(defaults);
        changes.add(
            new TableChange.Alter(
                table.id(),
                table.schemaVersion() + 1,
                table.flushPolicy(),
                table.sortColumns(),
                options));
      }
      if (committed(Commit.Kind.WIDEN_SCHEMA, changes, attempt)) {
        return table.schemaVersion() + changes.size();
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

  private static Map<String, String> defaults(List<ColumnDefinition> columns, List<Field> added) {
    Map<String, String> defaults = new HashMap<>();
    for (ColumnDefinition column : columns) {
      for (Field field : added) {
        if (field.name().equals(column.name())) {
          column
              .defaultValue()
              .ifPresent(value -> defaults.put(TableSettings.DEFAULT + field.id(), value.text()));
        }
      }
    }
    return defaults;
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
      if (committed(Commit.Kind.DROP_TABLE, new TableChange.Drop(table.get().id()), attempt)) {
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
    return committed(kind, List.of(change), attempt);
  }

  private boolean committed(Commit.Kind kind, List<TableChange> changes, int attempt) {
    return switch (catalog.commit(Commit.ofTables(kind, changes), PATIENCE)) {
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
