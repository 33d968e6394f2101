package dev.kyma.query.calcite.function;

import static dev.kyma.query.calcite.function.Rex.mismatch;

import dev.kyma.format.type.LogicalType;
import dev.kyma.format.type.LogicalType.Kind;
import dev.kyma.query.calcite.type.SqlTypes;
import dev.kyma.query.core.plan.Function;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.rex.RexNode;

/** Functions of dates, times and intervals. */
final class TimeFunctions {
  private static final Set<String> TRUNCATION_UNITS =
      Set.of(
          "nanoseconds",
          "microseconds",
          "milliseconds",
          "second",
          "minute",
          "hour",
          "day",
          "week",
          "month",
          "quarter",
          "year",
          "decade",
          "century",
          "millennium");

  private static final Set<String> FIELDS =
      Set.of(
          "nanosecond",
          "microsecond",
          "millisecond",
          "second",
          "minute",
          "hour",
          "day",
          "month",
          "quarter",
          "year",
          "decade",
          "century",
          "millennium",
          "epoch",
          "dow",
          "isodow",
          "doy",
          "week",
          "isoyear");

  private static final Map<String, String> PLURALS =
      Map.of(
          "microsecond",
          "microseconds",
          "millisecond",
          "milliseconds",
          "nanosecond",
          "nanoseconds",
          "centuries",
          "century",
          "millennia",
          "millennium");

  private TimeFunctions() {}

  static RexNode now(Rex rex, List<RexNode> arguments) {
    Expect.count(arguments, 0);
    return rex.call(Function.NOW, LogicalType.TIMESTAMP);
  }

  static RexNode today(Rex rex, List<RexNode> arguments) {
    Expect.count(arguments, 0);
    return rex.cast(now(rex, List.of()), LogicalType.DATE);
  }

  static RexNode dateTrunc(Rex rex, List<RexNode> arguments) {
    Expect.between(arguments, 2, 3);
    String unit = constant(arguments.getFirst()).toLowerCase(Locale.ROOT);
    String singular =
        unit.endsWith("s") && TRUNCATION_UNITS.contains(unit.substring(0, unit.length() - 1))
            ? unit.substring(0, unit.length() - 1)
            : PLURALS.getOrDefault(unit, unit);
    if (!TRUNCATION_UNITS.contains(singular)) {
      throw mismatch("'" + unit + "' is not a unit of time");
    }
    List<RexNode> all = new ArrayList<>();
    all.add(rex.textLiteral(singular));
    all.add(rex.timestamp(arguments.get(1)));
    if (arguments.size() == 3) {
      all.add(rex.text(arguments.get(2)));
    }
    return rex.call(Function.DATE_TRUNC, LogicalType.TIMESTAMP, all.toArray(RexNode[]::new));
  }

  /** {@code date_bin(width, time [, origin])} and {@code time_bucket}. */
  static RexNode dateBin(Rex rex, List<RexNode> arguments) {
    Expect.between(arguments, 2, 3);
    RexNode width = arguments.getFirst();
    if (SqlTypes.isUnknown(width.getType())) {
      width = Intervals.ofText(rex, constant(width));
    } else if (!Arithmetic.isInterval(width.getType())) {
      throw mismatch("the width must be an interval");
    }
    RexNode time = rex.timestamp(arguments.get(1));
    RexNode origin =
        arguments.size() == 3
            ? rex.timestamp(arguments.get(2))
            : rex.cast(rex.builder().makeLiteral("1970-01-01 00:00:00"), LogicalType.TIMESTAMP);
    Function function =
        SqlTypes.isNanos(width.getType()) ? Function.DATE_BIN : Function.DATE_BIN_MONTHS;
    return rex.call(function, LogicalType.TIMESTAMP, width, time, origin);
  }

  /** {@code extract(field from time)} and {@code date_part('field', time)}. */
  static RexNode extract(Rex rex, List<RexNode> arguments) {
    Expect.count(arguments, 2);
    String name = constant(arguments.getFirst()).toLowerCase(Locale.ROOT);
    String field =
        name.endsWith("s") && FIELDS.contains(name.substring(0, name.length() - 1))
            ? name.substring(0, name.length() - 1)
            : Map.of("centuries", "century", "millennia", "millennium").getOrDefault(name, name);
    if (!FIELDS.contains(field)) {
      throw mismatch("'" + name + "' is not a field of a time");
    }
    RexNode value = arguments.get(1);
    if (SqlTypes.isNanos(value.getType())) {
      return ofInterval(rex, field, value);
    }
    RexNode time =
        SqlTypes.is(value.getType(), Kind.DATE) || SqlTypes.is(value.getType(), Kind.TIME)
            ? value
            : rex.timestamp(value);
    LogicalType type =
        field.equals("epoch") || field.equals("second") ? LogicalType.FLOAT64 : LogicalType.INT64;
    return rex.call(Function.EXTRACT, type, rex.textLiteral(field), time);
  }

  private static RexNode ofInterval(Rex rex, String field, RexNode interval) {
    if (!field.equals("epoch")) {
      throw mismatch("of an interval only the epoch can be extracted");
    }
    RexNode nanos =
        rex.builder()
            .makeAbstractCast(
                rex.type(LogicalType.FLOAT64, interval.getType().isNullable()), interval, false);
    return rex.call(
        Function.DIVIDE,
        LogicalType.FLOAT64,
        nanos,
        rex.cast(rex.intLiteral(1_000_000_000L), LogicalType.FLOAT64));
  }

  /** {@code time AT TIME ZONE 'zone'}. */
  static RexNode atTimeZone(Rex rex, List<RexNode> arguments) {
    return rex.call(
        Function.AT_TIME_ZONE,
        LogicalType.TIMESTAMP,
        rex.timestamp(arguments.get(0)),
        rex.text(arguments.get(1)));
  }

  static RexNode toTimestamp(Rex rex, List<RexNode> arguments) {
    Expect.between(arguments, 1, 2);
    if (arguments.size() == 2) {
      return rex.call(
          Function.TO_TIMESTAMP,
          LogicalType.TIMESTAMP,
          rex.text(arguments.get(0)),
          rex.text(arguments.get(1)));
    }
    return rex.call(
        Function.EPOCH_TO_TIMESTAMP, LogicalType.TIMESTAMP, rex.float64(arguments.getFirst()));
  }

  static RexNode toChar(Rex rex, List<RexNode> arguments) {
    Expect.count(arguments, 2);
    return rex.call(
        Function.TO_CHAR,
        LogicalType.TEXT,
        rex.timestamp(arguments.get(0)),
        rex.text(arguments.get(1)));
  }

  private static String constant(RexNode node) {
    Optional<String> text = Rex.constantText(node);
    return text.orElseThrow(() -> mismatch("the first argument must be a constant text"));
  }
}
