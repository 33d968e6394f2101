package dev.kyma.format.tlm;

import static dev.kyma.format.tlm.RandomColumns.text;

import java.util.SplittableRandom;
import java.util.function.IntFunction;

/** JSON texts of every shape, well-formed and not. */
final class RandomDocuments {
  private static final String[] KEYS = {
    "a",
    "b",
    "http.method",
    "http",
    "method",
    "status",
    "",
    "ü",
    "a.b",
    "k\\u0065y",
    "x\\\"y",
    "a.b.c"
  };

  private final SplittableRandom random;

  RandomDocuments(SplittableRandom random) {
    this.random = random;
  }

  IntFunction<byte[]> documents() {
    int shape = random.nextInt(5);
    return i ->
        text(
            switch (shape) {
              case 0 -> attributes(i);
              case 1 -> value(4);
              case 2 -> "{\"k" + random.nextInt(6000) + "\":" + random.nextInt(10) + "}";
              case 3 -> random.nextInt(20) == 0 ? odd() : attributes(i);
              default -> "{\"user\":{\"id\":" + random.nextInt(50) + ",\"n\":\"x\"},\"t\":1.50}";
            });
  }

  private String attributes(int row) {
    String space = random.nextInt(30) == 0 ? " " : "";
    String method = random.nextInt(3) == 0 ? "POST" : "GET";
    return "{\"http.method\":\""
        + method
        + "\","
        + space
        + "\"http.status_code\":"
        + (random.nextInt(50) == 0 ? "\"200\"" : Integer.toString(200 + random.nextInt(3)))
        + ",\"url\":\"/x/"
        + random.nextInt()
        + "\",\"took\":"
        + random.nextInt(1000) / 8.0
        + (random.nextInt(10) == 0 ? ",\"retry\":true" : "")
        + (random.nextInt(40) == 0 ? ",\"http\":{\"method\":\"PUT\"}" : "")
        + (random.nextInt(40) == 0 ? ",\"took\":null" : "")
        + ",\"row\":"
        + row
        + "}";
  }

  private String odd() {
    return switch (random.nextInt(9)) {
      case 0 -> "";
      case 1 -> "{\"a\":1,\"a\":2}";
      case 2 -> "{\"a\":\u0001}";
      case 3 -> "\u0001\u0002";
      case 4 -> "{\"http.method\":-0,\"took\":1e5,\"http.status_code\":0012}";
      case 5 -> "nope";
      case 6 -> " [1, 2 ,{\"http.method\":3}] ";
      case 7 -> "{\"took\":99999999999999999999999999,\"http.status_code\":-0.0}";
      default -> "\"\\u0001\"";
    };
  }

  private String value(int depth) {
    return switch (random.nextInt(depth == 0 ? 6 : 9)) {
      case 0 -> Integer.toString(random.nextInt(5));
      case 1 -> "\"s" + random.nextInt(3) + "\"";
      case 2 -> "true";
      case 3 -> "null";
      case 4 -> "-1.5e3";
      case 5 -> "\"\\n\\\\\"";
      case 6 -> "[" + value(depth - 1) + "," + value(depth - 1) + "]";
      default -> {
        StringBuilder object = new StringBuilder("{");
        int members = random.nextInt(4);
        for (int i = 0; i < members; i++) {
          object.append(i == 0 ? "" : ",").append('"').append(KEYS[random.nextInt(KEYS.length)]);
          object.append("\":").append(value(depth - 1));
        }
        yield object.append('}').toString();
      }
    };
  }
}
