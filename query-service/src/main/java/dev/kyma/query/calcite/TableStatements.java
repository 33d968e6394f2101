package dev.kyma.query.calcite;

import dev.kyma.catalog.ColumnDefault;
import dev.kyma.format.type.Field;
import dev.kyma.format.type.LogicalType;
import dev.kyma.query.calcite.parse.ParsedStatement;
import dev.kyma.query.calcite.parse.Places;
import dev.kyma.query.calcite.plan.ConstantExpression;
import dev.kyma.query.calcite.resolve.TableResolver;
import dev.kyma.query.core.expr.Literals;
import dev.kyma.query.core.frontend.ColumnDefinition;
import dev.kyma.query.core.frontend.Session;
import dev.kyma.query.core.frontend.Statement;
import dev.kyma.query.core.frontend.StatementException;
import dev.kyma.query.core.frontend.StatementException.Code;
import dev.kyma.query.core.frontend.TableName;
import dev.kyma.query.core.frontend.TableShape;
import dev.kyma.query.core.plan.Expr;
import dev.kyma.query.core.text.ByteSink;
import dev.kyma.query.core.text.SqlText;
import dev.kyma.query.statement.NearNames;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;

/** CREATE TABLE, ALTER TABLE and INSERT: their names resolved, their constants computed. */
final class TableStatements {
  private final Session session;

  TableStatements(Session session) {
    this.session = session;
  }

  Statement create(ParsedStatement.CreateTable create) {
    TableName name = TableResolver.name(create.name());
    List<String> key = new ArrayList<>();
    for (SqlIdentifier column : create.primaryKey()) {
      if (key.contains(column.getSimple())) {
        throw invalid(column, "The primary key names \"" + column.getSimple() + "\" twice.");
      }
      key.add(column.getSimple());
    }
    List<ColumnDefinition> columns = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (ParsedStatement.Column column : create.columns()) {
      String columnName = column.name().getSimple();
      if (!names.add(columnName)) {
        throw invalid(column.name(), "The column \"" + columnName + "\" is defined twice.");
      }
      columns.add(column(column, key.contains(columnName)));
    }
    for (SqlIdentifier column : create.primaryKey()) {
      if (!names.contains(column.getSimple())) {
        throw unknown(
            "The primary key names \"" + column.getSimple() + "\", which is no column.",
            column.getSimple(),
            names,
            Optional.of(Places.start(column.getParserPosition())));
      }
    }
    requireColumns(create.options().orderBy(), names);
    return new Statement.CreateTable(name, create.ifExists(), columns, key, create.options());
  }

  private static void requireColumns(List<String> orderBy, Set<String> names) {
    for (String sorted : orderBy) {
      if (!names.contains(sorted)) {
        throw unknown(
            "ORDER_BY names \"" + sorted + "\", which is no column.",
            sorted,
            names,
            Optional.empty());
      }
    }
  }

  private ColumnDefinition column(ParsedStatement.Column column, boolean isKey) {
    String name = column.name().getSimple();
    LogicalType.Kind kind = column.type().kind();
    if (isKey && (kind == LogicalType.Kind.DYNAMIC || kind == LogicalType.Kind.VECTOR)) {
      throw invalid(
          column.name(),
          "The column \""
              + name
              + "\" cannot be part of a primary key: values of "
              + column.type().sqlName()
              + " are not compared as keys.");
    }
    Optional<ColumnDefault> value = column.defaultValue().flatMap(given -> value(column, given));
    return new ColumnDefinition(name, column.type(), column.nullable() && !isKey, value);
  }

  /** What DEFAULT means; empty for NULL, which is what a column without a default gets. */
  private Optional<ColumnDefault> value(
      ParsedStatement.Column column, ParsedStatement.Default given) {
    return switch (given) {
      case ParsedStatement.Default.Now(SqlNode place) -> {
        require(column, place, LogicalType.TIMESTAMP, "NOW()");
        yield Optional.of(new ColumnDefault.Now());
      }
      case ParsedStatement.Default.SnowflakeId(SqlNode place) -> {
        require(column, place, LogicalType.INT64, "SNOWFLAKE_ID()");
        yield Optional.of(new ColumnDefault.SnowflakeId());
      }
      case ParsedStatement.Default.Value(SqlNode node) -> {
        Expr typed =
            ConstantExpression.typed(node, column.type(), session.schemas(), session.now());
        if (ConstantExpression.varies(typed)) {
          throw StatementException.at(
              Code.UNSUPPORTED,
              Places.start(node.getParserPosition()),
              "A DEFAULT is NOW(), SNOWFLAKE_ID() or a constant.");
        }
        Expr.Literal literal = literal(node, column.name().getSimple(), column.type());
        yield literal.isNull()
            ? Optional.empty()
            : Optional.of(new ColumnDefault.Literal(text(literal)));
      }
    };
  }

  private static void require(
      ParsedStatement.Column column, SqlNode place, LogicalType type, String function) {
    if (!column.type().equals(type)) {
      throw StatementException.at(
          Code.INVALID,
          Places.start(place.getParserPosition()),
          function
              + " is "
              + type.sqlName()
              + ", the column \""
              + column.name().getSimple()
              + "\" is "
              + column.type().sqlName()
              + ".");
    }
  }

