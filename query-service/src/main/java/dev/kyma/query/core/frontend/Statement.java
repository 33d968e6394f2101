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
   * @param options its options
   */
  record CreateTable(
      TableName name, IfExists ifExists, List<ColumnDefinition> columns, TableOptions options)
      implements Statement {
    public CreateTable {
      columns = List.copyOf(columns);
    }

    /** What to do about a table that is there already. */
    public enum IfExists {
      FAIL,
      KEEP
    }
  }

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
