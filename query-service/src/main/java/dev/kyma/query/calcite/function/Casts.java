package dev.kyma.query.calcite.function;

import dev.kyma.format.type.LogicalType;
import dev.kyma.format.type.LogicalType.Kind;
import dev.kyma.query.calcite.type.SqlTypes;
import dev.kyma.query.core.plan.Function;
import java.util.List;
import org.apache.calcite.rex.RexNode;

/** Conversions that users write. */
final class Casts {
  private Casts() {}

  static RexNode explicit(Rex rex, RexNode node, LogicalType target) {
    if (Arithmetic.isInterval(node.getType())) {
      if (target.kind() == Kind.TEXT) {
        return TextFunctions.anyText(rex, node);
      }
      throw Rex.mismatch("");
    }
    boolean text = SqlTypes.isUnknown(node.getType()) || SqlTypes.is(node.getType(), Kind.TEXT);
    if (target.kind() == Kind.DYNAMIC && text) {
      return rex.nullableCall(
          Function.PARSE_JSON, target, List.of(rex.cast(node, LogicalType.TEXT)));
    }
    if (!SqlTypes.isUnknown(node.getType()) && !allowed(SqlTypes.logical(node.getType()), target)) {
      throw Rex.mismatch("");
    }
    return rex.cast(node, target);
  }

  private static boolean allowed(LogicalType from, LogicalType to) {
    if (from.equals(to) || from.kind() == Kind.DYNAMIC || to.kind() == Kind.TEXT) {
      return true;
    }
    return switch (to.kind()) {
      case BOOL -> from.kind() == Kind.TEXT || from.isInteger();
      case INT16, INT32, INT64 ->
          from.isNumeric() || from.kind() == Kind.TEXT || from.kind() == Kind.BOOL;
      case FLOAT32, FLOAT64, DECIMAL -> from.isNumeric() || from.kind() == Kind.TEXT;
      case DATE -> from.kind() == Kind.TEXT || from.kind() == Kind.TIMESTAMP;
      case TIME -> from.kind() == Kind.TEXT || from.kind() == Kind.TIMESTAMP;
      case TIMESTAMP -> from.kind() == Kind.TEXT || from.kind() == Kind.DATE;
      case BINARY, VECTOR -> from.kind() == Kind.TEXT;
      case DYNAMIC -> from.kind() != Kind.BINARY;
      case TEXT -> true;
    };
  }
}
