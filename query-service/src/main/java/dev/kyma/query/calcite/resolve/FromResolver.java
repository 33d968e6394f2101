package dev.kyma.query.calcite.resolve;

import dev.kyma.format.type.Field;
import dev.kyma.query.calcite.parse.Places;
import dev.kyma.query.calcite.parse.TableIdentifier;
import dev.kyma.query.core.frontend.Schemas;
import dev.kyma.query.core.frontend.StatementException;
import dev.kyma.query.core.frontend.StatementException.Code;
import dev.kyma.query.core.frontend.TableShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/** Resolves FROM clauses and collects the tables they read. */
final class FromResolver {
  private final Schemas schemas;
  private final NameResolver queries;
  private final List<BoundTable> tables = new ArrayList<>();

  FromResolver(Schemas schemas, NameResolver queries) {
    this.schemas = schemas;
    this.queries = queries;
  }

  /** The tables read so far. */
  List<BoundTable> tables() {
    return tables;
  }

  /** The clause with exact names; its relations are added to the scope. */
  SqlNode resolve(SqlNode node, Scope scope) {
    if (node instanceof SqlJoin join) {
      return join(join, scope);
    }
    if (node.getKind() == SqlKind.AS) {
      SqlCall as = (SqlCall) node;
      List<SqlNode> operands = as.getOperandList();
      String alias = ((SqlIdentifier) operands.get(1)).getSimple();
      return item(as.operand(0), Optional.of(alias), operands.subList(2, operands.size()), scope);
    }
    return item(node, Optional.empty(), List.of(), scope);
  }

  private SqlNode item(SqlNode node, Optional<String> given, List<SqlNode> renames, Scope scope) {
    SqlNode source;
    List<String> columns;
    Optional<TableShape> table = Optional.empty();
    String alias;
    if (node instanceof TableIdentifier id) {
      alias = given.orElse(id.names.getLast());
      Optional<List<String>> named = id.isSimple() ? scope.named(id.getSimple()) : Optional.empty();
      if (named.isPresent()) {
        source = new SqlIdentifier(id.names, id.getParserPosition());
        columns = named.get();
      } else {
        TableShape current = TableResolver.table(id, schemas);
        TableShape shape =
            switch (id.versions()) {
              case CURRENT -> current;
              case HISTORY -> current.history();
            };
        table = Optional.of(shape);
        columns = shape.schema().fields().stream().map(Field::name).toList();
        String name = "#" + tables.size();
        tables.add(new BoundTable(name, shape, id.asOf(), id.versions()));
        source = new SqlIdentifier(name, id.getParserPosition());
      }
    } else {
      alias = given.orElse("?subquery" + scope.relations().size());
      boolean lateral = node.getKind() == SqlKind.LATERAL;
      SqlNode query = lateral ? ((SqlCall) node).operand(0) : node;
      // A derived table sees what is around the whole query, a lateral one also its neighbours.
      Scope visible = lateral ? scope : withoutRelations(scope);
      ResolvedQuery resolved = queries.query(query, visible);
      columns = resolved.columns();
      source =
          lateral
              ? SqlStdOperatorTable.LATERAL.createCall(node.getParserPosition(), resolved.node())
              : resolved.node();
    }
    if (scope.relations().stream().anyMatch(relation -> relation.alias().equals(alias))) {
      throw StatementException.at(
          Code.INVALID,
          Places.start(node.getParserPosition()),
          "Two tables in FROM are named \"" + alias + "\"; give one an alias.");
    }
    List<String> names = NameResolver.renamed(columns, renames);
    scope.relations().add(new Relation(alias, names, table));
    List<SqlNode> operands = new ArrayList<>();
    operands.add(source);
    operands.add(new SqlIdentifier(alias, node.getParserPosition()));
    // Names of derived columns are always given in full: Calcite makes repeated ones differ.
    if (!renames.isEmpty()) {
      names.forEach(name -> operands.add(new SqlIdentifier(name, node.getParserPosition())));
    }
    return SqlStdOperatorTable.AS.createCall(node.getParserPosition(), operands);
  }

  private static Scope withoutRelations(Scope scope) {
    return scope.outer().orElseGet(() -> new Scope(null));
  }

  private SqlNode join(SqlJoin join, Scope scope) {
    int before = scope.relations().size();
    SqlNode left = resolve(join.getLeft(), scope);
    int middle = scope.relations().size();
    SqlNode right = resolve(join.getRight(), scope);
    SqlNode condition = join.getCondition();
    if (condition != null && join.getConditionType() == JoinConditionType.ON) {
      Scope both = new Scope(scope.outer().orElse(null));
      both.relations().addAll(scope.relations().subList(before, scope.relations().size()));
      both.merged().addAll(scope.merged());
      condition = new ExpressionResolver(queries, both).resolve(condition);
    } else if (condition instanceof SqlNodeList using) {
      using.forEach(column -> scope.merged().add(((SqlIdentifier) column).getSimple()));
    } else if (join.isNatural()) {
      List<Relation> lefts = scope.relations().subList(before, middle);
      scope.relations().subList(middle, scope.relations().size()).stream()
          .flatMap(relation -> relation.columns().stream())
          .filter(column -> lefts.stream().anyMatch(relation -> relation.has(column)))
          .forEach(scope.merged()::add);
    }
    return new SqlJoin(
        join.getParserPosition(),
        left,
        join.isNaturalNode(),
        join.getJoinTypeNode(),
        right,
        join.getConditionTypeNode(),
        condition);
  }
}
