package dev.kyma.catalog.bench;

import java.util.Locale;

/** Prints figures as the benchmarks of the whole print them. Stateless. */
final class Figures {
  private Figures() {}

  /**
   * Prints one figure as a line of JSON.
   *
   * @param about further members, as JSON, each with a comma before it; may be empty
   */
  static void print(String name, String unit, double ours, long rows, String about) {
    System.out.printf(
        Locale.ROOT,
        "{\"name\":\"%s\",\"unit\":\"%s\",\"ours\":%.3f,\"rows\":%d,\"rounds\":1%s}%n",
        name,
        unit,
        ours,
        rows,
        about);
  }

  /** The value that {@code percent} of some sorted values are not above. */
  static long percentile(long[] sorted, double percent) {
    int at = (int) Math.ceil(sorted.length * percent / 100) - 1;
    return sorted[Math.max(0, at)];
  }
}
