package dev.kyma.query.core.plan;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Dates and times as text, in Postgres' and ISO 8601's forms: {@code 2026-01-02}, {@code 2026-01-02
 * 03:04:05.678901234}, with {@code T}, {@code Z}, an offset or a zone's name. Without a zone a time
 * is UTC. Stateless.
 */
public final class TimeText {
  private static final Pattern TIMESTAMP =
      Pattern.compile(
          "(\\d{4,6})-(\\d{1,2})-(\\d{1,2})"
              + "(?:(?:\\s+|[tT])(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:[.,](\\d{1,9})\\d*)?)?)?"
              + "\\s*([zZ]|[+-]\\d{1,2}(?::?\\d{2})?|[A-Za-z][A-Za-z_/+-]+\\d*)?");
  private static final Pattern TIME =
      Pattern.compile("(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:[.,](\\d{1,9})\\d*)?)?");
  private static final long SECOND = 1_000_000_000L;

  private TimeText() {}

  /** Nanoseconds since 1970 of a time, or empty if the text is none or out of range. */
  public static OptionalLong timestamp(String text) {
    String stripped = text.strip();
    if (stripped.toLowerCase(Locale.ROOT).equals("epoch")) {
      return OptionalLong.of(0);
    }
    Matcher matcher = TIMESTAMP.matcher(stripped);
    if (!matcher.matches()) {
      return OptionalLong.empty();
    }
    try {
      LocalDate date = date(matcher);
      String hour = matcher.group(4);
      boolean midnight = "24".equals(hour);
      LocalTime time =
          hour == null
              ? LocalTime.MIDNIGHT
              : LocalTime.of(
                  midnight ? 0 : Integer.parseInt(hour),
                  Integer.parseInt(matcher.group(5)),
                  number(matcher.group(6)),
                  fraction(matcher.group(7)));
      LocalDateTime local = LocalDateTime.of(midnight ? date.plusDays(1) : date, time);
      String zone = matcher.group(8);
      Instant instant = local.atZone(zone == null ? ZoneOffset.UTC : zone(zone)).toInstant();
      return OptionalLong.of(nanos(instant));
    } catch (DateTimeException | ArithmeticException | NumberFormatException outOfRange) {
      return OptionalLong.empty();
    }
  }

  /** Days since 1970 of a date; the time of day of a timestamp is cut off. */
  public static OptionalLong date(String text) {
    OptionalLong nanos = timestamp(text.strip());
    if (nanos.isEmpty()) {
      Matcher matcher = TIMESTAMP.matcher(text.strip());
      // Dates reach further than times in nanoseconds do.
      try {
        return matcher.matches() && matcher.group(4) == null
            ? OptionalLong.of(date(matcher).toEpochDay())
            : OptionalLong.empty();
      } catch (DateTimeException | NumberFormatException outOfRange) {
        return OptionalLong.empty();
      }
    }
    return OptionalLong.of(Math.floorDiv(nanos.getAsLong(), 86_400 * SECOND));
  }

  /** Nanoseconds since midnight of a time of day. */
  public static OptionalLong time(String text) {
    Matcher matcher = TIME.matcher(text.strip());
    if (!matcher.matches()) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(
          LocalTime.of(
                  Integer.parseInt(matcher.group(1)),
                  Integer.parseInt(matcher.group(2)),
                  number(matcher.group(3)),
                  fraction(matcher.group(4)))
              .toNanoOfDay());
    } catch (DateTimeException outOfRange) {
      return OptionalLong.empty();
    }
  }

  /**
   * Nanoseconds since 1970 of an instant.
   *
   * @throws ArithmeticException if it lies before 1677 or after 2262
   */
  public static long nanos(Instant instant) {
    long seconds = instant.getEpochSecond();
    // Below zero the product of the seconds alone may not fit though the whole does.
    return seconds < 0
        ? Math.addExact(Math.multiplyExact(seconds + 1, SECOND), instant.getNano() - SECOND)
        : Math.addExact(Math.multiplyExact(seconds, SECOND), instant.getNano());
  }

  private static LocalDate date(Matcher matcher) {
    return LocalDate.of(
        Integer.parseInt(matcher.group(1)),
        Integer.parseInt(matcher.group(2)),
        Integer.parseInt(matcher.group(3)));
  }

  private static int number(@org.jspecify.annotations.Nullable String digits) {
    return digits == null ? 0 : Integer.parseInt(digits);
  }

  private static int fraction(@org.jspecify.annotations.Nullable String digits) {
    return digits == null ? 0 : Integer.parseInt((digits + "000000000").substring(0, 9));
  }

  private static ZoneId zone(String text) {
    String upper = text.toUpperCase(Locale.ROOT);
    if (upper.equals("Z") || upper.equals("UTC") || upper.equals("GMT")) {
      return ZoneOffset.UTC;
    }
    char sign = text.charAt(0);
    if (sign == '+' || sign == '-') {
      String digits = text.substring(1).replace(":", "");
      String full = digits.length() <= 2 ? digits + "00" : digits;
      return ZoneOffset.of(sign + (full.length() == 3 ? "0" + full : full));
    }
    return ZoneId.of(text);
  }
}
