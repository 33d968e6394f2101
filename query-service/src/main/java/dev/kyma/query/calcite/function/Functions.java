package dev.kyma.query.calcite.function;

import static dev.kyma.query.calcite.function.TextFunctions.Argument.INT64;
import static dev.kyma.query.calcite.function.TextFunctions.Argument.TEXT;

import dev.kyma.format.type.LogicalType;
import dev.kyma.query.calcite.function.DialectFunction.Builder;
import dev.kyma.query.core.plan.AggregateFunction;
import dev.kyma.query.core.plan.Function;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/** All functions by name. Immutable. */
public final class Functions {
  private static final Map<String, SqlOperator> ALL = new HashMap<>();

  static {
    math();
    text();
    patterns();
    times();
    others();
    aggregates();
    windows();
  }

  private Functions() {}

  /** The function, aggregate or window function of a name in lower case. */
  public static Optional<SqlOperator> find(String name) {
    return Optional.ofNullable(ALL.get(name));
  }

  /** The names of all functions in order. */
  public static Set<String> names() {
    return Collections.unmodifiableSet(new TreeSet<>(ALL.keySet()));
  }

  private static void add(String name, Builder builder) {
    ALL.put(name, DialectFunction.function(name, builder));
  }

  private static void alias(String alias, String name) {
    ALL.put(alias, java.util.Objects.requireNonNull(ALL.get(name)));
  }

  private static void math() {
    add("abs", MathFunctions.keepingType(Function.ABS));
    add("sign", MathFunctions.keepingType(Function.SIGN));
    add("ceil", MathFunctions.toWhole(Function.CEIL));
    alias("ceiling", "ceil");
    add("floor", MathFunctions.toWhole(Function.FLOOR));
    add("round", MathFunctions.rounding(Function.ROUND));
    add("trunc", MathFunctions.rounding(Function.TRUNCATE));
    alias("truncate", "trunc");
    add("mod", Arithmetic::modulo);
    add("power", MathFunctions::power);
    alias("pow", "power");
    add("log", MathFunctions::log);
    add("log10", MathFunctions.ofFloats(Function.LOG10, 1));
    for (Function function :
        List.of(
            Function.SQRT,
            Function.CBRT,
            Function.EXP,
            Function.LN,
            Function.SIN,
            Function.COS,
            Function.TAN,
            Function.COT,
            Function.ASIN,
            Function.ACOS,
            Function.ATAN,
            Function.DEGREES,
            Function.RADIANS)) {
      add(function.name().toLowerCase(java.util.Locale.ROOT), MathFunctions.ofFloats(function, 1));
    }
    add("atan2", MathFunctions.ofFloats(Function.ATAN2, 2));
    add("random", MathFunctions.ofFloats(Function.RANDOM, 0));
    add(
        "pi",
        (rex, arguments) -> {
          Expect.count(arguments, 0);
          return rex.cast(rex.builder().makeLiteral("3.141592653589793"), LogicalType.FLOAT64);
        });
    add("cosine_distance", MathFunctions.distance(Function.COSINE_DISTANCE));
    add("l2_distance", MathFunctions.distance(Function.L2_DISTANCE));
    add("inner_product", MathFunctions.distance(Function.INNER_PRODUCT));
  }

  private static void text(
      String name, Function function, int least, TextFunctions.Argument... arguments) {
    add(name, TextFunctions.of(function, LogicalType.TEXT, least, arguments));
  }

  private static void text() {
    text("upper", Function.UPPER, 1, TEXT);
    text("lower", Function.LOWER, 1, TEXT);
    text("initcap", Function.INITCAP, 1, TEXT);
    add("length", TextFunctions::length);
    alias("char_length", "length");
    alias("character_length", "length");
    add("octet_length", TextFunctions.of(Function.OCTET_LENGTH, LogicalType.INT64, 1, TEXT));
    add("substring", TextFunctions::substring);
    alias("substr", "substring");
    add("strpos", TextFunctions.of(Function.POSITION, LogicalType.INT64, 2, TEXT, TEXT));
    text("trim", Function.TRIM, 1, TEXT, TEXT);
    alias("btrim", "trim");
    text("ltrim", Function.LTRIM, 1, TEXT, TEXT);
    text("rtrim", Function.RTRIM, 1, TEXT, TEXT);
    text("lpad", Function.LPAD, 2, TEXT, INT64, TEXT);
    text("rpad", Function.RPAD, 2, TEXT, INT64, TEXT);
    text("left", Function.LEFT, 2, TEXT, INT64);
    text("right", Function.RIGHT, 2, TEXT, INT64);
    text("replace", Function.REPLACE, 3, TEXT, TEXT, TEXT);
    text("translate", Function.TRANSLATE, 3, TEXT, TEXT, TEXT);
    text("reverse", Function.REVERSE, 1, TEXT);
    text("repeat", Function.REPEAT, 2, TEXT, INT64);
    text("split_part", Function.SPLIT_PART, 3, TEXT, TEXT, INT64);
    text("chr", Function.CHR, 1, INT64);
    text("md5", Function.MD5, 1, TEXT);
    add("ascii", TextFunctions.of(Function.ASCII, LogicalType.INT32, 1, TEXT));
    add("concat", TextFunctions::concat);
    add("concat_ws", TextFunctions::concatWithSeparator);
    predicate("starts_with", Function.STARTS_WITH);
    predicate("ends_with", Function.ENDS_WITH);
    predicate("has", Function.HAS);
    predicate("contains", Function.CONTAINS);
  }

