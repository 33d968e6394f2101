package dev.kyma.ingest.core.json;

import java.time.DateTimeException;
import java.time.LocalDate;

/** Times as text, to nanoseconds since 1970-01-01T00:00:00Z. */
public final class Timestamps {
  /** Says that a text is no such time; no valid time has this value. */
  public static final long NONE = Long.MIN_VALUE;

  private static final long SECOND = 1_000_000_000L;
  private static final long DAY = 86_400L * SECOND;

  private Timestamps() {}

  /** A cheap test that no RFC 3339 time fails. */
  static boolean mayBeRfc3339(byte[] data, int from, int to) {
    return to - from >= 20
        && to - from <= 35
        && data[from + 4] == '-'
        && data[from + 7] == '-'
        && (data[from + 10] | 0x20) == 't';
  }

  /**
   * The instant of an RFC 3339 time with at most nine digits of a second's fraction, or {@link
   * #NONE} when the text is anything else or out of a 64-bit column's range.
   */
  public static long rfc3339(byte[] data, int from, int to) {
    if (to - from < 20 || (data[from + 10] | 0x20) != 't') {
      return NONE;
    }
    return parse(data, from, to, true);
  }

  /**
   * As {@link #rfc3339}, or {@code 2024-01-31 12:00:00.5} with a space, or without zone (then UTC),
   * or a date alone.
   */
  public static long lenient(byte[] data, int from, int to) {
    if (to - from == 10) {
      long day = date(data, from, to);
      return day == NONE ? NONE : scale(day);
    }
    if (to - from < 19 || ((data[from + 10] | 0x20) != 't' && data[from + 10] != ' ')) {
      return NONE;
    }
    return parse(data, from, to, false);
  }

  /** Days since 1970-01-01 of a text like {@code 2024-01-31}, or {@link #NONE}. */
  public static long date(byte[] data, int from, int to) {
    if (to - from != 10 || data[from + 4] != '-' || data[from + 7] != '-') {
      return NONE;
    }
    int year = number(data, from, 4);
    int month = number(data, from + 5, 2);
    int day = number(data, from + 8, 2);
    if (year < 0 || month < 1 || month > 12 || day < 1 || day > 31) {
      return NONE;
    }
    if (day > 28) {
      try {
        return LocalDate.of(year, month, day).toEpochDay();
      } catch (DateTimeException noSuchDay) {
        return NONE;
      }
    }
    // Days from a civil date (Hinnant): years start in March, so that leap days come last.
    int shifted = month <= 2 ? year - 1 : year;
    int era = Math.floorDiv(shifted, 400);
    int yearOfEra = shifted - era * 400;
    int dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * 146_097L + dayOfEra - 719_468L;
  }

  /** Nanoseconds since midnight of a text like {@code 12:34:56.789}, or {@link #NONE}. */
  public static long time(byte[] data, int from, int to) {
    if (to - from < 8 || data[from + 2] != ':' || data[from + 5] != ':') {
      return NONE;
    }
    int hour = number(data, from, 2);
    int minute = number(data, from + 3, 2);
    int second = number(data, from + 6, 2);
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) {
      return NONE;
    }
    long nanos = ((hour * 60L + minute) * 60L + second) * SECOND;
    int p = from + 8;
    if (p == to) {
      return nanos;
    }
    int digits = to - p - 1;
    if (data[p] != '.' || digits < 1 || digits > 9) {
      return NONE;
    }
    int fraction = number(data, p + 1, digits);
    if (fraction < 0) {
      return NONE;
    }
    for (int i = digits; i < 9; i++) {
      fraction *= 10;
    }
    return nanos + fraction;
  }

  private static long parse(byte[] data, int from, int to, boolean zoneNeeded) {
    long day = date(data, from, from + 10);
    if (day == NONE) {
      return NONE;
    }
    int zone = to;
    long offsetMinutes = 0;
    byte last = data[to - 1];
    if (last == 'Z' || last == 'z') {
      zone = to - 1;
    } else if (to - from >= 25
        && (data[to - 6] == '+' || data[to - 6] == '-')
        && data[to - 3] == ':') {
      zone = to - 6;
      int hours = number(data, zone + 1, 2);
      int minutes = number(data, zone + 4, 2);
      if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) {
        return NONE;
      }
      offsetMinutes = (hours * 60L + minutes) * (data[zone] == '-' ? -1 : 1);
    } else if (zoneNeeded) {
      return NONE;
    }
    long time = time(data, from + 11, zone);
    long midnight = time == NONE ? NONE : scale(day);
    if (midnight == NONE) {
      return NONE;
    }
    try {
      return Math.addExact(midnight, time - offsetMinutes * 60 * SECOND);
    } catch (ArithmeticException outOfRange) {
      return NONE;
    }
  }

  private static long scale(long day) {
    return Math.abs(day) > 106_750 ? NONE : day * DAY;
  }

  private static int number(byte[] data, int from, int digits) {
    int number = 0;
    for (int i = from; i < from + digits; i++) {
      int digit = data[i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = number * 10 + digit;
    }
    return number;
  }
}
