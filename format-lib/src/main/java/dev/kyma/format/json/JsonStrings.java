package dev.kyma.format.json;

import dev.kyma.format.vector.BytesVectorBuilder;

/** Escapes and unescapes the content of JSON strings. Stateless. */
public final class JsonStrings {
  private static final byte[] HEX = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };

  private JsonStrings() {}

  /**
   * Replaces escapes by what they stand for. A surrogate escape without its partner becomes U+FFFD,
   * as UTF-8 cannot hold it.
   *
   * @param data the text, already checked by {@link JsonScanner}
   * @param from the first byte after the opening quote
   * @param to the closing quote
   * @param out takes the content; at most {@code to - from} bytes are written
   * @return where the content ends in {@code out}
   */
  public static int unescape(byte[] data, int from, int to, byte[] out, int outFrom) {
    int at = from;
    int put = outFrom;
    while (at < to) {
      byte next = data[at];
      if (next != '\\') {
        out[put++] = next;
        at++;
        continue;
      }
      byte kind = data[at + 1];
      if (kind != 'u') {
        out[put++] =
            switch (kind) {
              case 'b' -> '\b';
              case 'f' -> '\f';
              case 'n' -> '\n';
              case 'r' -> '\r';
              case 't' -> '\t';
              default -> kind;
            };
        at += 2;
        continue;
      }
      int unit = hex4(data, at + 2);
      at += 6;
      int codePoint = unit;
      if (unit >= 0xD800 && unit < 0xE000) {
        codePoint = 0xFFFD;
        if (unit < 0xDC00 && at + 6 <= to && data[at] == '\\' && data[at + 1] == 'u') {
          int low = hex4(data, at + 2);
          if (low >= 0xDC00 && low < 0xE000) {
            codePoint = Character.toCodePoint((char) unit, (char) low);
            at += 6;
          }
        }
      }
      put = encode(codePoint, out, put);
    }
    return put;
  }

  /** Writes text as a JSON string, quotes included. The bytes must be UTF-8. */
  public static void quote(byte[] text, int from, int to, BytesVectorBuilder out) {
    out.put('"');
    int plain = from;
    for (int at = from; at < to; at++) {
      byte next = text[at];
      if (next >= 0x20 && next != '"' && next != '\\' || next < 0) {
        continue;
      }
      out.put(text, plain, at - plain);
      plain = at + 1;
      escape(next, out);
    }
    out.put(text, plain, to - plain);
    out.put('"');
  }

  private static void escape(byte control, BytesVectorBuilder out) {
    out.put('\\');
    switch (control) {
      case '"', '\\' -> out.put(control);
      case '\b' -> out.put('b');
      case '\f' -> out.put('f');
      case '\n' -> out.put('n');
      case '\r' -> out.put('r');
      case '\t' -> out.put('t');
      default -> {
        out.put('u');
        out.put('0');
        out.put('0');
        out.put(HEX[control >>> 4]);
        out.put(HEX[control & 15]);
      }
    }
  }

  /** The value of four hexadecimal digits, or -1 if they are not. */
  static int hex4(byte[] data, int at) {
    int value = 0;
    for (int i = 0; i < 4; i++) {
      int digit = Character.digit(data[at + i], 16);
      if (digit < 0) {
        return -1;
      }
      value = value << 4 | digit;
    }
    return value;
  }

  private static int encode(int codePoint, byte[] out, int at) {
    if (codePoint < 0x80) {
      out[at] = (byte) codePoint;
      return at + 1;
    }
    if (codePoint < 0x800) {
      out[at] = (byte) (0xC0 | codePoint >>> 6);
      out[at + 1] = (byte) (0x80 | codePoint & 0x3F);
      return at + 2;
    }
    if (codePoint < 0x10000) {
      out[at] = (byte) (0xE0 | codePoint >>> 12);
      out[at + 1] = (byte) (0x80 | codePoint >>> 6 & 0x3F);
      out[at + 2] = (byte) (0x80 | codePoint & 0x3F);
      return at + 3;
    }
    out[at] = (byte) (0xF0 | codePoint >>> 18);
    out[at + 1] = (byte) (0x80 | codePoint >>> 12 & 0x3F);
    out[at + 2] = (byte) (0x80 | codePoint >>> 6 & 0x3F);
    out[at + 3] = (byte) (0x80 | codePoint & 0x3F);
    return at + 4;
  }
}
