package dev.kyma.query.core.expr;

import dev.kyma.format.json.PathExtractor;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.DoubleVector;
import dev.kyma.format.vector.LongVector;
import dev.kyma.query.core.QueryException;
import dev.kyma.query.core.plan.Expr;
import dev.kyma.query.core.text.ByteSink;
import dev.kyma.query.core.text.JsonText;
import dev.kyma.query.core.text.SqlText;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;

/** Conversions between types. Stateless. */
final class Casts {
  private static final long NANOS_PER_DAY = 86_400_000_000_000L;

  private Casts() {}

  static Evaluator evaluator(Expr.Cast cast, Instant now) {
    LogicalType from = cast.argument().type();
    LogicalType to = cast.type();
    Evaluator argument = Expressions.evaluator(cast.argument(), now);
    if (from.equals(to)) {
      return argument;
    }
    if (from.isInteger() && to.physical() == LogicalType.Physical.DOUBLE) {
      return (batch, selection) -> toFloat(argument.evaluate(batch, selection), to);
    }
    if (from.isInteger() && to.kind() == LogicalType.Kind.INT64) {
      return (batch, selection) -> retyped((LongVector) argument.evaluate(batch, selection), to);
    }
    if (from.kind() == LogicalType.Kind.DYNAMIC
        && PathExtractor.supports(to)
        && to.kind() == LogicalType.Kind.TEXT) {
      PathExtractor extractor = new PathExtractor(List.of(), to);
      return (batch, selection) ->
          extractor.extract(argument.evaluate(batch, selection), selection);
    }
    return Expressions.scalar(
        to, List.of(cast.argument()), now, function(from, to), ScalarEvaluator.Nulls.GIVE_NULL);
  }

  private static ColumnVector toFloat(ColumnVector column, LogicalType to) {
    long[] source = ((LongVector) column).values();
    double[] values = new double[column.size()];
    boolean single = to.kind() == LogicalType.Kind.FLOAT32;
    for (int i = 0; i < values.length; i++) {
      values[i] = single ? (float) source[i] : source[i];
    }
    return new DoubleVector(to, values.length, values, column.nulls());
  }

  private static ColumnVector retyped(LongVector column, LogicalType to) {
    return new LongVector(to, column.size(), column.values(), column.nulls());
  }

  private static RowFunction function(LogicalType from, LogicalType to) {
    if (from.kind() == LogicalType.Kind.DYNAMIC) {
      return new DynamicCast(to);
    }
    return switch (to.kind()) {
      case BOOL ->
          from.kind() == LogicalType.Kind.TEXT
              ? (row, result) -> result.bool(TextParser.bool(row.text(0)))
              : (row, result) -> result.bool(row.decimal(0).signum() != 0);
      case INT16, INT32, INT64, DECIMAL -> exact(from);
      case FLOAT32, FLOAT64 -> toFloat(from, to);
      case DATE -> toDate(from);
      case TIME -> toTime(from);
      case TIMESTAMP -> toTimestamp(from);
      case TEXT -> toText();
      case BINARY -> (row, result) -> result.bytes(TextParser.binary(row.text(0)));
      case DYNAMIC -> toDynamic();
      case VECTOR -> throw QueryException.unsupported("a conversion of " + from + " to " + to);
    };
  }

  private static RowFunction exact(LogicalType from) {
    return switch (from.kind()) {
      case TEXT ->
          (row, result) -> {
            if (result.type().isInteger()) {
              result.checked(TextParser.integer(row.text(0), result.type()));
            } else {
              result.decimal(TextParser.decimal(row.text(0), result.type()));
            }
          };
      case FLOAT32, FLOAT64 -> (row, result) -> fromFloat(row.number(0), result);
      case BOOL, INT16, INT32, INT64, DECIMAL -> (row, result) -> result.decimal(row.decimal(0));
      case DATE, TIME, TIMESTAMP, BINARY, DYNAMIC, VECTOR -> throw noCast(from);
    };
  }

