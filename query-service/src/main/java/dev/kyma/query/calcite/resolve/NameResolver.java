package dev.kyma.query.calcite.resolve;

import dev.kyma.query.calcite.parse.Places;
import dev.kyma.query.core.frontend.Schemas;
import dev.kyma.query.core.frontend.StatementException;
import dev.kyma.query.core.frontend.StatementException.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Resolves the names in a query against the tables of a snapshot. Used once, by one thread. */
public final class NameResolver {
  private final FromResolver from;

  private NameResolver(Schemas schemas) {
    this.from = new FromResolver(schemas, this);
  }

  /**
   * A resolved query.
   *
   * @param node the query; its names are exact
   * @param columns the names of its columns, which may repeat
   * @param tables the tables it reads, each place of use by itself
   */
  public record Resolution(SqlNode node, List<String> columns, List<BoundTable> tables) {
    public Resolution {
      columns = List.copyOf(columns);
      tables = List.copyOf(tables);
    }
  }

  /**
   * Resolves a query.
   *
   * @throws StatementException if a name is unknown or means several things
   */
  public static Resolution resolve(SqlNode query, Schemas schemas) {
    NameResolver resolver = new NameResolver(schemas);
    ResolvedQuery resolved = resolver.query(query, new Scope(null));
    return new Resolution(resolved.node(), resolved.columns(), resolver.from.tables());
  }

  ResolvedQuery query(SqlNode node, Scope outer) {
    return switch (node) {
      case SqlOrderBy order -> ordered(order, outer);
      case SqlWith with -> with(with, Optional.empty(), outer);
      case SqlSelect select -> select(select, Optional.empty(), outer).query();
      case SqlCall call when call.getKind() == SqlKind.VALUES -> values(call, outer);
      case SqlCall call -> setOperation(call, outer);
      default -> throw new IllegalStateException(node.getKind().name());
    };
  }

  private ResolvedQuery setOperation(SqlCall call, Scope outer) {
    ResolvedQuery left = query(call.operand(0), outer);
    ResolvedQuery right = query(call.operand(1), outer);
    if (left.columns().size() != right.columns().size()) {
      throw StatementException.at(
          Code.INVALID,
          Places.start(call.operand(1).getParserPosition()),
          "The queries joined by "
              + call.getOperator().getName()
              + " have "
              + left.columns().size()
              + " and "
              + right.columns().size()
              + " columns.");
    }
    SqlNode node =
        call.getOperator().createCall(call.getParserPosition(), left.node(), right.node());
    return new ResolvedQuery(node, left.columns());
  }

  private ResolvedQuery values(SqlCall values, Scope outer) {
    ExpressionResolver expressions = new ExpressionResolver(this, outer);
    List<SqlNode> rows = new ArrayList<>();
    List<String> columns = new ArrayList<>();
    for (SqlNode row : values.getOperandList()) {
      SqlCall cells = (SqlCall) row;
      if (columns.isEmpty()) {
        for (int i = 1; i <= cells.operandCount(); i++) {
          columns.add("column" + i);
        }
      } else if (columns.size() != cells.operandCount()) {
        throw StatementException.at(
            Code.INVALID,
            Places.start(cells.getParserPosition()),
            "The rows of VALUES have different lengths.");
      }
      rows.add(expressions.resolve(row));
    }
    return new ResolvedQuery(
        SqlStdOperatorTable.VALUES.createCall(values.getParserPosition(), rows), columns);
  }

  private ResolvedQuery with(SqlWith with, Optional<SqlOrderBy> order, Scope outer) {
    Scope scope = new Scope(outer);
    List<SqlNode> items = new ArrayList<>();
    for (SqlNode node : with.withList) {
      SqlWithItem item = (SqlWithItem) node;
      ResolvedQuery query = query(item.query, scope);
      List<String> columns = renamed(query.columns(), item.columnList);
      scope.name(item.name.getSimple(), columns);
      items.add(
          new SqlWithItem(
              item.getParserPosition(), item.name, item.columnList, query.node(), item.recursive));
    }
    ResolvedQuery body;
    SqlNodeList keys = SqlNodeList.EMPTY;
    if (order.isPresent()) {
      ResolvedQuery ordered = ordered(order.get(), with.body, scope);
      SqlOrderBy inner = (SqlOrderBy) ordered.node();
      keys = inner.orderList;
      body = new ResolvedQuery(inner.query, ordered.columns());
    } else {
      body = query(with.body, scope);
    }
    SqlNode node =
        new SqlWith(
            with.getParserPosition(), new SqlNodeList(items, SqlParserPos.ZERO), body.node());
    if (order.isPresent()) {
      node =
          new SqlOrderBy(
              with.getParserPosition(), node, keys, order.get().offset, order.get().fetch);
    }
    return new ResolvedQuery(node, body.columns());
  }

  /** Columns after a list of new names, which may be shorter. */
  static List<String> renamed(List<String> columns, @Nullable List<? extends SqlNode> names) {
    if (names == null || names.isEmpty()) {
      return columns;
    }
    if (names.size() > columns.size()) {
      throw StatementException.at(
          Code.INVALID,
          Places.start(names.getFirst().getParserPosition()),
          "There are " + names.size() + " names for " + columns.size() + " columns.");
    }
    List<String> renamed = new ArrayList<>(columns);
    for (int i = 0; i < names.size(); i++) {
      renamed.set(i, ((SqlIdentifier) names.get(i)).getSimple());
    }
    return renamed;
  }

