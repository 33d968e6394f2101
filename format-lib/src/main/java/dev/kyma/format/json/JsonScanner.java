package dev.kyma.format.json;

import dev.kyma.format.vector.BytesVectorBuilder;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Reads one JSON text token by token, in place and without allocating.
 *
 * <p>Everything passed over is checked: the grammar of RFC 8259, UTF-8, and a bound on nesting.
 * After {@link #next()} the token lies at {@code [start(), end())} of the array; strings and names
 * include their quotes. A scanner is reused by {@link #reset}. Used by one thread.
 */
public final class JsonScanner {
  /** How many objects and arrays may be open at once. */
  public static final int MAX_DEPTH = 512;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long QUOTES = ONES * '"';
  private static final long BACKSLASHES = ONES * '\\';

  private enum Expect {
    VALUE,
    NAME_OR_END,
    NAME,
    VALUE_OR_END,
    COMMA_OR_END,
    NOTHING
  }

  private byte[] data = new byte[0];
  private int origin;
  private int limit;
  private int start;
  private int end;
  private int position;
  private boolean escaped;
  private int depth;
  // One bit an open container, set for objects.
  private final long[] containers = new long[MAX_DEPTH / 64];
  private Expect expect = Expect.NOTHING;

  /** Starts on the text at {@code [from, to)}. */
  public void reset(byte[] text, int from, int to) {
    data = text;
    origin = from;
    limit = to;
    start = from;
    end = from;
    position = from;
    escaped = false;
    depth = 0;
    expect = Expect.VALUE;
  }

  /** Starts on a whole array. */
  public void reset(byte[] text) {
    reset(text, 0, text.length);
  }

  /**
   * The next token; {@link JsonToken#END} again and again after the last.
   *
   * @throws MalformedJsonException if the text is not JSON; the scanner must be reset then
   */
  public JsonToken next() {
    skipWhiteSpace();
    if (expect == Expect.COMMA_OR_END && position < limit && data[position] == ',') {
      position++;
      expect = inObject() ? Expect.NAME : Expect.VALUE;
      skipWhiteSpace();
    }
    start = position;
    if (position == limit) {
      end = position;
      if (expect == Expect.NOTHING) {
        return JsonToken.END;
      }
      throw malformed("the text ends too early");
    }
    byte first = data[position];
    switch (expect) {
      case NAME, NAME_OR_END -> {
        if (first == '"') {
          return name();
        }
        if (first == '}' && expect == Expect.NAME_OR_END) {
          return close(JsonToken.END_OBJECT);
        }
        throw malformed("expected a key in quotes");
      }
      case COMMA_OR_END -> {
        if (first == (inObject() ? '}' : ']')) {
          return close(first == '}' ? JsonToken.END_OBJECT : JsonToken.END_ARRAY);
        }
        throw malformed("expected a comma or the end of the " + (inObject() ? "object" : "array"));
      }
      case NOTHING -> throw malformed("something follows the value");
      case VALUE_OR_END -> {
        return first == ']' ? close(JsonToken.END_ARRAY) : value(first);
      }
      case VALUE -> {
        return value(first);
      }
    }
    throw new AssertionError(expect);
  }

  /** After the begin of an object or array: passes over the rest of it, its end included. */
  public void skipContainer() {
    int outer = depth - 1;
    int begin = start;
    while (depth > outer) {
      next();
    }
    start = begin;
  }

  /**
   * Passes over the next value, whatever it is; {@link #start()} and {@link #end()} are its bounds
   * then.
   *
   * @return the value's first token
   */
  public JsonToken skipValue() {
    JsonToken token = next();
    if (token == JsonToken.BEGIN_OBJECT || token == JsonToken.BEGIN_ARRAY) {
      skipContainer();
    }
    return token;
  }

  /** Where the last token begins in the array. */
  public int start() {
    return start;
  }

  /** Where the last token ends in the array; for a name, the end of its closing quote. */
  public int end() {
    return end;
  }

  /** Whether the last name or string has escapes; without, its bytes are its content. */
  public boolean hasEscapes() {
    return escaped;
  }

  /** How many objects and arrays are open. */
  public int depth() {
    return depth;
  }

  /** The content of the last name or string. */
  public String text() {
    if (!escaped) {
      return new String(data, start + 1, end - start - 2, StandardCharsets.UTF_8);
    }
    byte[] content = new byte[end - start - 2];
    int length = JsonStrings.unescape(data, start + 1, end - 1, content, 0);
    return new String(content, 0, length, StandardCharsets.UTF_8);
  }

  /** Puts the content of the last name or string into a value that is being built. */
  public void putText(BytesVectorBuilder out) {
    if (escaped) {
      byte[] content = new byte[end - start - 2];
      out.put(content, 0, JsonStrings.unescape(data, start + 1, end - 1, content, 0));
    } else {
      out.put(data, start + 1, end - start - 2);
    }
  }

  /**
   * Checks a whole text.
   *
   * @throws MalformedJsonException if it is not JSON
   */
  public void check(byte[] text, int from, int to) {
    reset(text, from, to);
    skipValue();
    next();
  }

  private JsonToken value(byte first) {
    expect = depth == 0 ? Expect.NOTHING : Expect.COMMA_OR_END;
    return switch (first) {
      case '{' -> open(true);
      case '[' -> open(false);
      case '"' -> {
        string();
        yield JsonToken.STRING;
      }
      case 't' -> literal("true", JsonToken.TRUE);
      case 'f' -> literal("false", JsonToken.FALSE);
      case 'n' -> literal("null", JsonToken.NULL);
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
      default -> throw malformed("expected a value");
    };
  }

  private JsonToken open(boolean object) {
    if (depth == MAX_DEPTH) {
      throw malformed("nested deeper than " + MAX_DEPTH);
    }
    long bit = 1L << depth;
    if (object) {
      containers[depth >>> 6] |= bit;
    } else {
      containers[depth >>> 6] &= ~bit;
    }
    depth++;
    end = ++position;
    expect = object ? Expect.NAME_OR_END : Expect.VALUE_OR_END;
    return object ? JsonToken.BEGIN_OBJECT : JsonToken.BEGIN_ARRAY;
  }

  private JsonToken close(JsonToken token) {
    depth--;
    end = ++position;
    expect = depth == 0 ? Expect.NOTHING : Expect.COMMA_OR_END;
    return token;
  }

  private boolean inObject() {
    return (containers[(depth - 1) >>> 6] >>> (depth - 1) & 1L) != 0;
  }

  private JsonToken name() {
    string();
    skipWhiteSpace();
    if (position == limit || data[position] != ':') {
      throw malformed("expected a colon");
    }
    position++;
    expect = Expect.VALUE;
    return JsonToken.NAME;
  }

  private JsonToken literal(String word, JsonToken token) {
    int length = word.length();
    if (limit - position < length) {
      throw malformed("expected " + word);
    }
    for (int i = 1; i < length; i++) {
      if (data[position + i] != word.charAt(i)) {
        throw malformed("expected " + word);
      }
    }
    position += length;
    end = position;
    return token;
  }

  private JsonToken number() {
    if (data[position] == '-') {
      position++;
    }
    if (position < limit && data[position] == '0') {
      position++;
    } else {
      digits();
    }
    if (position < limit && data[position] == '.') {
      position++;
      digits();
    }
    if (position < limit && (data[position] | 0x20) == 'e') {
      position++;
      if (position < limit && (data[position] == '+' || data[position] == '-')) {
        position++;
      }
      digits();
    }
    end = position;
    return JsonToken.NUMBER;
  }

  private void digits() {
    int begin = position;
    while (position < limit && data[position] >= '0' && data[position] <= '9') {
      position++;
    }
    if (position == begin) {
      throw malformed("expected a digit");
    }
  }

  private void string() {
    escaped = false;
    int at = position + 1;
    while (true) {
      at = plain(at);
      if (at >= limit) {
        throw malformed("a string without an end");
      }
      byte next = data[at];
      if (next == '"') {
        position = at + 1;
        end = position;
        return;
      }
      if (next == '\\') {
        escaped = true;
        at = escape(at);
      } else if (next < 0) {
        int length = Utf8.sequence(data, at, limit);
        if (length == 0) {
          position = at;
          throw malformed("a string that is not UTF-8");
        }
        at += length;
      } else {
        position = at;
        throw malformed("a control character in a string");
      }
    }
  }

  /** The first byte from {@code at} on that is a quote, a backslash, a control or not ASCII. */
  private int plain(int at) {
    while (at + 8 <= limit) {
      long word = (long) LONGS.get(data, at);
      long quotes = word ^ QUOTES;
      long slashes = word ^ BACKSLASHES;
      // A byte's high bit is set where it is below 0x20, a quote, a backslash or above 0x7F; the
      // lowest set bit is exact, higher ones may be false, and only the lowest is used.
      long found =
          (word - ONES * 0x20 | quotes - ONES & ~quotes | slashes - ONES & ~slashes | word)
              & HIGH_BITS;
      if (found != 0) {
        return at + (Long.numberOfTrailingZeros(found) >>> 3);
      }
      at += 8;
    }
    while (at < limit && data[at] >= 0x20 && data[at] != '"' && data[at] != '\\') {
      at++;
    }
    return at;
  }

  private int escape(int at) {
    position = at;
    if (at + 1 >= limit) {
      throw malformed("a string without an end");
    }
    switch (data[at + 1]) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> {
        return at + 2;
      }
      case 'u' -> {
        if (at + 6 > limit || JsonStrings.hex4(data, at + 2) < 0) {
          throw malformed("expected four hexadecimal digits");
        }
        return at + 6;
      }
      default -> throw malformed("an escape that JSON does not have");
    }
  }

  private void skipWhiteSpace() {
    while (position < limit) {
      byte next = data[position];
      if (next > ' ' || next != ' ' && next != '\n' && next != '\r' && next != '\t') {
        return;
      }
      position++;
    }
  }

  private MalformedJsonException malformed(String problem) {
    return new MalformedJsonException(position - origin, problem);
  }
}
