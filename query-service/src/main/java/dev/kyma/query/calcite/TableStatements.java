package dev.kyma.query.calcite;

import dev.kyma.format.type.Field;
import dev.kyma.query.calcite.function.Operators;
import dev.kyma.query.calcite.parse.ParsedStatement;
import dev.kyma.query.calcite.parse.Places;
import dev.kyma.query.calcite.plan.PlannedQuery;
import dev.kyma.query.calcite.resolve.NearNames;
import dev.kyma.query.calcite.resolve.TableResolver;
import dev.kyma.query.core.QueryException;
import dev.kyma.query.core.expr.Expressions;
import dev.kyma.query.core.frontend.ColumnDefinition;
import dev.kyma.query.core.frontend.Session;
import dev.kyma.query.core.frontend.Statement;
import dev.kyma.query.core.frontend.StatementException;
import dev.kyma.query.core.frontend.StatementException.Code;
import dev.kyma.query.core.frontend.TableName;
import dev.kyma.query.core.frontend.TableShape;
import dev.kyma.query.core.plan.Expr;
import dev.kyma.query.core.plan.Plan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.parser.SqlParserPos;

/** CREATE TABLE and INSERT: their expressions typed, those of INSERT computed. */
final class TableStatements {
  private final Session session;

  TableStatements(Session session) {
    this.session = session;
  }

  Statement create(ParsedStatement.CreateTable create) {
    TableName name = TableResolver.name(create.name());
    List<ColumnDefinition> columns = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (ParsedStatement.Column column : create.columns()) {
      String columnName = column.name().getSimple();
      if (!names.add(columnName)) {
        throw StatementException.at(
            Code.INVALID,
            Places.start(column.name().getParserPosition()),
            "The column \"" + columnName + "\" is defined twice.");
      }
      Optional<Expr> value =
          column
              .defaultValue()
              .map(expression -> expression(Operators.cast(column.type()), expression));
      columns.add(new ColumnDefinition(columnName, column.type(), column.nullable(), value));
    }
    for (String sorted : create.options().orderBy()) {
      if (!names.contains(sorted)) {
        List<String> near = NearNames.of(sorted, names);
        throw new StatementException(
            Code.UNKNOWN_COLUMN,
            "ORDER_BY names \"" + sorted + "\", which is no column." + NearNames.hint(near),
            Optional.empty(),
            near);
      }
    }
    return new Statement.CreateTable(name, create.ifExists(), columns, create.options());
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
      String name = column.getSimple();
      Field field =
          table
              .schema()
              .find(name)
              .orElseThrow(
                  () -> {
                    List<String> near =
                        NearNames.of(
                            name, table.schema().fields().stream().map(Field::name).toList());
                    return new StatementException(
                        Code.UNKNOWN_COLUMN,
                        "There is no column \"" + name + "\"." + NearNames.hint(near),
                        Optional.of(Places.start(column.getParserPosition())),
                        near);
                  });
      if (fields.contains(field)) {
        throw StatementException.at(
            Code.INVALID,
            Places.start(column.getParserPosition()),
            "The column \"" + name + "\" is named twice.");
      }
      fields.add(field);
    }
    return fields;
  }

  private Expr.Literal value(Optional<SqlNode> given, Field field) {
    if (given.isEmpty()) {
      throw StatementException.of(
          Code.UNSUPPORTED, "DEFAULT among values is not supported: leave the column out.");
    }
    SqlNode node = given.get();
    Expr expr = expression(Operators.cast(field.type()), node);
    Expr.Literal literal;
    try {
      literal = Expressions.constant(expr, session.now());
    } catch (QueryException error) {
      throw StatementException.at(
          Code.VALUE,
          Places.start(node.getParserPosition()),
          "The value of \"" + field.name() + "\" cannot be computed: " + error.getMessage() + ".");
    }
    if (literal.isNull() && !field.nullable()) {
      throw StatementException.at(
          Code.VALUE,
          Places.start(node.getParserPosition()),
          "The column \"" + field.name() + "\" must not be NULL.");
    }
    return literal;
  }

  /** An expression over no columns, as a type. */
  private Expr expression(org.apache.calcite.sql.SqlOperator cast, SqlNode node) {
    SqlParserPos pos = node.getParserPosition();
    SqlNodeList items = new SqlNodeList(List.of(cast.createCall(pos, node)), pos);
    SqlNode query =
        new SqlSelect(
            pos,
            SqlNodeList.EMPTY,
            items,
            null,
            null,
            null,
            null,
            SqlNodeList.EMPTY,
            null,
            null,
            null,
            null,
            SqlNodeList.EMPTY);
    Plan plan = PlannedQuery.of(query, session.schemas(), session.now()).plan();
    if (plan instanceof Plan.Project project
        && project.input() instanceof Plan.Values values
        && values.rows().size() == 1) {
      return project.expressions().getFirst();
    }
    if (plan instanceof Plan.Values values && values.rows().size() == 1) {
      return values.rows().getFirst().getFirst();
    }
    throw StatementException.at(
        Code.UNSUPPORTED, Places.start(pos), "Only constant expressions are supported here.");
  }
}
