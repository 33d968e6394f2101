package dev.kyma.query.calcite.resolve;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlWindow;
import org.jspecify.annotations.Nullable;

/** Resolves the names in an expression, copying it. */
final class ExpressionResolver {
  private final NameResolver queries;
  private final Scope scope;

  ExpressionResolver(NameResolver queries, Scope scope) {
    this.queries = queries;
    this.scope = scope;
  }

  SqlNode resolve(SqlNode node) {
    if (node instanceof SqlIdentifier id) {
      return id.isStar() ? id : ColumnResolver.resolve(id, scope);
    }
    if (node instanceof SqlNodeList list) {
      return resolve(list);
    }
    if (node instanceof SqlWindow window) {
      return window(window);
    }
    if (!(node instanceof SqlCall call)) {
      return node;
    }
    if (node.isA(SqlKind.QUERY)) {
      return queries.query(node, scope).node();
    }
    List<SqlNode> operands = call.getOperandList();
    List<@Nullable SqlNode> resolved = new ArrayList<>();
    for (int i = 0; i < operands.size(); i++) {
      SqlNode operand = operands.get(i);
      boolean windowName =
          call.getKind() == SqlKind.OVER && i == 1 && operand instanceof SqlIdentifier;
      resolved.add(operand == null || windowName ? operand : resolve(operand));
    }
    return call.getOperator()
        .createCall(
            call.getFunctionQuantifier(),
            call.getParserPosition(),
            resolved.toArray(new SqlNode[0]));
  }

  SqlNodeList resolve(SqlNodeList list) {
    List<SqlNode> resolved = new ArrayList<>();
    for (SqlNode node : list) {
      resolved.add(resolve(node));
    }
    return new SqlNodeList(resolved, list.getParserPosition());
  }

  SqlWindow window(SqlWindow window) {
    return SqlWindow.create(
        window.getDeclName(),
        window.getRefName(),
        resolve(window.getPartitionList()),
        resolve(window.getOrderList()),
        org.apache.calcite.sql.SqlLiteral.createBoolean(
            window.isRows(), window.getParserPosition()),
        window.getLowerBound(),
        window.getUpperBound(),
        null,
        window.getParserPosition());
  }
}
