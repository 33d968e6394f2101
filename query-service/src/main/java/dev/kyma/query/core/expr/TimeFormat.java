package dev.kyma.query.core.expr;

import dev.kyma.query.core.QueryException;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.format.TextStyle;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A format of {@code to_char} and {@code to_timestamp}. Immutable.
 *
 * <p>Known patterns: YYYY YY MM Month Mon DD DDD Day Dy D ID IW Q HH24 HH12 HH MI SS MS US NS AM PM
 * (letters in either case where Postgres ignores it), and text in double quotes. Names are English.
 */
final class TimeFormat {
  private static final List<String> PATTERNS =
      List.of(
          "YYYY", "Month", "MONTH", "month", "HH24", "HH12", "DDD", "Day", "DAY", "day", "Mon",
          "MON", "mon", "YY", "MM", "DD", "Dy", "DY", "dy", "ID", "IW", "HH", "MI", "SS", "MS",
          "US", "NS", "AM", "PM", "am", "pm", "D", "Q");

  /**
   * One piece.
   *
   * @param text a pattern's name, or literal text
   * @param literal whether it is literal
   */
  private record Piece(String text, Kind kind) {
    enum Kind {
      PATTERN,
      LITERAL
    }
  }

  private final List<Piece> pieces;

  private TimeFormat(List<Piece> pieces) {
    this.pieces = pieces;
  }

  static TimeFormat of(String format) {
    List<Piece> pieces = new ArrayList<>();
    int i = 0;
    while (i < format.length()) {
      if (format.charAt(i) == '"') {
        int end = format.indexOf('"', i + 1);
        end = end < 0 ? format.length() : end;
        pieces.add(new Piece(format.substring(i + 1, end), Piece.Kind.LITERAL));
        i = end + 1;
        continue;
      }
      String found = patternAt(format, i);
      if (found == null) {
        pieces.add(new Piece(format.substring(i, i + 1), Piece.Kind.LITERAL));
        i++;
      } else {
        pieces.add(new Piece(found, Piece.Kind.PATTERN));
        i += found.length();
      }
    }
    return new TimeFormat(List.copyOf(pieces));
  }

  private static @Nullable String patternAt(String format, int at) {
    for (String pattern : PATTERNS) {
      if (format.startsWith(pattern, at)) {
        return pattern;
      }
    }
    // Numeric patterns may be in lower case.
    for (String pattern :
        List.of(
            "YYYY", "HH24", "HH12", "DDD", "YY", "MM", "DD", "HH", "MI", "SS", "MS", "US", "NS")) {
      if (format.regionMatches(true, at, pattern, 0, pattern.length())) {
        return pattern;
      }
    }
    return null;
  }

  String format(LocalDateTime time) {
    StringBuilder text = new StringBuilder();
    for (Piece piece : pieces) {
      text.append(piece.kind == Piece.Kind.LITERAL ? piece.text : format(piece.text, time));
    }
    return text.toString();
  }

  private static String format(String pattern, LocalDateTime time) {
    int hour12 = (time.getHour() + 11) % 12 + 1;
    return switch (pattern) {
      case "YYYY" -> padded(time.getYear(), 4);
      case "YY" -> padded(Math.floorMod(time.getYear(), 100), 2);
      case "MM" -> padded(time.getMonthValue(), 2);
      case "DD" -> padded(time.getDayOfMonth(), 2);
      case "DDD" -> padded(time.getDayOfYear(), 3);
      case "HH24" -> padded(time.getHour(), 2);
      case "HH", "HH12" -> padded(hour12, 2);
      case "MI" -> padded(time.getMinute(), 2);
      case "SS" -> padded(time.getSecond(), 2);
      case "MS" -> padded(time.getNano() / 1_000_000, 3);
      case "US" -> padded(time.getNano() / 1_000, 6);
      case "NS" -> padded(time.getNano(), 9);
      case "D" -> padded(time.getDayOfWeek().getValue() % 7 + 1, 1);
      case "ID" -> padded(time.getDayOfWeek().getValue(), 1);
      case "IW" -> padded(time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR), 2);
      case "Q" -> padded((time.getMonthValue() - 1) / 3 + 1, 1);
      case "AM", "PM" -> time.getHour() < 12 ? "AM" : "PM";
      case "am", "pm" -> time.getHour() < 12 ? "am" : "pm";
      default -> name(pattern, time);
    };
  }

  private static String name(String pattern, LocalDateTime time) {
    TextStyle style =
        pattern.length() == 2 || pattern.equalsIgnoreCase("mon") ? TextStyle.SHORT : TextStyle.FULL;
    String name =
        Character.toLowerCase(pattern.charAt(0)) == 'm'
            ? time.getMonth().getDisplayName(style, Locale.ENGLISH)
            : time.getDayOfWeek().getDisplayName(style, Locale.ENGLISH);
    String padded = style == TextStyle.FULL ? String.format(Locale.ROOT, "%-9s", name) : name;
    if (pattern.equals(pattern.toUpperCase(Locale.ROOT))) {
      return padded.toUpperCase(Locale.ROOT);
    }
    return pattern.equals(pattern.toLowerCase(Locale.ROOT))
        ? padded.toLowerCase(Locale.ROOT)
        : padded;
  }

  private static String padded(int value, int digits) {
    return String.format(Locale.ROOT, "%0" + digits + "d", value);
  }

  LocalDateTime parse(String text) {
    int[] fields = {1, 1, 1, 0, 0, 0, 0}; // year, month, day, hour, minute, second, nanosecond
    int half = -1;
    int at = 0;
    for (Piece piece : pieces) {
      if (piece.kind == Piece.Kind.LITERAL) {
        at += Math.min(piece.text.length(), text.length() - at);
        continue;
      }
      switch (piece.text) {
        case "AM", "PM", "am", "pm" -> {
          half = text.regionMatches(true, at, "pm", 0, 2) ? 12 : 0;
          at += 2;
        }
        default -> at = number(piece.text, text, at, fields);
      }
    }
    if (half >= 0) {
      fields[3] = fields[3] % 12 + half;
    }
    try {
      return LocalDateTime.of(
          fields[0], fields[1], fields[2], fields[3], fields[4], fields[5], fields[6]);
    } catch (DateTimeException e) {
      throw QueryException.invalidValue("invalid timestamp: \"" + text + "\"");
    }
  }

  private static int number(String pattern, String text, int at, int[] fields) {
    int width =
        switch (pattern) {
          case "YYYY" -> 4;
          case "MS" -> 3;
          case "US" -> 6;
          case "NS" -> 9;
          case "YY", "MM", "DD", "HH24", "HH12", "HH", "MI", "SS" -> 2;
          default -> throw QueryException.unsupported("\"" + pattern + "\" in to_timestamp");
        };
    int end = at;
    while (end < text.length() && end - at < width && Character.isDigit(text.charAt(end))) {
      end++;
    }
    if (end == at) {
      throw QueryException.invalidValue(
          "invalid timestamp: \"" + text + "\" has no number for " + pattern);
    }
    int value = Integer.parseInt(text.substring(at, end));
    switch (pattern) {
      case "YYYY" -> fields[0] = value;
      case "YY" -> fields[0] = value < 70 ? 2000 + value : 1900 + value;
      case "MM" -> fields[1] = value;
      case "DD" -> fields[2] = value;
      case "HH24", "HH12", "HH" -> fields[3] = value;
      case "MI" -> fields[4] = value;
      case "SS" -> fields[5] = value;
      default -> fields[6] = value * (int) Math.pow(10, 9 - (end - at));
    }
    return end;
  }
}
