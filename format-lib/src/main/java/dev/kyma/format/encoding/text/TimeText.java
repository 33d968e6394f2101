package dev.kyma.format.encoding.text;

import dev.kyma.format.encoding.ByteSink;

/**
 * Points in time as logs write them. A form is {@code layout + 8 * fraction}:
 *
 * <ul>
 *   <li>layout 0 {@code 2026-01-31T23:59:59}, 1 the same with a blank for the T, 2 {@code
 *       2026/01/31 23:59:59}, 3 {@code 31/Jan/2026:23:59:59}, 4 {@code Jan 1 23:59:59} (day padded
 *       with a blank, no year), 5 {@code Jan 01 23:59:59}, 6 {@code 23:59:59}
 *   <li>fraction 0 none, 1 to 9 so many digits after a point, 10 up to nine digits of which the
 *       last is no zero; 16 more when a comma stands for the point
 * </ul>
 *
 * <p>A value is nanoseconds since 1970 as the text's own clock has them; texts without a year are
 * taken to be of 1972, texts without a date of 1970-01-01. Only texts that come back are read.
 */
final class TimeText {
  static final int LAYOUTS = 7;
  static final int COMMA = 16;
  static final int TRIMMED = 10;

  private static final long SECOND = 1_000_000_000L;
  private static final long DAY_SECONDS = 86_400;
  private static final int FIRST_YEAR = 1970;
  private static final int LAST_YEAR = 2199;
  private static final int LEAP_YEAR = 1972;
  private static final byte[] MONTHS =
      "JanFebMarAprMayJunJulAugSepOctNovDec".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
  private static final int[] POWERS = {
    1_000_000_000, 100_000_000, 10_000_000, 1_000_000, 100_000, 10_000, 1_000, 100, 10, 1
  };
  private static final int[] DAYS_BEFORE = {
    0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365
  };

  private byte[] data = new byte[0];
  private int limit;
  private int end;
  private int form;
  private long value;

  /** Whether a form is one that is written. */
  static boolean isForm(int form) {
    int fraction = form >>> 3;
    return (form & 7) < LAYOUTS
        && fraction <= COMMA + TRIMMED
        && (fraction & 15) <= TRIMMED
        && fraction != COMMA;
  }

  long value() {
    return value;
  }

  int form() {
    return form;
  }

  /** The byte after the text that was read. */
  int end() {
    return end;
  }

  /** Reads the longest text of any form that begins here; false when there is none. */
  boolean read(byte[] bytes, int from, int to) {
    data = bytes;
    limit = to;
    if (to - from < 8) {
      return false;
    }
    byte first = bytes[from];
    if (first < '0' || first > '9') {
      return readNamedMonth(from);
    }
    if (bytes[from + 2] == ':') {
      return bytes[from + 5] == ':' && finish(from, 6, 0);
    }
    if (to - from < 19) {
      return false;
    }
    byte fifth = bytes[from + 4];
    if (fifth == '-' || fifth == '/') {
      return readDate(from, fifth);
    }
    return bytes[from + 2] == '/' && readCommonLog(from);
  }

  private boolean readDate(int from, byte separator) {
    byte between = data[from + 10];
    if (data[from + 7] != separator
        || data[from + 13] != ':'
        || data[from + 16] != ':'
        || between != ' ' && (between != 'T' || separator == '/')) {
      return false;
    }
    int year = digits(from, 4);
    int month = digits(from + 5, 2);
    int day = digits(from + 8, 2);
    int layout = separator == '/' ? 2 : between == 'T' ? 0 : 1;
    return isDate(year, month, day) && finish(from + 11, layout, days(year, month, day));
  }

  private boolean readCommonLog(int from) {
    if (limit - from < 20
        || data[from + 6] != '/'
        || data[from + 11] != ':'
        || data[from + 14] != ':'
        || data[from + 17] != ':') {
      return false;
    }
    int day = digits(from, 2);
    int month = month(from + 3);
    int year = digits(from + 7, 4);
    return isDate(year, month, day) && finish(from + 12, 3, days(year, month, day));
  }

  private boolean readNamedMonth(int from) {
    if (limit - from < 15
        || data[from + 3] != ' '
        || data[from + 6] != ' '
        || data[from + 9] != ':'
        || data[from + 12] != ':') {
      return false;
    }
    boolean blank = data[from + 4] == ' ';
    int day = blank ? digits(from + 5, 1) : digits(from + 4, 2);
    int month = month(from);
    return isDate(LEAP_YEAR, month, day)
        && finish(from + 7, blank || day >= 10 ? 4 : 5, days(LEAP_YEAR, month, day));
  }

