package dev.kyma.query.core.expr;

import dev.kyma.format.type.LogicalType;
import dev.kyma.query.core.QueryException;
import dev.kyma.query.core.plan.Expr;
import dev.kyma.query.core.plan.Function;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;

/** Functions of text. Positions and lengths count code points. Stateless. */
final class TextFunctions {
  /** The longest text a function may make. */
  private static final int MAX_LENGTH = 64 << 20;

  private TextFunctions() {}

  static Evaluator evaluator(Expr.Call call, Instant now) {
    Function function = call.function();
    ScalarEvaluator.Nulls nulls =
        function == Function.CONCAT || function == Function.CONCAT_WS
            ? ScalarEvaluator.Nulls.SEEN
            : ScalarEvaluator.Nulls.GIVE_NULL;
    return Expressions.scalar(call.type(), call.arguments(), now, function(function), nulls);
  }

  private static RowFunction function(Function function) {
    return switch (function) {
      case CONCAT_OPERATOR, CONCAT -> TextFunctions::concat;
      case CONCAT_WS -> TextFunctions::concatWith;
      case UPPER -> (row, result) -> result.text(row.text(0).toUpperCase(Locale.ROOT));
      case LOWER -> (row, result) -> result.text(row.text(0).toLowerCase(Locale.ROOT));
      case INITCAP -> (row, result) -> result.text(initialCapitals(row.text(0)));
      case LENGTH -> TextFunctions::length;
      case OCTET_LENGTH -> (row, result) -> result.checked(row.to(0) - row.from(0));
      case SUBSTRING -> TextFunctions::substring;
      case POSITION -> TextFunctions::position;
      case TRIM -> (row, result) -> result.text(trim(row, true, true));
      case LTRIM -> (row, result) -> result.text(trim(row, true, false));
      case RTRIM -> (row, result) -> result.text(trim(row, false, true));
      case LPAD -> (row, result) -> result.text(pad(row, true));
      case RPAD -> (row, result) -> result.text(pad(row, false));
      case LEFT -> (row, result) -> result.text(cut(row, true));
      case RIGHT -> (row, result) -> result.text(cut(row, false));
      case REPLACE -> TextFunctions::replace;
      case TRANSLATE -> TextFunctions::translate;
      case REVERSE ->
          (row, result) -> result.text(new StringBuilder(row.text(0)).reverse().toString());
      case REPEAT -> TextFunctions::repeat;
      case SPLIT_PART -> TextFunctions::splitPart;
      case STARTS_WITH -> TextFunctions::startsWith;
      case ENDS_WITH -> TextFunctions::endsWith;
      case CONTAINS -> (row, result) -> result.bool(find(row, 0, 1) >= 0);
      case ASCII ->
          (row, result) -> {
            String text = row.text(0);
            result.integer(text.isEmpty() ? 0 : text.codePointAt(0));
          };
      case CHR -> TextFunctions::character;
      case MD5 -> TextFunctions::md5;
      default -> throw new IllegalStateException(function + " is no function of text");
    };
  }

