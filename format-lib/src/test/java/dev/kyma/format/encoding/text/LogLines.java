package dev.kyma.format.encoding.text;

import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.BytesVector;
import dev.kyma.format.vector.BytesVectorBuilder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Lines such as programs log, from one seed: every kind of variable, and what only looks like it.
 */
final class LogLines {
  private static final String[] WORDS = {
    "connection", "closed", "by", "peer", "user", "cache", "miss", "für", "naïve", "日本", "x", "Ok"
  };
  private static final String[] PATHS = {
    "/index.html", "/api/v1/users/", "/a/b c", "//", "/é/%20?q=1"
  };
  private static final String[] MONTHS = {"Jan", "Feb", "Mar", "Apr", "May", "Jun"};

  private final SplittableRandom random;
  private String id = "";

  LogLines(long seed) {
    random = new SplittableRandom(seed);
  }

  static BytesVector vector(List<byte[]> rows) {
    BytesVectorBuilder builder = new BytesVectorBuilder(LogicalType.TEXT, rows.size());
    for (byte[] row : rows) {
      builder.append(row, 0, row.length);
    }
    return builder.build();
  }

  private String word() {
    return WORDS[random.nextInt(WORDS.length)];
  }

  private String digits(int count) {
    StringBuilder digits = new StringBuilder();
    for (int i = 0; i < count; i++) {
      digits.append(random.nextInt(10));
    }
    return digits.toString();
  }

  private String hex() {
    return HexFormat.of().toHexDigits(random.nextLong());
  }

  private String two(int bound) {
    return String.format("%02d", random.nextInt(bound));
  }

  private String clock() {
    return two(25) + ":" + two(61) + ":" + two(61);
  }

  private String fraction() {
    return (random.nextBoolean() ? "." : ",") + digits(random.nextInt(11));
  }

  private String variable() {
    return switch (random.nextInt(22)) {
      case 0 -> digits(1 + random.nextInt(21));
      case 1 -> Long.toString(random.nextLong());
      case 2 -> "0" + digits(random.nextInt(20));
      case 3 -> digits(1 + random.nextInt(4)) + "." + digits(random.nextInt(16));
      case 4 -> random.nextInt(1970, 2027) + "-" + two(14) + "-" + two(33) + "T" + clock();
      case 5 ->
          random.nextInt(1960, 2210) + "-" + two(13) + "-" + two(32) + " " + clock() + fraction();
      case 6 -> "2022-08-22T05:18:" + two(60) + "." + digits(6) + "Z";
      case 7 -> two(32) + "/" + MONTHS[random.nextInt(6)] + "/2015:" + clock() + " +0000";
      case 8 -> MONTHS[random.nextInt(6)] + " " + random.nextInt(1, 32) + " " + clock();
      case 9 -> MONTHS[random.nextInt(6)] + "  " + random.nextInt(10) + " " + clock() + " host";
      case 10 -> "2023/0" + random.nextInt(10) + "/1" + random.nextInt(10) + " " + clock();
      case 11 -> clock() + fraction();
      case 12 ->
          random.nextInt(300) + "." + random.nextInt(300) + "." + two(99) + "." + random.nextInt(9);
      case 13 -> hex();
      case 14 -> id = random.nextInt(4) == 0 ? hex() + hex() : id;
      case 15 -> new UUID(random.nextLong(), random.nextLong()).toString();
      case 16 -> new UUID(0, random.nextLong()).toString().toUpperCase(java.util.Locale.ROOT);
      case 17 -> "\"" + word() + " " + word() + "\"";
      case 18 -> PATHS[random.nextInt(PATHS.length)] + random.nextInt(50);
      case 19 -> word() + random.nextInt(1_000);
      case 20 -> digits(3) + word();
      default -> word();
    };
  }

  /** A line of a few templates, each line's variables of kinds of their own. */
  Supplier<byte[]> templates(int count) {
    String[][] templates = new String[count][];
    for (int t = 0; t < count; t++) {
      templates[t] = new String[2 + random.nextInt(5)];
      for (int i = 0; i < templates[t].length; i++) {
        templates[t][i] = word() + (random.nextBoolean() ? " " : "=");
      }
    }
    return () -> {
      StringBuilder line = new StringBuilder();
      for (String part : templates[random.nextInt(count)]) {
        line.append(part).append(variable());
      }
      return line.toString().getBytes(StandardCharsets.UTF_8);
    };
  }

  /** As a web server writes it. */
  byte[] access() {
    String line =
        "10.1."
            + random.nextInt(256)
            + "."
            + random.nextInt(256)
            + " - - [17/May/2015:"
            + clock()
            + " +0000] \"GET "
            + PATHS[random.nextInt(PATHS.length)]
            + " HTTP/1.1\" "
            + (200 + random.nextInt(4))
            + " "
            + random.nextInt(100_000)
            + " \"-\" \"Mozilla/5.0 (X11; Linux)\"";
    return line.getBytes(StandardCharsets.UTF_8);
  }

  /** Any bytes, few of them letters. */
  byte[] noise() {
    byte[] noise = new byte[random.nextInt(60)];
    random.nextBytes(noise);
    return noise;
  }

  /** A line far longer than templates take. */
  byte[] huge() {
    return (word() + " ").repeat(1_500).getBytes(StandardCharsets.UTF_8);
  }
}
