package dev.kyma.query.statement;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A span of time as Postgres writes it: {@code 1 hour 30 minutes}, {@code 90m}, {@code -2 days},
 * {@code 1:30:00}, {@code 1 year 2 mons}, ISO's {@code P1DT2H}. A day is 24 hours.
 *
 * @param months the part in months
 * @param nanos the part in nanoseconds
 */
public record IntervalText(long months, long nanos) {
  private static final Pattern PART =
      Pattern.compile("\\s*([+-]?\\d*\\.?\\d+|[+-]?\\d+\\.)\\s*([a-zµ]+)\\s*,?");
  private static final Pattern CLOCK =
      Pattern.compile("\\s*([+-]?)(\\d+):(\\d{1,2})(?::(\\d{1,2}(?:\\.\\d{1,9})?))?\\s*");
  private static final Pattern ISO =
      Pattern.compile(
          "p(?:(-?[\\d.]+)y)?(?:(-?[\\d.]+)m)?(?:(-?[\\d.]+)w)?(?:(-?[\\d.]+)d)?"
              + "(?:t(?:(-?[\\d.]+)h)?(?:(-?[\\d.]+)m)?(?:(-?[\\d.]+)s)?)?");
  private static final BigDecimal SECOND = BigDecimal.valueOf(1_000_000_000L);
  private static final BigDecimal MINUTE = SECOND.multiply(BigDecimal.valueOf(60));
  private static final BigDecimal HOUR = MINUTE.multiply(BigDecimal.valueOf(60));
  private static final BigDecimal DAY = HOUR.multiply(BigDecimal.valueOf(24));
  private static final BigDecimal WEEK = DAY.multiply(BigDecimal.valueOf(7));

  /** The span a text means, or empty if it is none or too long. */
  public static Optional<IntervalText> parse(String text) {
    return parse(text, "second");
  }

  /**
   * The span a text means.
   *
   * @param text the text
   * @param bareUnit the unit of a number without one
   */
  public static Optional<IntervalText> parse(String text, String bareUnit) {
    String rest = text.strip().toLowerCase(Locale.ROOT);
    boolean ago = rest.endsWith(" ago");
    if (ago) {
      rest = rest.substring(0, rest.length() - 4).strip();
    }
    if (rest.startsWith("@")) {
      rest = rest.substring(1);
    }
    Sum sum = new Sum();
    try {
      boolean understood = rest.startsWith("p") ? sum.iso(rest) : sum.parts(rest, bareUnit);
      if (!understood) {
        return Optional.empty();
      }
      long months = sum.months.setScale(0, RoundingMode.HALF_UP).longValueExact();
      long nanos = sum.nanos.setScale(0, RoundingMode.HALF_UP).longValueExact();
      return Optional.of(
          ago
              ? new IntervalText(Math.negateExact(months), Math.negateExact(nanos))
              : new IntervalText(months, nanos));
    } catch (ArithmeticException | NumberFormatException outOfRange) {
      return Optional.empty();
    }
  }

  private static final class Sum {
    private BigDecimal months = BigDecimal.ZERO;
    private BigDecimal nanos = BigDecimal.ZERO;

    boolean parts(String text, String bareUnit) {
      if (text.matches("[+-]?\\d*\\.?\\d+")) {
        return add(new BigDecimal(text), bareUnit);
      }
      int at = 0;
      boolean some = false;
      while (at < text.length()) {
        Matcher clock = CLOCK.matcher(text).region(at, text.length());
        if (clock.lookingAt()) {
          BigDecimal time =
              new BigDecimal(clock.group(2))
                  .multiply(HOUR)
                  .add(new BigDecimal(clock.group(3)).multiply(MINUTE));
          if (clock.group(4) != null) {
            time = time.add(new BigDecimal(clock.group(4)).multiply(SECOND));
          }
          nanos = clock.group(1).equals("-") ? nanos.subtract(time) : nanos.add(time);
          at = clock.end();
        } else {
          Matcher part = PART.matcher(text).region(at, text.length());
          if (!part.lookingAt() || !add(new BigDecimal(part.group(1)), part.group(2))) {
            return false;
          }
          at = part.end();
        }
        some = true;
      }
      return some;
    }

    boolean iso(String text) {
      Matcher iso = ISO.matcher(text);
      if (text.length() < 2 || !iso.matches()) {
        return false;
      }
      String[] units = {"year", "month", "week", "day", "hour", "minute", "second"};
      for (int i = 0; i < units.length; i++) {
        if (iso.group(i + 1) != null && !add(new BigDecimal(iso.group(i + 1)), units[i])) {
          return false;
        }
      }
      return true;
    }

    private boolean add(BigDecimal amount, String unit) {
      switch (unit) {
        case "millennium", "millenniums", "millennia", "mil", "mils" -> addMonths(amount, 12_000);
        case "century", "centuries", "c", "cent" -> addMonths(amount, 1_200);
        case "decade", "decades", "dec", "decs" -> addMonths(amount, 120);
        case "year", "years", "y", "yr", "yrs" -> addMonths(amount, 12);
        case "quarter", "quarters" -> addMonths(amount, 3);
        case "month", "months", "mon", "mons" -> addMonths(amount, 1);
        case "week", "weeks", "w" -> addNanos(amount, WEEK);
        case "day", "days", "d" -> addNanos(amount, DAY);
        case "hour", "hours", "h", "hr", "hrs" -> addNanos(amount, HOUR);
        case "minute", "minutes", "m", "min", "mins" -> addNanos(amount, MINUTE);
        case "second", "seconds", "s", "sec", "secs" -> addNanos(amount, SECOND);
        case "millisecond", "milliseconds", "ms", "msec", "msecs" ->
            addNanos(amount, BigDecimal.valueOf(1_000_000));
        case "microsecond", "microseconds", "us", "µs", "usec", "usecs" ->
            addNanos(amount, BigDecimal.valueOf(1_000));
        case "nanosecond", "nanoseconds", "ns", "nsec", "nsecs" -> addNanos(amount, BigDecimal.ONE);
        default -> {
          return false;
        }
      }
      return true;
    }

    private void addMonths(BigDecimal amount, int each) {
      months = months.add(amount.multiply(BigDecimal.valueOf(each)));
    }

    private void addNanos(BigDecimal amount, BigDecimal each) {
      nanos = nanos.add(amount.multiply(each));
    }
  }
}
