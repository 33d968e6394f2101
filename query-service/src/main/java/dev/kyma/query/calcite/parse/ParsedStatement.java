package dev.kyma.query.calcite.parse;

import dev.kyma.format.type.LogicalType;
import dev.kyma.query.core.frontend.Statement;
import dev.kyma.query.core.frontend.StorageView;
import dev.kyma.query.core.frontend.StorageWork;
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
      List<SqlIdentifier> primaryKey,
      TableOptions options)
      implements ParsedStatement {
    public CreateTable {
      columns = List.copyOf(columns);
      primaryKey = List.copyOf(primaryKey);
    }
  }

  /** A column of CREATE TABLE or ALTER TABLE. */
  record Column(
      SqlIdentifier name, LogicalType type, boolean nullable, Optional<Default> defaultValue) {}

  /** What follows DEFAULT. */
  sealed interface Default {
    /** {@code now()} or {@code current_timestamp}. */
    record Now(SqlNode place) implements Default {}

    /** {@code snowflake_id()}. */
    record SnowflakeId(SqlNode place) implements Default {}

    /** A constant. */
    record Value(SqlNode expression) implements Default {}
  }

  /** ALTER TABLE … ADD COLUMN. */
  record AddColumns(SqlIdentifier table, List<AddedColumn> columns) implements ParsedStatement {
    public AddColumns {
      columns = List.copyOf(columns);
    }
  }

  /** A column to be added. */
  record AddedColumn(Column column, Statement.CreateTable.IfExists ifExists) {}

  /** ALTER TABLE … SET (…). */
  record SetOptions(SqlIdentifier table, TableOptions options) implements ParsedStatement {}

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

  /** UPDATE. */
  record Update(Target target, List<Assignment> assignments, Optional<SqlNode> condition)
      implements ParsedStatement {
    public Update {
      assignments = List.copyOf(assignments);
    }
  }

  /** {@code column = value}; an empty value is {@code DEFAULT}. */
  record Assignment(SqlIdentifier column, Optional<SqlNode> value) {}

  /** DELETE. */
  record Delete(Target target, Optional<SqlNode> condition) implements ParsedStatement {}

  /** The table whose rows are changed, and the name the statement calls it by. */
  record Target(SqlIdentifier table, Optional<SqlIdentifier> alias) {}

  /** STORAGE FLUSH TABLE. */
  record FlushTable(SqlIdentifier table) implements ParsedStatement {}

  /** STORAGE FLUSH ALL. */
  record FlushAll(Optional<SqlIdentifier> database) implements ParsedStatement {}

  /** STORAGE COMPACT. */
  record Compact(SqlIdentifier table) implements ParsedStatement {}

  /** STORAGE CHECK. */
  record Check(CheckTarget target, StorageWork.Depth depth) implements ParsedStatement {}

  /** What STORAGE CHECK covers. */
  sealed interface CheckTarget {
    /** One table. */
    record Table(SqlIdentifier name) implements CheckTarget {}

    /** What belongs to no table. */
    record Storage() implements CheckTarget {}

    /** Everything. */
    record All() implements CheckTarget {}
  }

  /** STORAGE ADOPT LOG. */
  record AdoptLog(SqlIdentifier table) implements ParsedStatement {}

  /** SHOW MANIFEST, EXTENTS, CURSORS or TAIL. */
  record ShowStorage(StorageView view, SqlIdentifier table) implements ParsedStatement {}

  /** SHOW JOBS. */
  record ShowJobs() implements ParsedStatement {}

  /** KILL JOB. */
  record KillJob(long job) implements ParsedStatement {}

  /** DESCRIBE. */
  record Describe(SqlIdentifier table) implements ParsedStatement {}

  /** SHOW TABLES. */
  record ShowTables(Optional<String> database) implements ParsedStatement {}

  /** SHOW DATABASES. */
  record ShowDatabases() implements ParsedStatement {}
}
