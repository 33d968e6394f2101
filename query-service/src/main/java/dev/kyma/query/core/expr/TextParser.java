package dev.kyma.query.core.expr;

import dev.kyma.format.type.LogicalType;
import dev.kyma.query.core.QueryException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Values from text, as Postgres reads them; spaces around are ignored. Stateless. */
final class TextParser {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /** Without nested repetition: takes linear time on any text. */
  private static final Pattern TIMESTAMP =
      Pattern.compile(
          "(\\d{4,6})-(\\d{1,2})-(\\d{1,2})"
              + "(?:[ T](\\d{1,2}):(\\d{2})(?::(\\d{2})(?:[.,](\\d{1,9})\\d*)?)?"
              + " ?(Z|z|UTC|utc|[+-]\\d{2}(?::?\\d{2})?)?)?");

  private static final Pattern TIME =
      Pattern.compile("(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:[.,](\\d{1,9})\\d*)?)?");

  private TextParser() {}

  private static QueryException invalid(String type, String text) {
    String shown = text.length() > 60 ? text.substring(0, 60) + "…" : text;
    return QueryException.invalidValue("invalid " + type + ": \"" + shown + "\"");
  }

  static boolean bool(String text) {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "t", "tr", "tru", "true", "y", "ye", "yes", "on", "1" -> true;
      case "f", "fa", "fal", "fals", "false", "n", "no", "of", "off", "0" -> false;
      default -> throw invalid("boolean", text);
    };
  }

  static long integer(String text, LogicalType type) {
    String digits = text.strip();
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException e) {
      if (digits.matches("[+-]?[0-9]+")) {
        throw Result.outOfRange(type);
      }
      throw invalid(type.sqlName(), text);
    }
  }

  static BigDecimal decimal(String text, LogicalType type) {
    String digits = text.strip();
    try {
      BigDecimal value = new BigDecimal(digits);
      if (value.signum() != 0 && Math.abs((long) value.precision() - value.scale()) > 400) {
        throw Result.outOfRange(type); // before anything is made of its digits
      }
      return value;
    } catch (NumberFormatException e) {
      throw invalid(type.sqlName(), text);
    }
  }

  static double number(String text, LogicalType type) {
    String digits = text.strip();
    switch (digits.toLowerCase(Locale.ROOT)) {
      case "nan" -> {
        return Double.NaN;
      }
      case "inf", "infinity", "+inf", "+infinity" -> {
        return Double.POSITIVE_INFINITY;
      }
      case "-inf", "-infinity" -> {
        return Double.NEGATIVE_INFINITY;
      }
      default -> {
        if (digits.isEmpty() || "dDfFxXpP".indexOf(digits.charAt(digits.length() - 1)) >= 0) {
          throw invalid(type.sqlName(), text);
        }
      }
    }
    try {
      double value =
          type.kind() == LogicalType.Kind.FLOAT32
              ? Float.parseFloat(digits)
              : Double.parseDouble(digits);
      if (Double.isInfinite(value)) {
        throw Result.outOfRange(type);
      }
      return value;
    } catch (NumberFormatException e) {
      throw invalid(type.sqlName(), text);
    }
  }

  static long date(String text) {
    return Math.floorDiv(timestamp(text), 86_400 * NANOS_PER_SECOND);
  }

  static long time(String text) {
    Matcher matcher = TIME.matcher(text.strip());
    if (!matcher.matches()) {
      throw invalid("time", text);
    }
    try {
      return LocalTime.of(
              Integer.parseInt(matcher.group(1)),
              Integer.parseInt(matcher.group(2)),
              matcher.group(3) == null ? 0 : Integer.parseInt(matcher.group(3)),
              fraction(matcher.group(4)))
          .toNanoOfDay();
    } catch (DateTimeException e) {
      throw invalid("time", text);
    }
  }

  /** Nanoseconds since 1970; without a zone the text is in UTC. */
  static long timestamp(String text) {
    Matcher matcher = TIMESTAMP.matcher(text.strip());
    if (!matcher.matches()) {
      throw invalid("timestamp", text);
    }
    try {
      LocalDate date =
          LocalDate.of(
              Integer.parseInt(matcher.group(1)),
              Integer.parseInt(matcher.group(2)),
              Integer.parseInt(matcher.group(3)));
      int hour = matcher.group(4) == null ? 0 : Integer.parseInt(matcher.group(4));
      int minute = matcher.group(5) == null ? 0 : Integer.parseInt(matcher.group(5));
      int second = matcher.group(6) == null ? 0 : Integer.parseInt(matcher.group(6));
      LocalTime time = LocalTime.of(hour, minute, second, fraction(matcher.group(7)));
      long seconds =
          date.toEpochDay() * 86_400 + time.toSecondOfDay() - offsetSeconds(matcher.group(8));
      return Math.addExact(Math.multiplyExact(seconds, NANOS_PER_SECOND), time.getNano());
    } catch (DateTimeException e) {
      throw invalid("timestamp", text);
    } catch (ArithmeticException e) {
      throw Result.outOfRange(LogicalType.TIMESTAMP);
    }
  }

  private static int offsetSeconds(@Nullable String zone) {
    if (zone == null || zone.equalsIgnoreCase("z") || zone.equalsIgnoreCase("utc")) {
      return 0;
    }
    return ZoneOffset.of(zone).getTotalSeconds();
  }

  private static int fraction(@Nullable String digits) {
    if (digits == null) {
      return 0;
    }
    int value = Integer.parseInt(digits);
    for (int i = digits.length(); i < 9; i++) {
      value *= 10;
    }
    return value;
  }

  static byte[] binary(String text) {
    if (text.startsWith("\\x")) {
      try {
        return HexFormat.of().parseHex(text.substring(2));
      } catch (IllegalArgumentException e) {
        throw invalid("binary", text);
      }
    }
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
