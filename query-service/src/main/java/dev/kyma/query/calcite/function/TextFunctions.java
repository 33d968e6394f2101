package dev.kyma.query.calcite.function;

import dev.kyma.format.type.LogicalType;
import dev.kyma.format.type.LogicalType.Kind;
import dev.kyma.query.calcite.function.DialectFunction.Builder;
import dev.kyma.query.calcite.type.SqlTypes;
import dev.kyma.query.core.plan.Function;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rex.RexNode;

/** Functions of text. */
final class TextFunctions {
  private TextFunctions() {}

  /** What an argument must be. */
  enum Argument {
    TEXT,
    INT64
  }

  /** A function of text and whole numbers, whose last arguments may be absent. */
  static Builder of(Function function, LogicalType type, int least, Argument... arguments) {
    return (rex, given) -> {
      Expect.between(given, least, arguments.length);
      List<RexNode> cast = new ArrayList<>();
      for (int i = 0; i < given.size(); i++) {
        cast.add(
            switch (arguments[i]) {
              case TEXT -> rex.text(given.get(i));
              case INT64 -> rex.int64(given.get(i));
            });
      }
      return rex.call(function, type, cast.toArray(RexNode[]::new));
    };
  }

  /** A function of text that may answer NULL. */
  static Builder nullable(Function function, LogicalType type, int count) {
    return (rex, given) -> {
      Expect.count(given, count);
      return rex.nullableCall(function, type, given.stream().map(rex::text).toList());
    };
  }

  /** {@code a || b}: text as soon as one side is. */
  static RexNode concatOperator(Rex rex, List<RexNode> arguments) {
    boolean text = false;
    for (RexNode argument : arguments) {
      text |= SqlTypes.isUnknown(argument.getType()) || SqlTypes.is(argument.getType(), Kind.TEXT);
    }
    if (!text) {
      throw Rex.mismatch("one side must be text");
    }
    return rex.call(
        Function.CONCAT_OPERATOR,
        LogicalType.TEXT,
        anyText(rex, arguments.get(0)),
        anyText(rex, arguments.get(1)));
  }

  /** CONCAT: of anything, never NULL. */
  static RexNode concat(Rex rex, List<RexNode> arguments) {
    Expect.atLeast(arguments, 1);
    return rex.call(
        Function.CONCAT,
        rex.type(LogicalType.TEXT, false),
        arguments.stream().map(argument -> anyText(rex, argument)).toList());
  }

  /** CONCAT_WS: NULL only where the separator is. */
  static RexNode concatWithSeparator(Rex rex, List<RexNode> arguments) {
    Expect.atLeast(arguments, 2);
    return rex.call(
        Function.CONCAT_WS,
        rex.type(LogicalType.TEXT, arguments.getFirst().getType().isNullable()),
        arguments.stream().map(argument -> anyText(rex, argument)).toList());
  }

  static RexNode length(Rex rex, List<RexNode> arguments) {
    Expect.count(arguments, 1);
    RexNode value = arguments.getFirst();
    RexNode counted = SqlTypes.is(value.getType(), Kind.BINARY) ? value : rex.text(value);
    return rex.call(Function.LENGTH, LogicalType.INT64, counted);
  }

  /**
   * {@code substring(text, from [, count])}, or with a text in second place a regular expression.
   */
  static RexNode substring(Rex rex, List<RexNode> arguments) {
    Expect.between(arguments, 2, 3);
    boolean pattern =
        SqlTypes.isUnknown(arguments.get(1).getType())
            || SqlTypes.is(arguments.get(1).getType(), Kind.TEXT);
    if (arguments.size() == 2 && pattern) {
      return rex.nullableCall(
          Function.REGEXP_SUBSTR, LogicalType.TEXT, arguments.stream().map(rex::text).toList());
    }
    List<RexNode> cast = new ArrayList<>();
    cast.add(rex.text(arguments.getFirst()));
    arguments.subList(1, arguments.size()).forEach(number -> cast.add(rex.int64(number)));
    return rex.call(Function.SUBSTRING, LogicalType.TEXT, cast.toArray(RexNode[]::new));
  }

  /** Anything as text. */
  static RexNode anyText(Rex rex, RexNode node) {
    if (Arithmetic.isInterval(node.getType())) {
      Function function =
          SqlTypes.isNanos(node.getType()) ? Function.NANOS_TO_TEXT : Function.MONTHS_TO_TEXT;
      return rex.call(function, LogicalType.TEXT, node);
    }
    return rex.cast(node, LogicalType.TEXT);
  }
}
