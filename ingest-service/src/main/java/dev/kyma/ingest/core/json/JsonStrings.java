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
    int length = dev.kyma.format.json.JsonStrings.unescape(data, from, to, out, 0);
    return Arrays.copyOf(out, length);
  }
}
