package dev.kyma.query.core.frontend;

import dev.kyma.query.core.plan.Expr;
import dev.kyma.query.core.plan.Plan;
import java.util.List;
import java.util.Optional;

/** What a text asks for, resolved and typed, whatever language it was written in. */
public sealed interface Statement {

  /**
   * Rows.
   *
   * @param plan the plan; its output has the columns' types in order
   * @param columns the answer's columns
   */
  record Query(Plan plan, List<OutputColumn> columns) implements Statement {
    public Query {
      columns = List.copyOf(columns);
    }
  }

  /**
   * A query's plan, shown instead of its rows.
   *
   * @param query the query
   * @param mode whether it is also run
   */
  record Explain(Query query, Mode mode) implements Statement {
    /** How much is done to explain. */
    public enum Mode {
      /** The query is only planned. */
      PLAN,
      /** The query is run, its rows are dropped and what was read is shown. */
      ANALYZE
    }
  }

  /**
   * A new table.
   *
   * @param name its name
   * @param ifExists what to do if there is one of that name
   * @param columns its columns in order
   * @param primaryKey the names of the columns that make up its primary key; empty when it has
   *     none. They are never NULL
   * @param options its options
   */
  record CreateTable(
      TableName name,
      IfExists ifExists,
      List<ColumnDefinition> columns,
      List<String> primaryKey,
      TableOptions options)
      implements Statement {
    public CreateTable {
      columns = List.copyOf(columns);
      primaryKey = List.copyOf(primaryKey);
    }

    /** What to do about a table that is there already. */
    public enum IfExists {
      FAIL,
      KEEP
    }
  }

  /**
   * New columns of a table. Rows stored before are NULL there.
   *
   * @param table the table
   * @param columns the columns, which the table does not have
   */
  record AddColumns(TableShape table, List<ColumnDefinition> columns) implements Statement {
    public AddColumns {
      columns = List.copyOf(columns);
    }
  }

  /**
   * Other options of a table.
   *
   * @param table the table
   * @param options the options that change
   */
  record SetOptions(TableShape table, TableOptions options) implements Statement {}

  /**
   * Removal of a table.
   *
   * @param name its name
   * @param ifMissing what to do if there is none
   */
  record DropTable(TableName name, IfMissing ifMissing) implements Statement {
    /** What to do about a table that is not there. */
    public enum IfMissing {
      FAIL,
      IGNORE
    }
  }

  /**
   * Rows of constants for a table. Every row has a value for each named column, of the column's
   * type; columns not named are left to their defaults.
   *
   * @param table the table
   * @param columns the names of the columns given
   * @param rows the rows
   */
  record Insert(TableName table, List<String> columns, List<List<Expr.Literal>> rows)
      implements Statement {
    public Insert {
      columns = List.copyOf(columns);
      rows = rows.stream().map(List::copyOf).toList();
    }
  }

  /**
   * New versions of rows of a table with a primary key.
   *
   * @param table the table
   * @param versions a query for the new versions: all columns of the table in the order of its
   *     schema, then, if the statement sets columns of the primary key, the values these have now
   */
  record Update(TableShape table, Query versions) implements Statement {}

  /**
   * Removal of rows from a table with a primary key.
   *
   * @param table the table
   * @param keys a query for the keys of the rows, its columns in the order of the primary key
   */
  record DeleteKeys(TableShape table, Query keys) implements Statement {}

  /**
   * Removal of rows from a table without a primary key.
   *
   * @param table the table
   * @param rows a query for the rows' places, over extents only: the columns {@link
   *     RowPlaces#COLUMNS}
   */
  record DeleteRows(TableShape table, Query rows) implements Statement {}

  /**
   * Work on stored rows, done by the compactor.
   *
   * @param work what is to be done
   */
  record Maintain(StorageWork work) implements Statement {}

  /** What is known of how a table's rows are stored. */
  record ShowStorage(StorageView view, TableShape table) implements Statement {}

  /** The jobs, the newest first. */
  record ShowJobs() implements Statement {}

  /** The end of a job that waits or runs. */
  record KillJob(long job) implements Statement {}

  /** The columns of a table. */
  record Describe(TableShape table) implements Statement {}

  /**
   * The tables.
   *
   * @param database of this database only; empty for all
   */
  record ShowTables(Optional<String> database) implements Statement {}

  /** The databases. */
  record ShowDatabases() implements Statement {}
}