  private static String text(Expr.Literal literal) {
    ByteSink sink = new ByteSink(32);
    SqlText.write(Literals.column(literal.type(), List.of(literal)), 0, sink);
    return new String(sink.array(), 0, sink.size(), StandardCharsets.UTF_8);
  }

  Statement addColumns(ParsedStatement.AddColumns add) {
    TableShape table = TableResolver.table(add.table(), session.schemas());
    Set<String> names = new HashSet<>();
    table.schema().fields().forEach(field -> names.add(field.name()));
    List<ColumnDefinition> columns = new ArrayList<>();
    for (ParsedStatement.AddedColumn added : add.columns()) {
      SqlIdentifier name = added.column().name();
      if (names.add(name.getSimple())) {
        columns.add(column(added.column(), false));
      } else if (added.ifExists() == Statement.CreateTable.IfExists.FAIL) {
        throw invalid(name, "There is a column \"" + name.getSimple() + "\" already.");
      }
    }
    return new Statement.AddColumns(table, columns);
  }

  Statement setOptions(ParsedStatement.SetOptions set) {
    TableShape table = TableResolver.table(set.table(), session.schemas());
    Set<String> names = new HashSet<>();
    table.schema().fields().forEach(field -> names.add(field.name()));
    requireColumns(set.options().orderBy(), names);
    return new Statement.SetOptions(table, set.options());
  }

  private static StatementException invalid(SqlIdentifier place, String message) {
    return StatementException.at(Code.INVALID, Places.start(place.getParserPosition()), message);
  }

  /** A column that is not there. */
  static StatementException unknown(
      String message,
      String name,
      Collection<String> names,
      Optional<StatementException.Position> position) {
    List<String> near = NearNames.of(name, names);
    return new StatementException(
        Code.UNKNOWN_COLUMN, message + NearNames.hint(near), position, near);
  }

  Statement insert(ParsedStatement.Insert insert) {
    TableShape table = TableResolver.table(insert.table(), session.schemas());
    List<Field> fields = fields(insert, table);
    List<List<Expr.Literal>> rows = new ArrayList<>();
    for (List<Optional<SqlNode>> row : insert.rows()) {
      if (insert.columns().isEmpty() ? row.size() > fields.size() : row.size() != fields.size()) {
        throw StatementException.at(
            Code.INVALID,
            Places.start(insert.table().getParserPosition()),
            "A row has " + row.size() + " values for " + fields.size() + " columns.");
      }
    }
    int width =
        insert.columns().isEmpty() ? insert.rows().getFirst().size() : insert.columns().size();
    List<Field> given = fields.subList(0, width);
    for (List<Optional<SqlNode>> row : insert.rows()) {
      if (row.size() != width) {
        throw StatementException.at(
            Code.INVALID,
            Places.start(insert.table().getParserPosition()),
            "The rows of VALUES have different lengths.");
      }
      List<Expr.Literal> values = new ArrayList<>();
      for (int i = 0; i < width; i++) {
        values.add(value(row.get(i), given.get(i)));
      }
      rows.add(values);
    }
    TableName name = new TableName(table.table().database(), table.table().name());
    return new Statement.Insert(name, given.stream().map(Field::name).toList(), rows);
  }

  private static List<Field> fields(ParsedStatement.Insert insert, TableShape table) {
    if (insert.columns().isEmpty()) {
      return table.schema().fields();
    }
    List<Field> fields = new ArrayList<>();
    for (SqlIdentifier column : insert.columns()) {
      Field field = field(column, table);
      if (fields.contains(field)) {
        throw invalid(column, "The column \"" + field.name() + "\" is named twice.");
      }
      fields.add(field);
    }
    return fields;
  }

  /** The column of a table that a statement names. */
  static Field field(SqlIdentifier column, TableShape table) {
    String name = column.getSimple();
    return table
        .schema()
        .find(name)
        .orElseThrow(
            () ->
                unknown(
                    "There is no column \"" + name + "\".",
                    name,
                    table.schema().fields().stream().map(Field::name).toList(),
                    Optional.of(Places.start(column.getParserPosition()))));
  }

  private Expr.Literal value(Optional<SqlNode> given, Field field) {
    if (given.isEmpty()) {
      throw StatementException.of(
          Code.UNSUPPORTED, "DEFAULT among values is not supported: leave the column out.");
    }
    SqlNode node = given.get();
    Expr.Literal literal = literal(node, field.name(), field.type());
    if (literal.isNull() && !field.nullable()) {
      throw StatementException.at(
          Code.VALUE,
          Places.start(node.getParserPosition()),
          "The column \"" + field.name() + "\" must not be NULL.");
    }
    return literal;
  }

  private Expr.Literal literal(SqlNode node, String column, LogicalType type) {
    return ConstantExpression.value(
        node, type, "The value of \"" + column + "\"", session.schemas(), session.now());
  }
}
