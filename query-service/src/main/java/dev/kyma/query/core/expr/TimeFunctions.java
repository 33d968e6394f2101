package dev.kyma.query.core.expr;

import dev.kyma.format.predicate.Constant;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.LongVector;
import dev.kyma.query.core.QueryException;
import dev.kyma.query.core.plan.Expr;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Functions of dates and times, nanoseconds since 1970 in UTC. Stateless. */
final class TimeFunctions {
  static final long NANOS_PER_SECOND = 1_000_000_000L;
  static final long NANOS_PER_DAY = 86_400 * NANOS_PER_SECOND;

  private TimeFunctions() {}

  static Evaluator evaluator(Expr.Call call, Instant now) {
    List<Expr> arguments = call.arguments();
    return switch (call.function()) {
      case NOW ->
          Literals.evaluator(Expr.Literal.of(Constant.of(LogicalType.TIMESTAMP, nanos(now))));
      case ADD_NANOS ->
          Expressions.scalar(
              call, now, (row, result) -> result.integer(add(row.integer(0), row.integer(1))));
      case ADD_MONTHS -> Expressions.scalar(call, now, TimeFunctions::addMonths);
      case ADD_DAYS ->
          Expressions.scalar(
              call,
              now,
              (row, result) -> {
                long days = row.integer(0) + Math.clamp(row.integer(1), -1L << 40, 1L << 40);
                result.checked(days);
              });
      case NANOS_BETWEEN ->
          Expressions.scalar(
              call,
              now,
              (row, result) -> {
                try {
                  result.integer(Math.subtractExact(row.integer(0), row.integer(1)));
                } catch (ArithmeticException e) {
                  throw Result.outOfRange(LogicalType.INT64);
                }
              });
      case DAYS_BETWEEN ->
          Expressions.scalar(
              call, now, (row, result) -> result.checked(row.integer(0) - row.integer(1)));
      case DATE_TRUNC -> truncate(call, now);
      case DATE_BIN -> bin(call, now);
      case DATE_BIN_MONTHS -> Expressions.scalar(call, now, TimeFunctions::binMonths);
      case EXTRACT -> Expressions.scalar(call, now, TimeFields.extractor(call));
      case AT_TIME_ZONE ->
          Expressions.scalar(
              call,
              now,
              (row, result) -> {
                ZoneId zone = zone(row.text(1));
                result.integer(
                    nanos(
                        dateTime(row.integer(0))
                            .atOffset(ZoneOffset.UTC)
                            .atZoneSameInstant(zone)
                            .toLocalDateTime()));
              });
      case TO_CHAR -> {
        String format = TextConditions.constant(arguments.get(1));
        TimeFormat constant = format == null ? null : TimeFormat.of(format);
        yield Expressions.scalar(
            call,
            now,
            (row, result) -> {
              TimeFormat used = constant == null ? TimeFormat.of(row.text(1)) : constant;
              result.text(used.format(dateTime(row.integer(0))));
            });
      }
      case TO_TIMESTAMP -> {
        String format = TextConditions.constant(arguments.get(1));
        TimeFormat constant = format == null ? null : TimeFormat.of(format);
        yield Expressions.scalar(
            call,
            now,
            (row, result) -> {
              TimeFormat used = constant == null ? TimeFormat.of(row.text(1)) : constant;
              result.integer(nanos(used.parse(row.text(0))));
            });
      }
      case EPOCH_TO_TIMESTAMP ->
          Expressions.scalar(
              call,
              now,
              (row, result) -> {
                double nanos = row.number(0) * 1e9;
                if (!(Math.abs(nanos) < 0x1p63)) {
                  throw Result.outOfRange(LogicalType.TIMESTAMP);
                }
                // Doubles hold times of today to a fraction of a microsecond: round to that.
                double seconds = Math.floor(row.number(0));
                long micros = Math.round((row.number(0) - seconds) * 1e6);
                result.integer((long) seconds * NANOS_PER_SECOND + micros * 1_000);
              });
      case NANOS_TO_TEXT ->
          Expressions.scalar(
              call, now, (row, result) -> result.text(TimeFields.nanosText(row.integer(0))));
      case MONTHS_TO_TEXT ->
          Expressions.scalar(
              call, now, (row, result) -> result.text(TimeFields.monthsText(row.integer(0))));
      default -> throw new IllegalStateException(call.function() + " is no function of time");
    };
  }

  static long nanos(Instant instant) {
    return instant.getEpochSecond() * NANOS_PER_SECOND + instant.getNano();
  }

  static LocalDateTime dateTime(long nanos) {
    return LocalDateTime.ofEpochSecond(
        Math.floorDiv(nanos, NANOS_PER_SECOND),
        (int) Math.floorMod(nanos, NANOS_PER_SECOND),
        ZoneOffset.UTC);
  }

  static long nanos(LocalDateTime time) {
    try {
      return Math.addExact(
          Math.multiplyExact(time.toEpochSecond(ZoneOffset.UTC), NANOS_PER_SECOND), time.getNano());
    } catch (ArithmeticException e) {
      throw Result.outOfRange(LogicalType.TIMESTAMP);
    }
  }

  static ZoneId zone(String name) {
    try {
      return ZoneId.of(name.strip());
    } catch (DateTimeException e) {
      throw QueryException.invalidValue("time zone \"" + name + "\" is not known");
    }
  }

