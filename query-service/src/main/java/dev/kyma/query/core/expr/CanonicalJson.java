package dev.kyma.query.core.expr;

import dev.kyma.format.json.JsonScanner;
import dev.kyma.format.json.JsonToken;
import dev.kyma.query.core.text.ByteSink;
import dev.kyma.query.core.text.JsonText;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * The one text that all equal JSON values share: no spaces, keys in order (the last of equal keys
 * counts), numbers by value, strings with the fewest escapes. Stateless.
 */
public final class CanonicalJson {
  private CanonicalJson() {}

  static byte[] of(byte[] json) {
    return of(json, 0, json.length);
  }

  /** Whether a text is certainly in that form: a string without escapes or a short whole number. */
  public static boolean isPlain(byte[] json, int from, int to) {
    int length = to - from;
    if (length == 0) {
      return true;
    }
    byte first = json[from];
    if (first == '"') {
      for (int i = from; i < to; i++) {
        if (json[i] == '\\') {
          return false;
        }
      }
      return json[to - 1] == '"';
    }
    if (first == 't' || first == 'f' || first == 'n') {
      return true;
    }
    if (first == '0') {
      return length == 1;
    }
    for (int i = from; i < to; i++) {
      if (json[i] < '0' || json[i] > '9') {
        return false;
      }
    }
    return length <= 18;
  }

  /** The form of the value at {@code [from, to)}. */
  public static byte[] of(byte[] json, int from, int to) {
    JsonScanner scanner = new JsonScanner();
    scanner.reset(json, from, to);
    ByteSink sink = new ByteSink(to - from + 16);
    value(scanner, scanner.next(), json, sink);
    return sink.toBytes();
  }

  private static void value(JsonScanner scanner, JsonToken token, byte[] json, ByteSink sink) {
    switch (token) {
      case BEGIN_OBJECT -> object(scanner, json, sink);
      case BEGIN_ARRAY -> {
        sink.put('[');
        JsonToken next = scanner.next();
        for (boolean first = true; next != JsonToken.END_ARRAY; first = false) {
          if (!first) {
            sink.put(',');
          }
          value(scanner, next, json, sink);
          next = scanner.next();
        }
        sink.put(']');
      }
      case STRING -> JsonText.string(scanner.text(), sink);
      case NUMBER ->
          number(
              new String(
                  json,
                  scanner.start(),
                  scanner.end() - scanner.start(),
                  StandardCharsets.US_ASCII),
              sink);
      case TRUE, FALSE, NULL -> sink.put(json, scanner.start(), scanner.end());
      case NAME, END_OBJECT, END_ARRAY, END ->
          throw new IllegalStateException("no value at " + token);
    }
  }

  private static void number(String text, ByteSink sink) {
    BigDecimal number;
    try {
      number = new BigDecimal(text);
    } catch (NumberFormatException e) { // an exponent past what numbers can have
      sink.put(text);
      return;
    }
    BigDecimal stripped = number.stripTrailingZeros();
    boolean whole = stripped.scale() <= 0 && stripped.precision() - stripped.scale() <= 38;
    sink.put(number.signum() == 0 ? "0" : whole ? stripped.toPlainString() : stripped.toString());
  }

  private static void object(JsonScanner scanner, byte[] json, ByteSink sink) {
    Map<String, byte[]> members = new TreeMap<>();
    for (JsonToken token = scanner.next(); token != JsonToken.END_OBJECT; token = scanner.next()) {
      String name = scanner.text();
      ByteSink member = new ByteSink(32);
      value(scanner, scanner.next(), json, member);
      members.put(name, member.toBytes());
    }
    sink.put('{');
    boolean first = true;
    for (Map.Entry<String, byte[]> member : members.entrySet()) {
      if (!first) {
        sink.put(',');
      }
      first = false;
      byte[] name = member.getKey().getBytes(StandardCharsets.UTF_8);
      JsonText.string(name, 0, name.length, sink);
      sink.put(':').put(member.getValue());
    }
    sink.put('}');
  }
}
