package dev.kyma.query.calcite.resolve;

import dev.kyma.query.calcite.function.Operators;
import java.util.Locale;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;

/** Names of columns without an alias, by Postgres' rules. */
final class OutputNames {
  private static final String NONE = "?column?";

  private OutputNames() {}

  /** The name of an item of a select list, before its own names were resolved. */
  static String of(SqlNode item) {
    if (item instanceof SqlIdentifier id) {
      return id.names.getLast();
    }
    if (!(item instanceof SqlCall call)) {
      return NONE;
    }
    return switch (call.getKind()) {
      case AS -> ((SqlIdentifier) call.operand(1)).getSimple();
      case CASE -> "case";
      case EXISTS -> "exists";
      case ROW -> "row";
      case OVER, FILTER, WITHIN_GROUP -> of(call.operand(0));
      case SCALAR_QUERY ->
          call.operand(0) instanceof SqlSelect select ? of(select.getSelectList().get(0)) : NONE;
      default -> ofCall(call);
    };
  }

  private static String ofCall(SqlCall call) {
    if (call instanceof SqlBasicCall
        && (call.getOperator() == Operators.GET || call.getOperator() == Operators.GET_TEXT)) {
      return call.operand(1) instanceof SqlCharStringLiteral key
          ? key.getValueAs(String.class)
          : NONE;
    }
    String name = call.getOperator().getName();
    if (name.startsWith("CAST AS ")) {
      String inner = of(call.operand(0));
      return inner.equals(NONE) ? typeName(name) : inner;
    }
    boolean named =
        call.getOperator() instanceof SqlFunction
            && call.getKind() != SqlKind.NOT
            && Character.isLetter(name.charAt(0))
            && name.equals(name.toLowerCase(Locale.ROOT));
    boolean standard = call.getOperator().isAggregator();
    return named || standard ? name.toLowerCase(Locale.ROOT) : NONE;
  }

  private static String typeName(String cast) {
    String type = cast.substring("CAST AS ".length()).toLowerCase(Locale.ROOT);
    int open = type.indexOf('(');
    return open < 0 ? type : type.substring(0, open);
  }
}
