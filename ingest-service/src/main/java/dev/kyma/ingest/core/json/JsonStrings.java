package dev.kyma.ingest.core.json;

import java.util.Arrays;

/** The characters behind a JSON string's escapes. */
public final class JsonStrings {
  private JsonStrings() {}

  /** The code unit of the {@code \\uXXXX} escape at a place. */
  static char unit(byte[] data, int p, int end) throws MalformedJsonException {
    int unit = 0;
    for (int i = p + 2; i < p + 6; i++) {
      int digit = i < end ? Character.digit(data[i], 16) : -1;
      if (digit < 0) {
        throw new MalformedJsonException(p, "four hexadecimal digits were expected");
      }
      unit = unit << 4 | digit;
    }
    return (char) unit;
  }

  /**
   * The UTF-8 bytes a string stands for.
   *
   * @param data holds the string
   * @param from where its contents start, after the quote
   * @param to where they end, before the quote; scanned before and without broken surrogates
   */
  public static byte[] unescape(byte[] data, int from, int to) {
    byte[] out = new byte[to - from];
    int length = 0;
    int p = from;
    while (p < to) {
      byte b = data[p];
      if (b != '\\') {
        out[length++] = b;
        p++;
        continue;
      }
      byte c = data[p + 1];
      if (c != 'u') {
        out[length++] =
            switch (c) {
              case 'b' -> '\b';
              case 'f' -> '\f';
              case 'n' -> '\n';
              case 'r' -> '\r';
              case 't' -> '\t';
              default -> c;
            };
        p += 2;
        continue;
      }
      int point = hex(data, p);
      p += 6;
      if (Character.isHighSurrogate((char) point)) {
        point = Character.toCodePoint((char) point, (char) hex(data, p));
        p += 6;
      }
      // An escape is never shorter than the bytes it stands for.
      if (point < 0x80) {
        out[length++] = (byte) point;
      } else if (point < 0x800) {
        out[length++] = (byte) (0xC0 | point >> 6);
        out[length++] = (byte) (0x80 | point & 63);
      } else if (point < 0x10000) {
        out[length++] = (byte) (0xE0 | point >> 12);
        out[length++] = (byte) (0x80 | point >> 6 & 63);
        out[length++] = (byte) (0x80 | point & 63);
      } else {
        out[length++] = (byte) (0xF0 | point >> 18);
        out[length++] = (byte) (0x80 | point >> 12 & 63);
        out[length++] = (byte) (0x80 | point >> 6 & 63);
        out[length++] = (byte) (0x80 | point & 63);
      }
    }
    return Arrays.copyOf(out, length);
  }

  private static int hex(byte[] data, int p) {
    int unit = 0;
    for (int i = p + 2; i < p + 6; i++) {
      unit = unit << 4 | Character.digit(data[i], 16);
    }
    return unit;
  }
}
