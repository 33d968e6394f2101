package dev.kyma.query.calcite.function;

import static dev.kyma.query.calcite.function.Rex.mismatch;

import dev.kyma.format.type.LogicalType;
import dev.kyma.format.type.LogicalType.Kind;
import dev.kyma.query.calcite.type.SqlTypes;
import dev.kyma.query.core.plan.Function;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;

/** Access to dynamic values. */
final class DynamicFunctions {
  private DynamicFunctions() {}

  /** {@code a['k']} and {@code a -> 'k'}: a key of an object, or with a number an element. */
  static RexNode get(Rex rex, List<RexNode> arguments) {
    RexNode from = arguments.get(0);
    RexNode key = arguments.get(1);
    if (!SqlTypes.is(from.getType(), Kind.DYNAMIC)) {
      throw mismatch("only DYNAMIC values have parts");
    }
    if (SqlTypes.isNumeric(key.getType())) {
      return rex.nullableCall(
          Function.DYNAMIC_ELEMENT, LogicalType.DYNAMIC, List.of(from, rex.int64(key)));
    }
    RexNode name = rex.text(key);
    // Steps of one path are one call, so that a whole path can be read from storage.
    if (from instanceof RexCall call && CoreFunction.isCall(call, Function.DYNAMIC_GET)) {
      List<RexNode> longer = new ArrayList<>(call.getOperands());
      longer.add(name);
      return rex.nullableCall(Function.DYNAMIC_GET, LogicalType.DYNAMIC, longer);
    }
    return rex.nullableCall(Function.DYNAMIC_GET, LogicalType.DYNAMIC, List.of(from, name));
  }

  /** {@code a ->> 'k'}: as {@link #get}, as text. */
  static RexNode getText(Rex rex, List<RexNode> arguments) {
    return rex.cast(get(rex, arguments), LogicalType.TEXT);
  }

  /** {@code a #> '{k,l}'}. */
  static RexNode getPath(Rex rex, List<RexNode> arguments) {
    String path =
        Rex.constantText(arguments.get(1))
            .orElseThrow(() -> mismatch("the path must be a constant"));
    if (!path.startsWith("{") || !path.endsWith("}")) {
      throw mismatch("a path is written '{key,key}'");
    }
    RexNode value = arguments.getFirst();
    for (String key : path.substring(1, path.length() - 1).split(",", -1)) {
      value = get(rex, List.of(value, rex.builder().makeLiteral(key.strip())));
    }
    return value;
  }

  static RexNode getPathText(Rex rex, List<RexNode> arguments) {
    return rex.cast(getPath(rex, arguments), LogicalType.TEXT);
  }

  static RexNode dynamic(RexNode node) {
    if (!SqlTypes.is(node.getType(), Kind.DYNAMIC)) {
      throw mismatch("the argument must be DYNAMIC");
    }
    return node;
  }
}
