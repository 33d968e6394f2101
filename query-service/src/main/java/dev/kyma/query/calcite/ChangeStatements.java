package dev.kyma.query.calcite;

import dev.kyma.catalog.ColumnDefault;
import dev.kyma.format.type.Field;
import dev.kyma.query.calcite.function.Operators;
import dev.kyma.query.calcite.parse.ParsedStatement;
import dev.kyma.query.calcite.parse.Places;
import dev.kyma.query.calcite.parse.TableIdentifier;
import dev.kyma.query.calcite.plan.PlannedQuery;
import dev.kyma.query.calcite.resolve.TableResolver;
import dev.kyma.query.core.frontend.RowPlaces;
import dev.kyma.query.core.frontend.Schemas;
import dev.kyma.query.core.frontend.Session;
import dev.kyma.query.core.frontend.Statement;
import dev.kyma.query.core.frontend.StatementException;
import dev.kyma.query.core.frontend.StatementException.Code;
import dev.kyma.query.core.frontend.TableName;
import dev.kyma.query.core.frontend.TableShape;
import dev.kyma.query.core.plan.RowVersions;
import dev.kyma.query.core.plan.rewrite.PlanRewriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/** UPDATE and DELETE as queries for what they write. */
final class ChangeStatements {
  private final Session session;

  ChangeStatements(Session session) {
    this.session = session;
  }

  Statement update(ParsedStatement.Update update) {
    TableShape table = TableResolver.table(update.target().table(), session.schemas());
    if (!table.isKeyed()) {
      throw StatementException.at(
          Code.UNSUPPORTED,
          Places.start(update.target().table().getParserPosition()),
          "UPDATE needs a table with a PRIMARY KEY, and \""
              + table.table().name()
              + "\" has none.");
    }
    Map<Integer, SqlNode> values = new HashMap<>();
    for (ParsedStatement.Assignment assignment : update.assignments()) {
      Field field = TableStatements.field(assignment.column(), table);
      SqlNode value = assignment.value().orElseGet(() -> defaultOf(field, table, assignment));
      if (values.put(field.id(), value) != null) {
        throw StatementException.at(
            Code.INVALID,
            Places.start(assignment.column().getParserPosition()),
            "The column \"" + field.name() + "\" is set twice.");
      }
    }
    List<SqlNode> items = new ArrayList<>();
    for (Field field : table.schema().fields()) {
      SqlNode value = values.get(field.id());
      items.add(
          value == null
              ? column(update.target(), field)
              : Operators.cast(field.type()).createCall(value.getParserPosition(), value));
    }
    keyFields(table).forEach(field -> items.add(column(update.target(), field)));
    return new Statement.Update(
        table, query(update.target(), items, update.condition(), session.schemas()));
  }

  private SqlNode defaultOf(Field field, TableShape table, ParsedStatement.Assignment assignment) {
    SqlParserPos pos = assignment.column().getParserPosition();
    String text = table.defaults().get(field.id());
    if (text == null) {
      return SqlLiteral.createNull(pos);
    }
    return switch (ColumnDefault.parse(text)) {
      case ColumnDefault.Now _ -> Operators.NOW.createCall(pos);
      case ColumnDefault.Literal(String value) -> SqlLiteral.createCharString(value, "UTF-8", pos);
      case ColumnDefault.SnowflakeId _ ->
          throw StatementException.at(
              Code.UNSUPPORTED,
              Places.start(pos),
              "A column that is SNOWFLAKE_ID() by default gets its number when a row is inserted,"
                  + " and none anew.");
    };
  }

  Statement delete(ParsedStatement.Delete delete) {
    TableShape table = TableResolver.table(delete.target().table(), session.schemas());
    if (table.isKeyed()) {
      List<SqlNode> keys = new ArrayList<>();
      keyFields(table).forEach(field -> keys.add(column(delete.target(), field)));
      return new Statement.DeleteKeys(
          table, query(delete.target(), keys, delete.condition(), session.schemas()));
    }
    List<SqlNode> places = new ArrayList<>();
    RowPlaces.COLUMNS.forEach(field -> places.add(column(delete.target(), field)));
    Schemas shown = new PlacesShown(session.schemas(), table);
    return new Statement.DeleteRows(
        table, query(delete.target(), places, delete.condition(), shown));
  }

  private static List<Field> keyFields(TableShape table) {
    return table.primaryKey().stream()
        .map(id -> table.schema().field(table.schema().indexOfId(id)))
        .toList();
  }

  private static SqlNode column(ParsedStatement.Target target, Field field) {
    SqlParserPos pos = target.table().getParserPosition();
    String table =
        target
            .alias()
            .map(SqlIdentifier::getSimple)
            .orElseGet(() -> target.table().names.getLast());
    return new SqlIdentifier(List.of(table, field.name()), pos);
  }

  private Statement.Query query(
      ParsedStatement.Target target,
      List<SqlNode> items,
      Optional<SqlNode> condition,
      Schemas schemas) {
    SqlParserPos pos = target.table().getParserPosition();
    SqlNode from =
        new TableIdentifier(
            target.table().names, pos, TableIdentifier.AsOf.NOW, RowVersions.CURRENT);
    if (target.alias().isPresent()) {
      from = SqlStdOperatorTable.AS.createCall(pos, from, target.alias().get());
    }
    SqlNode query =
        new SqlSelect(
            pos,
            SqlNodeList.EMPTY,
            new SqlNodeList(items, pos),
            from,
            condition.orElse(null),
            null,
            null,
            SqlNodeList.EMPTY,
            null,
            null,
            null,
            null,
            SqlNodeList.EMPTY);
    PlannedQuery planned = PlannedQuery.of(query, schemas, session.now());
    return new Statement.Query(
        PlanRewriter.rewrite(planned.plan(), session.now()), planned.columns());
  }

  /** The schemas with one table's hidden columns shown. */
  private record PlacesShown(Schemas schemas, TableShape shown) implements Schemas {
    @Override
    public long version() {
      return schemas.version();
    }

    @Override
    public Optional<TableShape> table(TableName name) {
      return schemas
          .table(name)
          .map(table -> table.table().equals(shown.table()) ? RowPlaces.shown(table) : table);
    }

    @Override
    public List<TableName> tables() {
      return schemas.tables();
    }
  }
}
