package dev.kyma.format.json;

import java.util.Random;

/** Writes random JSON texts with awkward keys, escapes, numbers, repeats and white space. */
final class RandomJson {
  private static final String[] KEYS = {
    "a",
    "b",
    "c",
    "a.b",
    "b.c",
    "a.b.c",
    "",
    ".",
    "a.",
    "\\u0061",
    "ключ",
    "\\ud83d\\ude00",
    "x\\\"y"
  };
  private static final String[] NUMBERS = {
    "0",
    "-0",
    "1",
    "1.0",
    "10e-1",
    "0.1",
    "1e3",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775808",
    "123456789012345678901234567890",
    "1e400",
    "1E-7",
    "2.50",
    "32768",
    "1700000000000000001",
    "0.30000000000000004",
    "99999999999999999999e-2"
  };
  private static final String[] STRINGS = {
    "",
    "plain text",
    "with \\\"quotes\\\" and \\\\",
    "tab\\t\\n\\u0001",
    "ümlaut — ✓",
    "\\ud83d\\ude00",
    "\\ud83d alone",
    "NaN",
    "Infinity",
    "a longer string without anything special in it at all"
  };

  private final Random random;

  RandomJson(Random random) {
    this.random = random;
  }

  String text() {
    StringBuilder out = new StringBuilder();
    space(out);
    value(out, 4);
    space(out);
    return out.toString();
  }

  String object() {
    StringBuilder out = new StringBuilder();
    object(out, 4);
    return out.toString();
  }

  private void value(StringBuilder out, int depth) {
    switch (random.nextInt(depth == 0 ? 5 : 8)) {
      case 0 -> out.append("null");
      case 1 -> out.append(random.nextBoolean() ? "true" : "false");
      case 2, 3 -> out.append(pick(NUMBERS));
      case 4 -> out.append('"').append(pick(STRINGS)).append('"');
      case 5 -> {
        out.append('[');
        int count = random.nextInt(4);
        for (int i = 0; i < count; i++) {
          if (i > 0) {
            out.append(',');
          }
          space(out);
          value(out, depth - 1);
          space(out);
        }
        out.append(']');
      }
      default -> object(out, depth);
    }
  }

  private void object(StringBuilder out, int depth) {
    out.append('{');
    int count = random.nextInt(5);
    for (int i = 0; i < count; i++) {
      if (i > 0) {
        out.append(',');
      }
      space(out);
      out.append('"').append(pick(KEYS)).append('"');
      space(out);
      out.append(':');
      space(out);
      value(out, depth - 1);
    }
    space(out);
    out.append('}');
  }

  private void space(StringBuilder out) {
    if (random.nextInt(6) == 0) {
      out.append(random.nextBoolean() ? " " : "\n\t ");
    }
  }

  private String pick(String[] from) {
    return from[random.nextInt(from.length)];
  }
}