  /** Reads the time of day, its fraction too. */
  private boolean finish(int from, int layout, long days) {
    int hour = digits(from, 2);
    int minute = digits(from + 3, 2);
    int second = digits(from + 6, 2);
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) {
      return false;
    }
    int at = from + 8;
    int fraction = 0;
    long nanos = 0;
    if (at + 1 < limit && (data[at] == '.' || data[at] == ',') && isDigit(at + 1)) {
      int count = 0;
      while (at + 1 + count < limit && isDigit(at + 1 + count) && count < 10) {
        count++;
      }
      if (count > 9) {
        return false;
      }
      nanos = digits(at + 1, count) * (long) POWERS[count];
      boolean fixed = count == 3 || count == 6 || data[at + count] == '0';
      fraction = (data[at] == ',' ? COMMA : 0) + (fixed ? count : TRIMMED);
      at += 1 + count;
    } else if (at < limit && isDigit(at)) {
      return false;
    }
    form = layout + 8 * fraction;
    value = (days * DAY_SECONDS + hour * 3_600L + minute * 60 + second) * SECOND + nanos;
    end = at;
    return true;
  }

  private boolean isDigit(int at) {
    return data[at] >= '0' && data[at] <= '9';
  }

  /** A number of digits; negative when one is none. */
  private int digits(int from, int count) {
    int number = 0;
    for (int i = from; i < from + count; i++) {
      if (i >= limit || !isDigit(i)) {
        return -1;
      }
      number = number * 10 + (data[i] - '0');
    }
    return number;
  }

  private int month(int from) {
    for (int m = 0; m < 12; m++) {
      if (data[from] == MONTHS[3 * m]
          && data[from + 1] == MONTHS[3 * m + 1]
          && data[from + 2] == MONTHS[3 * m + 2]) {
        return m + 1;
      }
    }
    return -1;
  }

  private static boolean isLeap(int year) {
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  }

  private static boolean isDate(int year, int month, int day) {
    if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12 || day < 1) {
      return false;
    }
    int length = DAYS_BEFORE[month] - DAYS_BEFORE[month - 1];
    return day <= (month == 2 && isLeap(year) ? 29 : length);
  }

  private static long days(int year, int month, int day) {
    int before = year - 1;
    long leaps = before / 4 - before / 100 + before / 400 - 477;
    return (year - FIRST_YEAR) * 365L
        + leaps
        + DAYS_BEFORE[month - 1]
        + (month > 2 && isLeap(year) ? 1 : 0)
        + day
        - 1;
  }

  /**
   * Appends the text of a value.
   *
   * @return false when no text of this form has the value
   */
  static boolean write(int form, long value, ByteSink out) {
    long seconds = Math.floorDiv(value, SECOND);
    int nanos = (int) Math.floorMod(value, SECOND);
    long days = Math.floorDiv(seconds, DAY_SECONDS);
    int ofDay = (int) Math.floorMod(seconds, DAY_SECONDS);
    if (days < 0 || days > days(LAST_YEAR, 12, 31)) {
      return false;
    }
    int layout = form & 7;
    if (layout < 6) {
      writeDate(layout, (int) days, out);
    }
    int at = out.reserve(8);
    byte[] bytes = out.array();
    two(bytes, at, ofDay / 3_600);
    bytes[at + 2] = ':';
    two(bytes, at + 3, ofDay / 60 % 60);
    bytes[at + 5] = ':';
    two(bytes, at + 6, ofDay % 60);
    return writeFraction(form >>> 3, nanos, out);
  }

  private static boolean writeFraction(int fraction, int nanos, ByteSink out) {
    int count = fraction & 15;
    if (count == 0) {
      return nanos == 0;
    }
    if (count == TRIMMED) {
      count = 9;
      int rest = nanos;
      while (count > 1 && rest % 10 == 0) {
        rest /= 10;
        count--;
      }
    }
    int at = out.reserve(count + 1);
    byte[] bytes = out.array();
    bytes[at] = (byte) (fraction >= COMMA ? ',' : '.');
    int number = nanos / POWERS[count];
    for (int i = at + count; i > at; i--) {
      bytes[i] = (byte) ('0' + number % 10);
      number /= 10;
    }
    return nanos % POWERS[count] == 0;
  }

  private static void writeDate(int layout, int days, ByteSink out) {
    // After Howard Hinnant's civil_from_days, with years that begin in March.
    int shifted = days + 719_468;
    int era = shifted / 146_097;
    int ofEra = shifted % 146_097;
    int yearOfEra = (ofEra - ofEra / 1_460 + ofEra / 36_524 - ofEra / 146_096) / 365;
    int ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    int shiftedMonth = (5 * ofYear + 2) / 153;
    int day = ofYear - (153 * shiftedMonth + 2) / 5 + 1;
    int month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
    int year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
    int at = out.reserve(layout < 3 ? 11 : layout == 3 ? 12 : 7);
    byte[] bytes = out.array();
    switch (layout) {
      case 0, 1, 2 -> {
        byte separator = (byte) (layout == 2 ? '/' : '-');
        two(bytes, at, year / 100);
        two(bytes, at + 2, year % 100);
        bytes[at + 4] = separator;
        two(bytes, at + 5, month);
        bytes[at + 7] = separator;
        two(bytes, at + 8, day);
        bytes[at + 10] = (byte) (layout == 0 ? 'T' : ' ');
      }
      case 3 -> {
        two(bytes, at, day);
        bytes[at + 2] = '/';
        System.arraycopy(MONTHS, 3 * month - 3, bytes, at + 3, 3);
        bytes[at + 6] = '/';
        two(bytes, at + 7, year / 100);
        two(bytes, at + 9, year % 100);
        bytes[at + 11] = ':';
      }
      default -> {
        System.arraycopy(MONTHS, 3 * month - 3, bytes, at, 3);
        bytes[at + 3] = ' ';
        two(bytes, at + 4, day);
        if (layout == 4 && day < 10) {
          bytes[at + 4] = ' ';
        }
        bytes[at + 6] = ' ';
      }
    }
  }

  private static void two(byte[] bytes, int at, int number) {
    bytes[at] = (byte) ('0' + number / 10);
    bytes[at + 1] = (byte) ('0' + number % 10);
  }
}