  private static void concat(Row row, Result result) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < row.count(); i++) {
      if (!row.isNull(i)) {
        text.append(row.text(i));
      }
    }
    result.text(text.toString());
  }

  private static void concatWith(Row row, Result result) {
    if (row.isNull(0)) {
      result.nothing();
      return;
    }
    String separator = row.text(0);
    StringBuilder text = new StringBuilder();
    boolean first = true;
    for (int i = 1; i < row.count(); i++) {
      if (!row.isNull(i)) {
        if (!first) {
          text.append(separator);
        }
        first = false;
        text.append(row.text(i));
      }
    }
    result.text(text.toString());
  }

  private static String initialCapitals(String text) {
    StringBuilder answer = new StringBuilder(text.length());
    boolean inWord = false;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      answer.appendCodePoint(inWord ? Character.toLowerCase(c) : Character.toUpperCase(c));
      inWord = Character.isLetterOrDigit(c);
      i += Character.charCount(c);
    }
    return answer.toString();
  }

  private static void length(Row row, Result result) {
    if (row.type(0).kind() == LogicalType.Kind.BINARY) {
      result.integer(row.to(0) - row.from(0));
      return;
    }
    byte[] data = row.data(0);
    int points = 0;
    for (int i = row.from(0); i < row.to(0); i++) {
      points += (data[i] & 0xC0) == 0x80 ? 0 : 1;
    }
    result.integer(points);
  }

  private static void substring(Row row, Result result) {
    String text = row.text(0);
    int points = text.codePointCount(0, text.length());
    long start = row.integer(1);
    long end = points + 1L;
    if (row.count() > 2) {
      if (row.integer(2) < 0) {
        throw QueryException.invalidValue("negative substring length");
      }
      long sum = start + row.integer(2);
      end = sum < start ? end : Math.min(end, sum); // wraps only for lengths past any text's
    }
    long from = Math.max(1, start);
    if (from >= end) {
      result.text("");
      return;
    }
    int begin = text.offsetByCodePoints(0, (int) from - 1);
    result.text(text.substring(begin, text.offsetByCodePoints(begin, (int) (end - from))));
  }

  /** Where in the bytes of one argument the other begins, -1 if nowhere. */
  private static int find(Row row, int in, int what) {
    byte[] data = row.data(in);
    byte[] wanted = row.data(what);
    int from = row.from(in);
    int start = row.from(what);
    int length = row.to(what) - start;
    for (int i = from; i + length <= row.to(in); i++) {
      if (Arrays.equals(data, i, i + length, wanted, start, start + length)) {
        return i - from;
      }
    }
    return -1;
  }

  private static void position(Row row, Result result) {
    int at = find(row, 0, 1);
    if (at < 0) {
      result.integer(0);
      return;
    }
    int points = 1;
    for (int i = row.from(0); i < row.from(0) + at; i++) {
      points += (row.data(0)[i] & 0xC0) == 0x80 ? 0 : 1;
    }
    result.integer(points);
  }

  private static String trim(Row row, boolean begin, boolean end) {
    String text = row.text(0);
    String characters = row.count() > 1 ? row.text(1) : " ";
    int from = 0;
    int to = text.length();
    while (begin && from < to && characters.indexOf(text.codePointAt(from)) >= 0) {
      from += Character.charCount(text.codePointAt(from));
    }
    while (end && from < to && characters.indexOf(text.codePointBefore(to)) >= 0) {
      to -= Character.charCount(text.codePointBefore(to));
    }
    return text.substring(from, to);
  }

  private static String pad(Row row, boolean left) {
    String text = row.text(0);
    long length = Math.max(0, row.integer(1));
    checkLength(length);
    int points = text.codePointCount(0, text.length());
    if (points >= length) {
      return text.substring(0, text.offsetByCodePoints(0, (int) length));
    }
    int[] fill = (row.count() > 2 ? row.text(2) : " ").codePoints().toArray();
    if (fill.length == 0) {
      return text;
    }
    StringBuilder padding = new StringBuilder();
    for (int i = 0; i < length - points; i++) {
      padding.appendCodePoint(fill[i % fill.length]);
    }
    return left ? padding + text : text + padding;
  }

  private static void checkLength(long length) {
    if (length > MAX_LENGTH) {
      throw QueryException.invalidValue("a text of more than " + MAX_LENGTH + " characters");
    }
  }

  private static String cut(Row row, boolean left) {
    String text = row.text(0);
    int points = text.codePointCount(0, text.length());
    long wanted = row.integer(1);
    int keep = (int) (wanted < 0 ? Math.max(0, points + wanted) : Math.min(points, wanted));
    return left
        ? text.substring(0, text.offsetByCodePoints(0, keep))
        : text.substring(text.offsetByCodePoints(0, points - keep));
  }

  private static void replace(Row row, Result result) {
    String wanted = row.text(1);
    String text = row.text(0);
    result.text(wanted.isEmpty() ? text : text.replace(wanted, row.text(2)));
  }

  private static void translate(Row row, Result result) {
    int[] from = row.text(1).codePoints().toArray();
    int[] to = row.text(2).codePoints().toArray();
    StringBuilder answer = new StringBuilder();
    row.text(0)
        .codePoints()
        .forEach(
            c -> {
              int place = 0;
              while (place < from.length && from[place] != c) {
                place++;
              }
              if (place == from.length) {
                answer.appendCodePoint(c);
              } else if (place < to.length) {
                answer.appendCodePoint(to[place]);
              }
            });
    result.text(answer.toString());
  }

  private static void repeat(Row row, Result result) {
    String text = row.text(0);
    long times = Math.max(0, row.integer(1));
    if (!text.isEmpty()) {
      checkLength(Math.min(Integer.MAX_VALUE, times) * text.length());
    }
    result.text(text.isEmpty() ? "" : text.repeat((int) times));
  }

  private static void splitPart(Row row, Result result) {
    String text = row.text(0);
    String separator = row.text(1);
    long wanted = row.integer(2);
    if (wanted == 0) {
      throw QueryException.invalidValue("the number of a part must not be zero");
    }
    if (separator.isEmpty()) {
      result.text(wanted == 1 || wanted == -1 ? text : "");
      return;
    }
    String[] parts = text.split(java.util.regex.Pattern.quote(separator), -1);
    long place = wanted > 0 ? wanted - 1 : parts.length + wanted;
    result.text(place >= 0 && place < parts.length ? parts[(int) place] : "");
  }

  private static void startsWith(Row row, Result result) {
    int length = row.to(1) - row.from(1);
    result.bool(
        row.to(0) - row.from(0) >= length
            && Arrays.equals(
                row.data(0),
                row.from(0),
                row.from(0) + length,
                row.data(1),
                row.from(1),
                row.to(1)));
  }

  private static void endsWith(Row row, Result result) {
    int length = row.to(1) - row.from(1);
    result.bool(
        row.to(0) - row.from(0) >= length
            && Arrays.equals(
                row.data(0), row.to(0) - length, row.to(0), row.data(1), row.from(1), row.to(1)));
  }

  private static void character(Row row, Result result) {
    long point = row.integer(0);
    boolean surrogate = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    if (point <= 0 || point > Character.MAX_CODE_POINT || surrogate) {
      throw QueryException.invalidValue("there is no character " + point);
    }
    result.text(Character.toString((int) point));
  }

  private static void md5(Row row, Result result) {
    try {
      MessageDigest digest = MessageDigest.getInstance("MD5");
      digest.update(row.data(0), row.from(0), row.to(0) - row.from(0));
      result.bytes(HexFormat.of().formatHex(digest.digest()).getBytes(StandardCharsets.US_ASCII));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
