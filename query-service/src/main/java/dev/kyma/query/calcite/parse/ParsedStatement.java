package dev.kyma.query.calcite.parse;

import dev.kyma.format.type.LogicalType;
import dev.kyma.query.core.frontend.Statement;
import dev.kyma.query.core.frontend.TableOptions;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;

/** A statement as parsed, names not yet resolved. */
public sealed interface ParsedStatement {
  /** A query. */
  record Query(SqlNode query) implements ParsedStatement {}

  /** EXPLAIN of a query. */
  record Explain(SqlNode query, Statement.Explain.Mode mode) implements ParsedStatement {}

  /** CREATE TABLE. */
  record CreateTable(
      SqlIdentifier name,
      Statement.CreateTable.IfExists ifExists,
      List<Column> columns,
      TableOptions options)
      implements ParsedStatement {
    public CreateTable {
      columns = List.copyOf(columns);
    }
  }

  /** A column of CREATE TABLE. */
  record Column(
      SqlIdentifier name, LogicalType type, boolean nullable, Optional<SqlNode> defaultValue) {}

  /** DROP TABLE. */
  record DropTable(SqlIdentifier name, Statement.DropTable.IfMissing ifMissing)
      implements ParsedStatement {}

  /** INSERT of a VALUES list; rows hold expressions or {@code DEFAULT} as an empty Optional. */
  record Insert(
      SqlIdentifier table, List<SqlIdentifier> columns, List<List<Optional<SqlNode>>> rows)
      implements ParsedStatement {
    public Insert {
      columns = List.copyOf(columns);
      rows = List.copyOf(rows);
    }
  }

  /** DESCRIBE. */
  record Describe(SqlIdentifier table) implements ParsedStatement {}

  /** SHOW TABLES. */
  record ShowTables(Optional<String> database) implements ParsedStatement {}

  /** SHOW DATABASES. */
  record ShowDatabases() implements ParsedStatement {}
}