  private static long add(long time, long nanos) {
    try {
      return Math.addExact(time, nanos);
    } catch (ArithmeticException e) {
      throw Result.outOfRange(LogicalType.TIMESTAMP);
    }
  }

  private static void addMonths(Row row, Result result) {
    long months = row.integer(1);
    if (Math.abs(months) > 12_000_000) {
      throw Result.outOfRange(result.type());
    }
    if (row.type(0).kind() == LogicalType.Kind.DATE) {
      LocalDate date = LocalDate.ofEpochDay(row.integer(0)).plusMonths(months);
      if (result.type().kind() == LogicalType.Kind.DATE) {
        result.checked(date.toEpochDay());
      } else {
        result.integer(Casts.startOfDay(date.toEpochDay()));
      }
    } else {
      result.integer(nanos(dateTime(row.integer(0)).plusMonths(months)));
    }
  }

  /** The length of a unit in nanoseconds where it always has the same, else 0. */
  private static long length(String unit) {
    return switch (unit) {
      case "microseconds" -> 1_000L;
      case "milliseconds" -> 1_000_000L;
      case "second" -> NANOS_PER_SECOND;
      case "minute" -> 60 * NANOS_PER_SECOND;
      case "hour" -> 3_600 * NANOS_PER_SECOND;
      case "day" -> NANOS_PER_DAY;
      default -> 0;
    };
  }

  private static Evaluator truncate(Expr.Call call, Instant now) {
    List<Expr> arguments = call.arguments();
    String unit =
        Objects.requireNonNullElse(TextConditions.constant(arguments.getFirst()), "")
            .toLowerCase(Locale.ROOT);
    long length = length(unit);
    if (length > 0 && arguments.size() == 2) {
      Evaluator time = Expressions.evaluator(arguments.get(1), now);
      return (batch, selection) -> floor(time.evaluate(batch, selection), length, 0);
    }
    if (arguments.size() > 2) {
      return Expressions.scalar(
          call,
          now,
          (row, result) -> {
            ZoneId zone = zone(row.text(2));
            LocalDateTime wall =
                dateTime(row.integer(1))
                    .atOffset(ZoneOffset.UTC)
                    .atZoneSameInstant(zone)
                    .toLocalDateTime();
            LocalDateTime cut = TimeFields.truncate(wall, unit);
            result.integer(
                nanos(cut.atZone(zone).withZoneSameInstant(ZoneOffset.UTC).toLocalDateTime()));
          });
    }
    return Expressions.scalar(
        call,
        now,
        (row, result) ->
            result.integer(nanos(TimeFields.truncate(dateTime(row.integer(1)), unit))));
  }

  /** Cuts times to multiples of a length counted from an origin; the loop of most time series. */
  private static ColumnVector floor(ColumnVector column, long length, long origin) {
    LongVector vector = (LongVector) column;
    long[] source = vector.values();
    long[] values = new long[vector.size()];
    // Neighbours mostly fall into the same bin, which spares the division.
    long begin = 0;
    long end = 0;
    for (int i = 0; i < values.length; i++) {
      long time = source[i];
      if (time < begin || time >= end) {
        long since = time - origin;
        begin = origin + Math.floorDiv(since, length) * length;
        end = begin + length;
      }
      values[i] = begin;
    }
    return new LongVector(LogicalType.TIMESTAMP, values.length, values, vector.nulls());
  }

  private static Evaluator bin(Expr.Call call, Instant now) {
    List<Expr> arguments = call.arguments();
    if (arguments.get(0) instanceof Expr.Literal length
        && length.value() instanceof Constant.OfLong nanos
        && arguments.get(2) instanceof Expr.Literal origin
        && origin.value() instanceof Constant.OfLong start
        && nanos.value() > 0
        && nanos.value() < 1L << 60
        && Math.abs(start.value()) < 1L << 61) {
      Evaluator time = Expressions.evaluator(arguments.get(1), now);
      return (batch, selection) ->
          floor(time.evaluate(batch, selection), nanos.value(), start.value());
    }
    return Expressions.scalar(
        call,
        now,
        (row, result) -> {
          long length = row.integer(0);
          if (length <= 0) {
            throw QueryException.invalidValue("a bin must be longer than zero");
          }
          try {
            long since = Math.subtractExact(row.integer(1), row.integer(2));
            result.integer(
                Math.addExact(
                    row.integer(2), Math.multiplyExact(Math.floorDiv(since, length), length)));
          } catch (ArithmeticException e) {
            throw Result.outOfRange(LogicalType.TIMESTAMP);
          }
        });
  }

  private static void binMonths(Row row, Result result) {
    long months = row.integer(0);
    if (months <= 0 || months > 12_000_000) {
      throw QueryException.invalidValue("a bin must be longer than zero");
    }
    LocalDateTime origin = dateTime(row.integer(2));
    LocalDateTime time = dateTime(row.integer(1));
    long between =
        (time.getYear() - origin.getYear()) * 12L + time.getMonthValue() - origin.getMonthValue();
    long bins = Math.floorDiv(between, months);
    LocalDateTime begin = origin.plusMonths(bins * months);
    if (begin.isAfter(time)) {
      begin = origin.plusMonths((bins - 1) * months);
    }
    result.integer(nanos(begin));
  }
}