  private static void predicate(String name, Function function) {
    add(name, TextFunctions.of(function, LogicalType.BOOL, 2, TEXT, TEXT));
  }

  private static void patterns() {
    text("regexp_replace", Function.REGEXP_REPLACE, 3, TEXT, TEXT, TEXT, TEXT);
    add("regexp_substr", TextFunctions.nullable(Function.REGEXP_SUBSTR, LogicalType.TEXT, 2));
    add("regexp_count", TextFunctions.of(Function.REGEXP_COUNT, LogicalType.INT64, 2, TEXT, TEXT));
    predicate("regexp_like", Function.REGEX_MATCH);
  }

  private static void times() {
    add("now", TimeFunctions::now);
    alias("transaction_timestamp", "now");
    alias("statement_timestamp", "now");
    add("date_trunc", TimeFunctions::dateTrunc);
    add("date_bin", TimeFunctions::dateBin);
    alias("time_bucket", "date_bin");
    add("date_part", TimeFunctions::extract);
    add("to_timestamp", TimeFunctions::toTimestamp);
    add("to_char", TimeFunctions::toChar);
  }

  private static void others() {
    add("coalesce", Comparisons.choice(Function.COALESCE));
    alias("ifnull", "coalesce");
    add("greatest", Comparisons.choice(Function.GREATEST));
    add("least", Comparisons.choice(Function.LEAST));
    add("nullif", Comparisons::nullIf);
    add("json_typeof", dynamic(Function.DYNAMIC_TYPE, LogicalType.TEXT));
    alias("jsonb_typeof", "json_typeof");
    add("json_array_length", dynamic(Function.DYNAMIC_LENGTH, LogicalType.INT64));
    alias("jsonb_array_length", "json_array_length");
    add("parse_json", TextFunctions.nullable(Function.PARSE_JSON, LogicalType.DYNAMIC, 1));
  }

  private static Builder dynamic(Function function, LogicalType type) {
    return (rex, arguments) -> {
      Expect.count(arguments, 1);
      return rex.nullableCall(
          function, type, List.of(DynamicFunctions.dynamic(arguments.getFirst())));
    };
  }

  private static void aggregate(AggregateFunction function, SqlKind kind, int least, int most) {
    AggregateOperator operator = new AggregateOperator(function, kind, least, most);
    ALL.put(operator.getName(), operator);
  }

  private static void aggregates() {
    ALL.put("count", SqlStdOperatorTable.COUNT);
    ALL.put("grouping", SqlStdOperatorTable.GROUPING);
    aggregate(AggregateFunction.SUM, SqlKind.SUM, 1, 1);
    aggregate(AggregateFunction.AVG, SqlKind.AVG, 1, 1);
    aggregate(AggregateFunction.MIN, SqlKind.MIN, 1, 1);
    aggregate(AggregateFunction.MAX, SqlKind.MAX, 1, 1);
    for (AggregateFunction function :
        List.of(
            AggregateFunction.BOOL_AND,
            AggregateFunction.BOOL_OR,
            AggregateFunction.BIT_AND,
            AggregateFunction.BIT_OR,
            AggregateFunction.BIT_XOR,
            AggregateFunction.STDDEV_SAMP,
            AggregateFunction.STDDEV_POP,
            AggregateFunction.VAR_SAMP,
            AggregateFunction.VAR_POP,
            AggregateFunction.APPROX_COUNT_DISTINCT,
            AggregateFunction.ANY_VALUE,
            AggregateFunction.ARRAY_AGG)) {
      aggregate(function, SqlKind.OTHER_FUNCTION, 1, 1);
    }
    alias("every", "bool_and");
    alias("stddev", "stddev_samp");
    alias("variance", "var_samp");
    aggregate(AggregateFunction.PERCENTILE_CONT, SqlKind.OTHER_FUNCTION, 2, 2);
    aggregate(AggregateFunction.PERCENTILE_DISC, SqlKind.OTHER_FUNCTION, 2, 2);
    aggregate(AggregateFunction.APPROX_PERCENTILE, SqlKind.OTHER_FUNCTION, 2, 2);
    aggregate(AggregateFunction.STRING_AGG, SqlKind.OTHER_FUNCTION, 2, 2);
  }

  private static void windows() {
    ALL.put("row_number", SqlStdOperatorTable.ROW_NUMBER);
    ALL.put("rank", SqlStdOperatorTable.RANK);
    ALL.put("dense_rank", SqlStdOperatorTable.DENSE_RANK);
    ALL.put("percent_rank", SqlStdOperatorTable.PERCENT_RANK);
    ALL.put("cume_dist", SqlStdOperatorTable.CUME_DIST);
    ALL.put("ntile", SqlStdOperatorTable.NTILE);
    ALL.put("lag", SqlStdOperatorTable.LAG);
    ALL.put("lead", SqlStdOperatorTable.LEAD);
    ALL.put("first_value", SqlStdOperatorTable.FIRST_VALUE);
    ALL.put("last_value", SqlStdOperatorTable.LAST_VALUE);
    ALL.put("nth_value", SqlStdOperatorTable.NTH_VALUE);
  }
}
