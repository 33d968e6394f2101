package dev.kyma.ingest.core.json;

import dev.kyma.format.vector.Bits;

/**
 * Finds where JSON values end and what they are, over a range of an array of valid UTF-8.
 *
 * <p>After {@link #value} the accessors describe the value scanned last.
 */
public final class JsonScanner {
  /** How deep objects and arrays may nest within a row. */
  public static final int MAX_DEPTH = 512;

  private final byte[] data;
  private final int end;
  private final JsonNumberScanner numbers;
  private final long[] objects = new long[Bits.words(MAX_DEPTH)];

  private ValueKind kind = ValueKind.NULL;
  private long bits;
  private boolean escaped;
  private boolean broken;
  private boolean notFinite;

  /**
   * @param data the bytes
   * @param end where they end
   */
  public JsonScanner(byte[] data, int end) {
    this.data = data;
    this.end = end;
    this.numbers = new JsonNumberScanner(data, end);
  }

  /** What the last value was. */
  public ValueKind kind() {
    return kind;
  }

  /** What the kind of the last value says about these bits. */
  public long bits() {
    return bits;
  }

  /** Whether the last string holds escapes. */
  boolean escaped() {
    return escaped;
  }

  /** Whether the last string holds half a surrogate pair. */
  boolean broken() {
    return broken;
  }

  /** The place of the next byte that is not white space, or the end. */
  public int skipSpace(int from) {
    int p = from;
    while (p < end) {
      byte b = data[p];
      if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
        break;
      }
      p++;
    }
    return p;
  }

  /** The byte at a place, or -1 at the end. */
  public int at(int p) {
    return p < end ? data[p] & 255 : -1;
  }

  /** Scans the value that starts at a place and answers where it ends. */
  public int value(int from) throws MalformedJsonException {
    notFinite = false;
    int to = scalar(from);
    if (to < 0) {
      to = nested(from);
      kind = notFinite ? ValueKind.NESTED_NOT_FINITE : ValueKind.NESTED;
    }
    return to;
  }

  /** Scans a value that is neither object nor array; answers -1 when it is one of them. */
  private int scalar(int from) throws MalformedJsonException {
    switch (at(from)) {
      case '{', '[' -> {
        return -1;
      }
      case '"' -> {
        int to = string(from);
        if (broken) {
          kind = ValueKind.BROKEN_TEXT;
        } else {
          kind = ValueKind.TEXT;
          bits = escaped ? 1 : 0;
          if (!escaped && Timestamps.mayBeRfc3339(data, from + 1, to - 1)) {
            long nanos = Timestamps.rfc3339(data, from + 1, to - 1);
            if (nanos != Timestamps.NONE) {
              kind = ValueKind.TIMESTAMP;
              bits = nanos;
            }
          }
        }
        return to;
      }
      case 't' -> {
        bits = 1;
        kind = ValueKind.BOOL;
        return literal(from, "true");
      }
      case 'f' -> {
        bits = 0;
        kind = ValueKind.BOOL;
        return literal(from, "false");
      }
      case 'n' -> {
        kind = ValueKind.NULL;
        return literal(from, "null");
      }
      case 'N' -> {
        return notFinite(from, "NaN", Double.NaN);
      }
      case 'I' -> {
        return notFinite(from, "Infinity", Double.POSITIVE_INFINITY);
      }
      default -> {
        if (at(from) == '-' && at(from + 1) == 'I') {
          return notFinite(from, "-Infinity", Double.NEGATIVE_INFINITY);
        }
        int to = numbers.scan(from);
        kind = numbers.kind();
        bits = numbers.bits();
        return to;
      }
    }
  }

  private int notFinite(int from, String token, double value) throws MalformedJsonException {
    kind = ValueKind.NOT_FINITE;
    bits = Double.doubleToRawLongBits(value);
    notFinite = true;
    return literal(from, token);
  }

  private int literal(int from, String token) throws MalformedJsonException {
    for (int i = 0; i < token.length(); i++) {
      if (at(from + i) != token.charAt(i)) {
        throw new MalformedJsonException(from, "a value was expected");
      }
    }
    return from + token.length();
  }

  /** Scans the string that starts at a place and answers where it ends, after the closing quote. */
  int string(int from) throws MalformedJsonException {
    escaped = false;
    broken = false;
    int p = from + 1;
    while (p < end) {
      byte b = data[p];
      if (b == '"') {
        return p + 1;
      }
      if (b == '\\') {
        escaped = true;
        p = escape(p);
      } else if (b >= 0 && b < 0x20) {
        throw new MalformedJsonException(p, "a control character stands in a string");
      } else {
        p++;
      }
    }
    throw new MalformedJsonException(from, "a string does not end");
  }

  private int escape(int p) throws MalformedJsonException {
    switch (at(p + 1)) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> {
        return p + 2;
      }
      case 'u' -> {
        char unit = JsonStrings.unit(data, p, end);
        if (Character.isHighSurrogate(unit)
            && at(p + 6) == '\\'
            && at(p + 7) == 'u'
            && Character.isLowSurrogate(JsonStrings.unit(data, p + 6, end))) {
          return p + 12;
        }
        broken |= Character.isSurrogate(unit);
        return p + 6;
      }
      default -> throw new MalformedJsonException(p, "an unknown escape stands in a string");
    }
  }

  private int nested(int from) throws MalformedJsonException {
    int depth = 0;
    int p = from;
    boolean afterComma = false;
    while (true) {
      p = skipSpace(p);
      int c = at(p);
      if (depth > 0 && !afterComma && c == closer(depth)) {
        p++;
        depth--;
      } else {
        if (depth > 0 && isObject(depth)) {
          p = keyAndColon(p);
          c = at(p);
        }
        afterComma = false;
        if (c == '{' || c == '[') {
          if (depth == MAX_DEPTH) {
            throw new MalformedJsonException(p, "values nest deeper than " + MAX_DEPTH);
          }
          depth++;
          if (c == '{') {
            Bits.set(objects, depth - 1);
          } else {
            Bits.clear(objects, depth - 1);
          }
          p++;
          continue;
        }
        p = scalar(p);
      }
      // A value ended: what follows closes its container or leads to the next value.
      while (true) {
        if (depth == 0) {
          return p;
        }
        p = skipSpace(p);
        c = at(p);
        if (c == ',') {
          p++;
          afterComma = true;
          break;
        }
        if (c != closer(depth)) {
          throw new MalformedJsonException(p, "a comma or the end of the container was expected");
        }
        p++;
        depth--;
      }
    }
  }

  /** Scans a key and its colon; answers where the value starts. */
  private int keyAndColon(int from) throws MalformedJsonException {
    if (at(from) != '"') {
      throw new MalformedJsonException(from, "a key in quotes was expected");
    }
    return colon(string(from));
  }

  /** Scans a colon and the space around it; answers where the value starts. */
  int colon(int from) throws MalformedJsonException {
    int p = skipSpace(from);
    if (at(p) != ':') {
      throw new MalformedJsonException(p, "a colon was expected");
    }
    return skipSpace(p + 1);
  }

  private boolean isObject(int depth) {
    return Bits.get(objects, depth - 1);
  }

  private int closer(int depth) {
    return isObject(depth) ? '}' : ']';
  }
}
