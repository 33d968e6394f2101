package dev.kyma.query.core.expr;

import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.Selection;
import dev.kyma.query.core.plan.Expr;
import dev.kyma.query.core.plan.Function;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Makes evaluators of expressions. Stateless. */
public final class Expressions {
  private Expressions() {}

  /**
   * Computes an expression's value.
   *
   * @param now what {@link Function#NOW} answers
   * @throws dev.kyma.query.core.QueryException if the expression cannot be evaluated whatever the
   *     row, for example for a malformed regular expression
   */
  public static Evaluator evaluator(Expr expression, Instant now) {
    return switch (expression) {
      case Expr.ColumnRef reference -> (batch, selection) -> batch.column(reference.index());
      case Expr.Literal literal -> Literals.evaluator(literal);
      case Expr.Cast cast -> Casts.evaluator(cast, now);
      case Expr.Case branches -> new CaseEvaluator(branches, now);
      case Expr.In in -> asColumn(condition(in, now));
      case Expr.Call call ->
          Logic.isCondition(call.function())
              ? asColumn(Logic.condition(call, now))
              : call(call, now);
    };
  }

  /** Decides a BOOL expression. */
  public static Condition condition(Expr expression, Instant now) {
    return switch (expression) {
      case Expr.In in -> Comparisons.in(in, now);
      case Expr.Call call when Logic.isCondition(call.function()) -> Logic.condition(call, now);
      case Expr other -> {
        Evaluator evaluator = evaluator(other, now);
        yield (batch, selection) -> Truth.of(evaluator.evaluate(batch, selection));
      }
    };
  }

  /**
   * The value of an expression that names no column.
   *
   * @throws dev.kyma.query.core.QueryException if it has none
   */
  public static Expr.Literal constant(Expr expression, Instant now) {
    Batch one = new Batch(List.of(), 1);
    ColumnVector value = evaluator(expression, now).evaluate(one, Selection.all(1));
    return value.isNull(0)
        ? Expr.Literal.ofNull(expression.type())
        : Expr.Literal.of(Literals.constant(value, 0));
  }

  private static Evaluator asColumn(Condition condition) {
    return (batch, selection) -> condition.test(batch, selection).column(batch.rowCount());
  }

  static List<Evaluator> evaluators(List<Expr> expressions, Instant now) {
    List<Evaluator> evaluators = new ArrayList<>(expressions.size());
    for (Expr expression : expressions) {
      evaluators.add(evaluator(expression, now));
    }
    return evaluators;
  }

  /** The place of the only argument that is no constant, or -1. */
  static int varying(List<Expr> arguments) {
    int varying = -1;
    for (int i = 0; i < arguments.size(); i++) {
      if (!(arguments.get(i) instanceof Expr.Literal)) {
        if (varying >= 0) {
          return -1;
        }
        varying = i;
      }
    }
    return varying;
  }

  /** A function applied row by row, NULL where an argument is. */
  static Evaluator scalar(Expr.Call call, Instant now, RowFunction function) {
    return scalar(call.type(), call.arguments(), now, function, ScalarEvaluator.Nulls.GIVE_NULL);
  }

  static Evaluator scalar(
      LogicalType type,
      List<Expr> arguments,
      Instant now,
      RowFunction function,
      ScalarEvaluator.Nulls nulls) {
    return new ScalarEvaluator(
        type, evaluators(arguments, now), function, nulls, varying(arguments));
  }

  private static Evaluator call(Expr.Call call, Instant now) {
    return switch (call.function()) {
      case ADD, SUBTRACT, MULTIPLY, DIVIDE, MODULO, NEGATE, BIT_AND, BIT_OR, BIT_XOR ->
          Arithmetic.evaluator(call, now);
      case ABS,
          SIGN,
          CEIL,
          FLOOR,
          ROUND,
          TRUNCATE,
          SQRT,
          CBRT,
          POWER,
          EXP,
          LN,
          LOG10,
          LOG,
          SIN,
          COS,
          TAN,
          COT,
          ASIN,
          ACOS,
          ATAN,
          ATAN2,
          DEGREES,
          RADIANS,
          RANDOM,
          COSINE_DISTANCE,
          L2_DISTANCE,
          INNER_PRODUCT ->
          MathFunctions.evaluator(call, now);
      case COALESCE, NULLIF, GREATEST, LEAST -> Choice.evaluator(call, now);
      case CONCAT_OPERATOR,
          CONCAT,
          CONCAT_WS,
          UPPER,
          LOWER,
          INITCAP,
          LENGTH,
          OCTET_LENGTH,
          SUBSTRING,
          POSITION,
          TRIM,
          LTRIM,
          RTRIM,
          LPAD,
          RPAD,
          LEFT,
          RIGHT,
          REPLACE,
          TRANSLATE,
          REVERSE,
          REPEAT,
          SPLIT_PART,
          ASCII,
          CHR,
          MD5 ->
          TextFunctions.evaluator(call, now);
      case REGEXP_REPLACE, REGEXP_SUBSTR, REGEXP_COUNT -> RegexFunctions.evaluator(call, now);
      case NOW,
          ADD_NANOS,
          ADD_MONTHS,
          ADD_DAYS,
          NANOS_BETWEEN,
          DAYS_BETWEEN,
          DATE_TRUNC,
          DATE_BIN,
          DATE_BIN_MONTHS,
          EXTRACT,
          AT_TIME_ZONE,
          TO_CHAR,
          TO_TIMESTAMP,
          EPOCH_TO_TIMESTAMP,
          NANOS_TO_TEXT,
          MONTHS_TO_TEXT ->
          TimeFunctions.evaluator(call, now);
      case DYNAMIC_GET, DYNAMIC_ELEMENT, DYNAMIC_LENGTH, DYNAMIC_TYPE, PARSE_JSON ->
          DynamicFunctions.evaluator(call, now);
      case EQUAL,
          NOT_EQUAL,
          LESS,
          LESS_OR_EQUAL,
          GREATER,
          GREATER_OR_EQUAL,
          IS_DISTINCT_FROM,
          IS_NOT_DISTINCT_FROM,
          AND,
          OR,
          NOT,
          IS_NULL,
          IS_NOT_NULL,
          IS_TRUE,
          IS_NOT_TRUE,
          IS_FALSE,
          IS_NOT_FALSE,
          LIKE,
          ILIKE,
          SIMILAR_TO,
          REGEX_MATCH,
          REGEX_MATCH_IGNORE_CASE,
          STARTS_WITH,
          ENDS_WITH,
          HAS,
          CONTAINS,
          DYNAMIC_HAS_KEY ->
          asColumn(Logic.condition(call, now));
    };
  }
}