  private ResolvedQuery ordered(SqlOrderBy order, Scope outer) {
    if (order.query instanceof SqlWith with) {
      return with(with, Optional.of(order), outer);
    }
    return ordered(order, order.query, outer);
  }

  private ResolvedQuery ordered(SqlOrderBy order, SqlNode body, Scope outer) {
    ResolvedQuery query;
    SqlNodeList keys;
    if (body instanceof SqlSelect select) {
      Selected selected = select(select, Optional.of(order.orderList), outer);
      query = selected.query();
      keys = selected.order();
    } else {
      query = query(body, outer);
      List<SqlNode> resolved = new ArrayList<>();
      for (SqlNode key : order.orderList) {
        resolved.add(orderKey(key, query.columns(), new Scope(null)));
      }
      keys = new SqlNodeList(resolved, order.orderList.getParserPosition());
    }
    SqlNode node =
        new SqlOrderBy(order.getParserPosition(), query.node(), keys, order.offset, order.fetch);
    return new ResolvedQuery(node, query.columns());
  }

  /** A select with the ORDER BY keys that were resolved in its scope. */
  private record Selected(ResolvedQuery query, SqlNodeList order) {}

  private Selected select(SqlSelect select, Optional<SqlNodeList> order, Scope outer) {
    Scope scope = new Scope(outer);
    SqlNode source = select.getFrom() == null ? null : from.resolve(select.getFrom(), scope);
    ExpressionResolver expressions = new ExpressionResolver(this, scope);
    SelectList list = SelectList.of(select.getSelectList(), scope, expressions);
    SqlNode where = optional(select.getWhere(), expressions);
    SqlNodeList groups = null;
    if (select.getGroup() != null) {
      List<SqlNode> elements = new ArrayList<>();
      for (SqlNode element : select.getGroup()) {
        elements.add(group(element, list, scope, expressions));
      }
      groups = new SqlNodeList(elements, select.getGroup().getParserPosition());
    }
    SqlNode having = optional(select.getHaving(), expressions);
    List<SqlNode> windows = new ArrayList<>();
    for (SqlNode window : select.getWindowList()) {
      windows.add(expressions.window((SqlWindow) window));
    }
    List<SqlNode> keys = new ArrayList<>();
    for (SqlNode key : order.orElse(SqlNodeList.EMPTY)) {
      keys.add(orderKey(key, list.names(), scope));
    }
    SqlNode node =
        new SqlSelect(
            select.getParserPosition(),
            select.isDistinct()
                ? new SqlNodeList(
                    List.of(
                        org.apache.calcite.sql.SqlSelectKeyword.DISTINCT.symbol(
                            select.getParserPosition())),
                    select.getParserPosition())
                : SqlNodeList.EMPTY,
            list.items(),
            source,
            where,
            groups,
            having,
            new SqlNodeList(windows, SqlParserPos.ZERO),
            null,
            null,
            null,
            null,
            SqlNodeList.EMPTY);
    return new Selected(
        new ResolvedQuery(node, list.names()), new SqlNodeList(keys, SqlParserPos.ZERO));
  }

  private static @Nullable SqlNode optional(
      @Nullable SqlNode node, ExpressionResolver expressions) {
    return node == null ? null : expressions.resolve(node);
  }

  /** A grouping element: a column first, then an alias of the select list. */
  private static SqlNode group(
      SqlNode element, SelectList list, Scope scope, ExpressionResolver expressions) {
    if (element instanceof SqlIdentifier id && id.isSimple()) {
      boolean column = scope.relations().stream().anyMatch(r -> r.has(id.getSimple()));
      Optional<SqlNode> alias = column ? Optional.empty() : list.expression(id.getSimple());
      return alias.isPresent() ? alias.get() : expressions.resolve(id);
    }
    if (element instanceof SqlNodeList || isGroupingOperator(element)) {
      List<SqlNode> parts =
          element instanceof SqlNodeList nodes ? nodes : ((SqlCall) element).getOperandList();
      List<SqlNode> resolved =
          parts.stream().map(part -> group(part, list, scope, expressions)).toList();
      return element instanceof SqlCall call
          ? call.getOperator().createCall(call.getParserPosition(), resolved)
          : new SqlNodeList(resolved, element.getParserPosition());
    }
    return expressions.resolve(element);
  }

  private static boolean isGroupingOperator(SqlNode node) {
    return node.getKind() == SqlKind.GROUPING_SETS
        || node.getKind() == SqlKind.ROLLUP
        || node.getKind() == SqlKind.CUBE;
  }

  /** An ORDER BY key: a name of the output first, as its ordinal. */
  private SqlNode orderKey(SqlNode key, List<String> names, Scope scope) {
    if (key instanceof SqlCall call
        && (key.getKind() == SqlKind.DESCENDING
            || key.getKind() == SqlKind.NULLS_FIRST
            || key.getKind() == SqlKind.NULLS_LAST)) {
      SqlNode inner = orderKey(call.operand(0), names, scope);
      return call.getOperator().createCall(call.getParserPosition(), inner);
    }
    if (key instanceof SqlIdentifier id && id.isSimple()) {
      int first = names.indexOf(id.getSimple());
      if (first >= 0 && first == names.lastIndexOf(id.getSimple())) {
        return SqlLiteral.createExactNumeric(Integer.toString(first + 1), id.getParserPosition());
      }
    }
    return new ExpressionResolver(this, scope).resolve(key);
  }
}