  /** Floats round half to even where the target is whole, and half away from zero otherwise. */
  static void fromFloat(double value, Result result) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      throw Result.outOfRange(result.type());
    }
    if (result.type().isInteger()) {
      double rounded = Math.rint(value);
      if (rounded < -0x1p63 || rounded >= 0x1p63) {
        throw Result.outOfRange(result.type());
      }
      result.checked((long) rounded);
    } else {
      result.decimal(new BigDecimal(Double.toString(value)), RoundingMode.HALF_UP);
    }
  }

  private static RowFunction toFloat(LogicalType from, LogicalType to) {
    boolean single = to.kind() == LogicalType.Kind.FLOAT32;
    return switch (from.kind()) {
      case TEXT -> (row, result) -> result.number(TextParser.number(row.text(0), to));
      case FLOAT32, FLOAT64 ->
          (row, result) -> {
            double value = row.number(0);
            double narrow = single ? (float) value : value;
            if (Double.isInfinite(narrow) && !Double.isInfinite(value)) {
              throw Result.outOfRange(to);
            }
            result.number(narrow);
          };
      case BOOL, INT16, INT32, INT64, DECIMAL ->
          (row, result) ->
              result.number(single ? row.decimal(0).floatValue() : row.decimal(0).doubleValue());
      case DATE, TIME, TIMESTAMP, BINARY, DYNAMIC, VECTOR -> throw noCast(from);
    };
  }

  private static RowFunction toDate(LogicalType from) {
    return switch (from.kind()) {
      case TEXT -> (row, result) -> result.checked(TextParser.date(row.text(0)));
      case TIMESTAMP ->
          (row, result) -> result.checked(Math.floorDiv(row.integer(0), NANOS_PER_DAY));
      case BOOL,
          INT16,
          INT32,
          INT64,
          FLOAT32,
          FLOAT64,
          DECIMAL,
          DATE,
          TIME,
          BINARY,
          DYNAMIC,
          VECTOR ->
          throw noCast(from);
    };
  }

  private static RowFunction toTime(LogicalType from) {
    return switch (from.kind()) {
      case TEXT -> (row, result) -> result.integer(TextParser.time(row.text(0)));
      case TIMESTAMP ->
          (row, result) -> result.integer(Math.floorMod(row.integer(0), NANOS_PER_DAY));
      case BOOL,
          INT16,
          INT32,
          INT64,
          FLOAT32,
          FLOAT64,
          DECIMAL,
          DATE,
          TIME,
          BINARY,
          DYNAMIC,
          VECTOR ->
          throw noCast(from);
    };
  }

  private static RowFunction toTimestamp(LogicalType from) {
    return switch (from.kind()) {
      case TEXT -> (row, result) -> result.integer(TextParser.timestamp(row.text(0)));
      case DATE -> (row, result) -> result.integer(startOfDay(row.integer(0)));
      case BOOL,
          INT16,
          INT32,
          INT64,
          FLOAT32,
          FLOAT64,
          DECIMAL,
          TIME,
          TIMESTAMP,
          BINARY,
          DYNAMIC,
          VECTOR ->
          throw noCast(from);
    };
  }

  static long startOfDay(long day) {
    try {
      return Math.multiplyExact(day, NANOS_PER_DAY);
    } catch (ArithmeticException e) {
      throw Result.outOfRange(LogicalType.TIMESTAMP);
    }
  }

  private static RowFunction toText() {
    ByteSink sink = new ByteSink(64);
    return (row, result) -> {
      sink.clear();
      SqlText.write(row.column(0), row.place(), sink);
      result.bytes(sink.array(), 0, sink.size());
    };
  }

  private static RowFunction toDynamic() {
    ByteSink sink = new ByteSink(64);
    return (row, result) -> {
      sink.clear();
      if (row.type(0).kind() == LogicalType.Kind.DECIMAL) {
        SqlText.write(row.column(0), row.place(), sink); // a number, where answers have a string
      } else {
        JsonText.write(row.column(0), row.place(), sink);
      }
      result.bytes(sink.array(), 0, sink.size());
    };
  }

  private static QueryException noCast(LogicalType from) {
    return QueryException.unsupported("this conversion of " + from.sqlName());
  }
}
