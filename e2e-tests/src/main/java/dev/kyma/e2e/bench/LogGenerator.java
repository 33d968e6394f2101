package dev.kyma.e2e.bench;

import dev.kyma.e2e.bench.LogRow.Attribute;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The generated data set {@code otel_logs}: 24 hours in slight disorder, nanosecond times at
 * microsecond steps, 2 % errors, 60 services and 400 hosts with Zipf weights, traces of about nine
 * records, bodies from 2,000 templates with variables beside free text, stack traces, empty and
 * huge bodies, attributes with 40 common and 500 rare keys, some of mixed type, some absent.
 *
 * <p>Rows depend on the seed and on their number only: two generators with one seed give the same
 * rows. Used by one thread.
 */
final class LogGenerator {
  static final long START_NANOS = 1_767_225_600_000_000_000L;
  private static final long DAY_NANOS = 86_400_000_000_000L;
  private static final int TRACE_ROWS = 9;
  private static final int TEMPLATES = 2_000;
  private static final int SERVICES = 60;
  private static final int HOSTS = 400;
  private static final int USERS = 1_000_000;
  private static final int COMMON_KEYS = 40;
  private static final int RARE_KEYS = 500;

  /** One body in so many holds a word of its own. */
  static final int RARE_WORD_EVERY = 400_000;

  private static final String[] METHODS = {"GET", "GET", "GET", "POST", "PUT", "DELETE"};
  private static final int[] STATUSES = {
    200, 200, 200, 200, 201, 204, 301, 304, 400, 404, 500, 503
  };

  private final long seed;
  private final long rows;
  private final String[] words;
  private final String[][] templates;
  private long next;
  private SplittableRandom trace = new SplittableRandom(0);
  private String traceId = "";
  private int traceService;

  /**
   * @param seed decides every row
   * @param rows how many rows the day is divided among
   */
  LogGenerator(long seed, long rows) {
    this.seed = seed;
    this.rows = rows;
    SplittableRandom random = new SplittableRandom(seed);
    this.words = words(random, 3_000);
    this.templates = templates(random);
  }

  /** Whether there are further rows. */
  boolean hasNext() {
    return next < rows;
  }

