package dev.kyma.ingest.core.typing;

import dev.kyma.ingest.core.json.JsonText;
import dev.kyma.ingest.core.json.ValueKind;

/** The text of a JSON value as it was sent, with what JSON has no word for put into quotes. */
final class RawText {
  private RawText() {}

  static void append(ValueKind kind, byte[] source, int from, int to, JsonText out) {
    switch (kind) {
      case NOT_FINITE -> out.raw('"').raw(source, from, to).raw('"');
      case NESTED_NOT_FINITE -> quoteTokens(source, from, to, out);
      case NULL, BOOL, INT64, DOUBLE, DECIMAL, BIG_NUMBER, TEXT, TIMESTAMP, BROKEN_TEXT, NESTED ->
          out.raw(source, from, to);
    }
  }

  /** Outside strings, only the words meant here have upper-case N or I at their start. */
  private static void quoteTokens(byte[] source, int from, int to, JsonText out) {
    boolean inString = false;
    int p = from;
    while (p < to) {
      byte b = source[p];
      if (inString && b == '\\') {
        out.raw(b).raw(source[p + 1]);
        p += 2;
        continue;
      }
      if (b == '"') {
        inString = !inString;
      }
      int length = inString ? 0 : tokenLength(source, p, to);
      if (length == 0) {
        out.raw(b);
        p++;
      } else {
        out.raw('"').raw(source, p, p + length).raw('"');
        p += length;
      }
    }
  }

  private static int tokenLength(byte[] source, int p, int to) {
    if (source[p] == 'N') {
      return 3;
    }
    if (source[p] == 'I') {
      return 8;
    }
    return source[p] == '-' && p + 1 < to && source[p + 1] == 'I' ? 9 : 0;
  }
}
