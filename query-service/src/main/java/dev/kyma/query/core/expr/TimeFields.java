package dev.kyma.query.core.expr;

import dev.kyma.format.type.LogicalType;
import dev.kyma.query.core.QueryException;
import dev.kyma.query.core.plan.Expr;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.util.Locale;
import java.util.Objects;

/** Parts of times. Stateless. */
final class TimeFields {
  private TimeFields() {}

  /** Cuts a time to a unit. */
  static LocalDateTime truncate(LocalDateTime time, String unit) {
    LocalDateTime day = time.truncatedTo(ChronoUnit.DAYS);
    int year = time.getYear();
    return switch (unit) {
      case "microseconds" -> time.truncatedTo(ChronoUnit.MICROS);
      case "milliseconds" -> time.truncatedTo(ChronoUnit.MILLIS);
      case "second" -> time.truncatedTo(ChronoUnit.SECONDS);
      case "minute" -> time.truncatedTo(ChronoUnit.MINUTES);
      case "hour" -> time.truncatedTo(ChronoUnit.HOURS);
      case "day" -> day;
      case "week" -> day.minusDays(time.getDayOfWeek().getValue() - 1L);
      case "month" -> day.withDayOfMonth(1);
      case "quarter" -> day.withDayOfMonth(1).withMonth((time.getMonthValue() - 1) / 3 * 3 + 1);
      case "year" -> day.withDayOfYear(1);
      case "decade" -> day.withDayOfYear(1).withYear(Math.floorDiv(year, 10) * 10);
      case "century" -> day.withDayOfYear(1).withYear(Math.floorDiv(year - 1, 100) * 100 + 1);
      case "millennium" ->
          day.withDayOfYear(1).withYear(Math.floorDiv(year - 1, 1_000) * 1_000 + 1);
      default -> throw QueryException.invalidValue("unit \"" + unit + "\" is not known");
    };
  }

  static RowFunction extractor(Expr.Call call) {
    String field =
        Objects.requireNonNullElse(TextConditions.constant(call.arguments().getFirst()), "")
            .toLowerCase(Locale.ROOT);
    LogicalType.Kind kind = call.arguments().get(1).type().kind();
    return (row, result) -> {
      long nanos =
          kind == LogicalType.Kind.DATE
              ? row.integer(1) * TimeFunctions.NANOS_PER_DAY
              : row.integer(1);
      if (field.equals("epoch")) {
        result.number(kind == LogicalType.Kind.DATE ? row.integer(1) * 86_400.0 : nanos / 1e9);
        return;
      }
      LocalDateTime time =
          kind == LogicalType.Kind.DATE
              ? LocalDate.ofEpochDay(row.integer(1)).atStartOfDay()
              : TimeFunctions.dateTime(nanos);
      if (field.equals("second")) {
        result.number(time.getSecond() + time.getNano() / 1e9);
        return;
      }
      result.integer(field(time, field));
    };
  }

  private static long field(LocalDateTime time, String field) {
    long inMinute = time.getSecond() * TimeFunctions.NANOS_PER_SECOND + time.getNano();
    return switch (field) {
      case "nanosecond" -> inMinute;
      case "microsecond" -> inMinute / 1_000;
      case "millisecond" -> inMinute / 1_000_000;
      case "minute" -> time.getMinute();
      case "hour" -> time.getHour();
      case "day" -> time.getDayOfMonth();
      case "month" -> time.getMonthValue();
      case "quarter" -> (time.getMonthValue() - 1) / 3 + 1;
      case "year" -> time.getYear();
      case "decade" -> Math.floorDiv(time.getYear(), 10);
      case "century" -> Math.floorDiv(time.getYear() - 1, 100) + 1;
      case "millennium" -> Math.floorDiv(time.getYear() - 1, 1_000) + 1;
      case "dow" -> time.getDayOfWeek().getValue() % 7;
      case "isodow" -> time.getDayOfWeek().getValue();
      case "doy" -> time.getDayOfYear();
      case "week" -> time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
      case "isoyear" -> time.get(IsoFields.WEEK_BASED_YEAR);
      case "second" -> time.get(ChronoField.SECOND_OF_MINUTE);
      default -> throw QueryException.invalidValue("field \"" + field + "\" is not known");
    };
  }

  /** Nanoseconds as an interval: {@code 2 days 03:04:05.6}. */
  static String nanosText(long nanos) {
    long days = nanos / TimeFunctions.NANOS_PER_DAY;
    long rest = nanos % TimeFunctions.NANOS_PER_DAY;
    StringBuilder text = new StringBuilder();
    if (days != 0) {
      text.append(days).append(Math.abs(days) == 1 ? " day" : " days");
    }
    if (rest != 0 || days == 0) {
      if (days != 0) {
        text.append(' ');
      }
      if (rest < 0) {
        text.append('-');
      }
      long part = Math.abs(rest);
      long seconds = part / TimeFunctions.NANOS_PER_SECOND;
      text.append(
          String.format(
              Locale.ROOT, "%02d:%02d:%02d", seconds / 3_600, seconds / 60 % 60, seconds % 60));
      long fraction = part % TimeFunctions.NANOS_PER_SECOND;
      if (fraction != 0) {
        String digits = String.format(Locale.ROOT, "%09d", fraction);
        text.append('.').append(digits.replaceAll("0+$", ""));
      }
    }
    return text.toString();
  }

  /** Months as an interval: {@code 1 year 2 mons}. */
  static String monthsText(long months) {
    long years = months / 12;
    long rest = months % 12;
    StringBuilder text = new StringBuilder();
    if (years != 0) {
      text.append(years).append(Math.abs(years) == 1 ? " year" : " years");
    }
    if (rest != 0) {
      text.append(text.isEmpty() ? "" : " ");
      text.append(rest).append(Math.abs(rest) == 1 ? " mon" : " mons");
    }
    return text.isEmpty() ? "00:00:00" : text.toString();
  }
}