  /** The next row. */
  LogRow next() {
    long number = next++;
    SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + number);
    if (number % TRACE_ROWS == 0) {
      trace = new SplittableRandom(~seed + number);
      traceId = hex(trace.nextLong()) + hex(trace.nextLong());
      traceService = zipf(trace, SERVICES);
    }
    int service = random.nextInt(4) == 0 ? zipf(random, SERVICES) : traceService;
    int host = (service * 7 + random.nextInt(7)) % HOSTS;
    long disorder = random.nextInt(50) == 0 ? random.nextLong(2_000_000) : 0;
    long micros = number * (DAY_NANOS / 1_000) / rows - disorder;
    int level = random.nextInt(100);
    int severity = level < 2 ? 17 : level < 7 ? 13 : level < 80 ? 9 : 5;
    return new LogRow(
        START_NANOS + Math.max(0, micros) * 1_000,
        severity,
        severity == 17 ? "ERROR" : severity == 13 ? "WARN" : severity == 9 ? "INFO" : "DEBUG",
        "service-" + service,
        "host-" + host,
        traceId,
        hex(random.nextLong()),
        body(random, number),
        attributes(random));
  }

  private String body(SplittableRandom random, long number) {
    int kind = random.nextInt(1_000);
    if (kind == 0) {
      return random.nextBoolean() ? "" : text(random, 1_800);
    }
    if (kind <= 10) {
      return stackTrace(random);
    }
    if (kind <= 60) {
      return text(random, 8 + random.nextInt(12));
    }
    StringBuilder body = new StringBuilder(128);
    for (String part : templates[zipf(random, TEMPLATES)]) {
      switch (part) {
        case "#int" -> body.append(random.nextInt(100_000));
        case "#hex" -> body.append(hex(random.nextLong()));
        case "#path" -> path(random, body);
        case "#ip" -> address(random, body);
        case "#word" -> body.append(words[zipf(random, words.length)]);
        default -> body.append(part);
      }
    }
    if (number % RARE_WORD_EVERY == RARE_WORD_EVERY / 2) {
      body.append(" needle").append(number / RARE_WORD_EVERY);
    }
    return body.toString();
  }

  private List<Attribute> attributes(SplittableRandom random) {
    List<Attribute> attributes = new ArrayList<>(8);
    if (random.nextInt(20) != 0) {
      attributes.add(
          new Attribute("http.status_code", (long) STATUSES[random.nextInt(STATUSES.length)]));
      attributes.add(new Attribute("http.method", METHODS[random.nextInt(METHODS.length)]));
    }
    if (random.nextInt(20) != 0) {
      attributes.add(new Attribute("duration_ms", duration(random)));
    }
    if (random.nextInt(20) != 0) {
      attributes.add(new Attribute("user_id", (long) zipf(random, USERS)));
    }
    int key = random.nextInt(COMMON_KEYS);
    for (int i = 0; i < 3; i++) {
      key = (key + 1 + random.nextInt(9)) % (COMMON_KEYS - i);
      attributes.add(commonAttribute(random, key, i));
    }
    if (random.nextInt(50) == 0) {
      attributes.add(
          new Attribute("rare.key" + random.nextInt(RARE_KEYS), words[random.nextInt(3_000)]));
    }
    return attributes;
  }

  private Attribute commonAttribute(SplittableRandom random, int key, int place) {
    String name = "app." + words[key] + "." + place;
    return switch (key % 4) {
      case 0 -> new Attribute(name, words[zipf(random, 50)]);
      case 1 -> new Attribute(name, (long) random.nextInt(1_000));
      case 2 -> new Attribute(name, random.nextBoolean());
      default ->
          random.nextInt(10) == 0
              ? new Attribute(name, Integer.toString(random.nextInt(100)))
              : new Attribute(name, (long) random.nextInt(100));
    };
  }

  /** Log-normal milliseconds; one in a hundred is no short decimal. */
  private static double duration(SplittableRandom random) {
    double gaussian = 0;
    for (int i = 0; i < 6; i++) {
      gaussian += random.nextDouble() - 0.5;
    }
    double millis = Math.exp(3 + 1.4 * gaussian);
    return random.nextInt(100) == 0 ? millis : Math.round(millis * 1_000) / 1_000.0;
  }

  private String text(SplittableRandom random, int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(i == 0 ? "" : " ").append(words[zipf(random, words.length)]);
    }
    return text.toString();
  }

  private String stackTrace(SplittableRandom random) {
    StringBuilder text = new StringBuilder("java.lang.IllegalStateException: ");
    text.append(text(random, 5));
    int frames = 4 + random.nextInt(8);
    for (int i = 0; i < frames; i++) {
      String type = words[zipf(random, 200)];
      text.append("\n\tat com.example.").append(type).append('.').append(words[zipf(random, 300)]);
      text.append('(').append(type).append(".java:").append(random.nextInt(900)).append(')');
    }
    return text.toString();
  }

  private void path(SplittableRandom random, StringBuilder out) {
    out.append("/api/v").append(1 + random.nextInt(3));
    out.append('/').append(words[zipf(random, 300)]).append('/').append(random.nextInt(50_000));
  }

  private static void address(SplittableRandom random, StringBuilder out) {
    out.append("10.").append(random.nextInt(4)).append('.').append(random.nextInt(256));
    out.append('.').append(random.nextInt(256));
  }

  private static String[] words(SplittableRandom random, int count) {
    String[] words = new String[count];
    for (int i = 0; i < count; i++) {
      StringBuilder word = new StringBuilder();
      int syllables = 1 + random.nextInt(3);
      for (int s = 0; s <= syllables; s++) {
        word.append("bcdfghjklmnprstvw".charAt(random.nextInt(17)));
        word.append("aeiou".charAt(random.nextInt(5)));
      }
      words[i] = word.append(i % 10).toString();
    }
    return words;
  }

  private String[][] templates(SplittableRandom random) {
    String[] variables = {"#int", "#hex", "#path", "#ip", "#word"};
    String[][] made = new String[TEMPLATES][];
    for (int i = 0; i < TEMPLATES; i++) {
      List<String> parts = new ArrayList<>();
      int slots = 1 + random.nextInt(4);
      for (int s = 0; s < slots; s++) {
        StringBuilder literal = new StringBuilder(s == 0 ? "" : " ");
        for (int w = 0; w < 2 + random.nextInt(3); w++) {
          literal.append(words[random.nextInt(words.length)]).append(' ');
        }
        parts.add(literal.append(words[random.nextInt(words.length)]).append('=').toString());
        parts.add(variables[random.nextInt(variables.length)]);
      }
      made[i] = parts.toArray(String[]::new);
    }
    return made;
  }

  /** A number below {@code bound}, small ones much more often than great ones. */
  private static int zipf(SplittableRandom random, int bound) {
    return (int) Math.min(bound - 1, Math.pow(bound + 1.0, random.nextDouble()) - 1);
  }

  private static String hex(long value) {
    return HexFormat.of().toHexDigits(value);
  }
}
