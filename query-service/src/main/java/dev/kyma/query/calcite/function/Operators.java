package dev.kyma.query.calcite.function;

import dev.kyma.format.type.LogicalType;
import dev.kyma.query.calcite.function.DialectFunction.Builder;
import dev.kyma.query.core.plan.Function;
import java.util.List;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/** Operators and forms of syntax that are written as functions in the parsed tree. */
public final class Operators {
  public static final DialectFunction PLUS = operator("+", Arithmetic::plus);
  public static final DialectFunction MINUS = operator("-", Arithmetic::minus);
  public static final DialectFunction TIMES = operator("*", Arithmetic::times);
  public static final DialectFunction DIVIDE = operator("/", Arithmetic::divide);
  public static final DialectFunction MODULO = operator("%", Arithmetic::modulo);
  public static final DialectFunction POWER = operator("^", MathFunctions::power);
  public static final DialectFunction BIT_AND =
      operator("&", MathFunctions.bitwise(Function.BIT_AND));
  public static final DialectFunction BIT_OR =
      operator("|", MathFunctions.bitwise(Function.BIT_OR));
  public static final DialectFunction BIT_XOR =
      operator("#", MathFunctions.bitwise(Function.BIT_XOR));

  public static final DialectFunction EQUAL =
      operator("=", Comparisons.of(SqlStdOperatorTable.EQUALS));
  public static final DialectFunction NOT_EQUAL =
      operator("<>", Comparisons.of(SqlStdOperatorTable.NOT_EQUALS));
  public static final DialectFunction LESS =
      operator("<", Comparisons.of(SqlStdOperatorTable.LESS_THAN));
  public static final DialectFunction LESS_OR_EQUAL =
      operator("<=", Comparisons.of(SqlStdOperatorTable.LESS_THAN_OR_EQUAL));
  public static final DialectFunction GREATER =
      operator(">", Comparisons.of(SqlStdOperatorTable.GREATER_THAN));
  public static final DialectFunction GREATER_OR_EQUAL =
      operator(">=", Comparisons.of(SqlStdOperatorTable.GREATER_THAN_OR_EQUAL));
  public static final DialectFunction IS_DISTINCT_FROM =
      operator("IS DISTINCT FROM", Comparisons.of(SqlStdOperatorTable.IS_DISTINCT_FROM));
  public static final DialectFunction IS_NOT_DISTINCT_FROM =
      operator("IS NOT DISTINCT FROM", Comparisons.of(SqlStdOperatorTable.IS_NOT_DISTINCT_FROM));
  public static final DialectFunction BETWEEN = operator("BETWEEN", Comparisons::between);
  public static final DialectFunction BETWEEN_SYMMETRIC =
      operator("BETWEEN SYMMETRIC", Comparisons::betweenSymmetric);
  public static final DialectFunction IN = operator("IN", Comparisons::in);

  public static final DialectFunction LIKE = pattern("LIKE", Function.LIKE);
  public static final DialectFunction ILIKE = pattern("ILIKE", Function.ILIKE);
  public static final DialectFunction SIMILAR_TO = pattern("SIMILAR TO", Function.SIMILAR_TO);
  public static final DialectFunction REGEX_MATCH = pattern("~", Function.REGEX_MATCH);
  public static final DialectFunction REGEX_MATCH_IGNORE_CASE =
      pattern("~*", Function.REGEX_MATCH_IGNORE_CASE);
  public static final DialectFunction CONCAT = operator("||", TextFunctions::concatOperator);

  public static final DialectFunction GET = operator("->", DynamicFunctions::get);
  public static final DialectFunction GET_TEXT = operator("->>", DynamicFunctions::getText);
  public static final DialectFunction GET_PATH = operator("#>", DynamicFunctions::getPath);
  public static final DialectFunction GET_PATH_TEXT =
      operator("#>>", DynamicFunctions::getPathText);

  public static final DialectFunction INTERVAL =
      DialectFunction.function("interval", Intervals::literal);
  public static final DialectFunction CURRENT_DATE =
      DialectFunction.function("current_date", TimeFunctions::today);
  public static final DialectFunction NOW = DialectFunction.function("now", TimeFunctions::now);
  public static final DialectFunction AT_TIME_ZONE =
      operator("AT TIME ZONE", TimeFunctions::atTimeZone);
  public static final DialectFunction EXTRACT =
      DialectFunction.function("extract", TimeFunctions::extract);
  public static final DialectFunction POSITION =
      DialectFunction.function(
          "position",
          (rex, arguments) ->
              rex.call(
                  Function.POSITION,
                  LogicalType.INT64,
                  rex.text(arguments.get(0)),
                  rex.text(arguments.get(1))));

  /** What a query's column of intervals is shown as. */
  public static final DialectFunction SHOWN =
      DialectFunction.function(
          "shown", (rex, arguments) -> TextFunctions.anyText(rex, arguments.getFirst()));

  private Operators() {}

  /** The conversion to a type, as {@code CAST} and {@code ::} write it. */
  public static DialectFunction cast(LogicalType type) {
    return DialectFunction.operator(
        "CAST AS " + type.sqlName(),
        (rex, arguments) -> Casts.explicit(rex, arguments.getFirst(), type));
  }

  private static DialectFunction operator(String name, Builder builder) {
    return DialectFunction.operator(name, builder);
  }

  private static DialectFunction pattern(String name, Function function) {
    return operator(
        name,
        (rex, arguments) ->
            rex.call(
                function,
                rex.type(LogicalType.BOOL, Rex.anyNullable(List.copyOf(arguments))),
                arguments.stream().map(rex::text).toList()));
  }
}
