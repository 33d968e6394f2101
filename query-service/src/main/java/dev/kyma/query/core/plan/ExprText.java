package dev.kyma.query.core.plan;

import dev.kyma.format.predicate.Constant;
import dev.kyma.format.type.LogicalType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Expressions as EXPLAIN shows them. Stateless. */
final class ExprText {
  private static final int MOST_CONSTANTS = 5;

  private ExprText() {}

  /** An expression over columns. */
  static String of(Expr expr, List<PlanColumn> columns) {
    return switch (expr) {
      case Expr.ColumnRef ref -> columns.get(ref.index()).name();
      case Expr.Literal literal -> literal(literal);
      case Expr.Cast cast -> "cast(" + of(cast.argument(), columns) + " as " + cast.type() + ")";
      case Expr.Case choice ->
          choice.branches().stream()
              .map(
                  branch ->
                      "when "
                          + of(branch.condition(), columns)
                          + " then "
                          + of(branch.value(), columns))
              .collect(
                  Collectors.joining(
                      " ", "case ", " else " + of(choice.otherwise(), columns) + " end"));
      case Expr.In in -> of(in.operand(), columns) + " in (" + constants(in.constants()) + ")";
      case Expr.Call call -> call(call, columns);
    };
  }

  private static String call(Expr.Call call, List<PlanColumn> columns) {
    List<String> arguments = call.arguments().stream().map(arg -> of(arg, columns)).toList();
    String infix =
        switch (call.function()) {
          case EQUAL -> " = ";
          case NOT_EQUAL -> " <> ";
          case LESS -> " < ";
          case LESS_OR_EQUAL -> " <= ";
          case GREATER -> " > ";
          case GREATER_OR_EQUAL -> " >= ";
          case AND -> " and ";
          case OR -> " or ";
          case ADD -> " + ";
          case SUBTRACT -> " - ";
          case MULTIPLY -> " * ";
          case DIVIDE -> " / ";
          default -> "";
        };
    if (infix.isEmpty()) {
      return call.function().name().toLowerCase(Locale.ROOT)
          + "("
          + String.join(", ", arguments)
          + ")";
    }
    return "(" + String.join(infix, arguments) + ")";
  }

  /** Constants with commas, the first few of many. */
  static String constants(List<Constant> constants) {
    String shown =
        constants.stream()
            .limit(MOST_CONSTANTS)
            .map(ExprText::constant)
            .collect(Collectors.joining(", "));
    int more = constants.size() - MOST_CONSTANTS;
    return more > 0 ? shown + ", … " + more + " more" : shown;
  }

  private static String literal(Expr.Literal literal) {
    Constant value = literal.value();
    return value == null ? "null" : constant(value);
  }

  /** A constant as SQL writes it. */
  static String constant(Constant constant) {
    return switch (constant) {
      case Constant.OfLong number -> number(number.type(), number.value());
      case Constant.OfDouble number -> Double.toString(number.value());
      case Constant.OfInt128 number -> decimal(number.value(), number.type().scale());
      case Constant.OfBytes bytes -> "'" + bytes.text().replace("'", "''") + "'";
    };
  }

  private static String number(LogicalType type, long value) {
    return switch (type.kind()) {
      case BOOL -> value == 0 ? "false" : "true";
      case DECIMAL -> decimal(BigInteger.valueOf(value), type.scale());
      case DATE -> "date '" + LocalDate.ofEpochDay(value) + "'";
      case TIMESTAMP ->
          "timestamp '"
              + Instant.ofEpochSecond(
                  Math.floorDiv(value, 1_000_000_000L), Math.floorMod(value, 1_000_000_000L))
              + "'";
      case INT16, INT32, INT64, FLOAT32, FLOAT64, TIME, TEXT, BINARY, DYNAMIC, VECTOR ->
          Long.toString(value);
    };
  }

  private static String decimal(BigInteger unscaled, int scale) {
    return new BigDecimal(unscaled, scale).toPlainString();
  }
}
