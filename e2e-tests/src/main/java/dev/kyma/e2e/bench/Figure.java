package dev.kyma.e2e.bench;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * One measured figure, as it is printed and as it is written to {@code target/bench}.
 *
 * @param name what was measured
 * @param unit of {@code ours} and {@code theirs}
 * @param ours our median
 * @param peer who else was measured in the same run, null for nobody
 * @param theirs the peer's median, null without peer
 * @param ratio how many times better we are, null without peer
 * @param rows how many rows the figure is about
 * @param rounds how many counted rounds the medians are of
 * @param equal whether complete answers were compared and agreed, null when there is nothing to
 *     compare
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Figure(
    String name,
    String unit,
    double ours,
    @Nullable String peer,
    @Nullable Double theirs,
    @Nullable Double ratio,
    long rows,
    int rounds,
    @Nullable Boolean equal) {

  /** A figure nobody else was asked for. */
  static Figure alone(String name, String unit, double ours, long rows) {
    return new Figure(name, unit, ours, null, null, null, rows, 1, null);
  }

  /** A figure of which less is better. */
  static Figure lessIsBetter(
      String name,
      String unit,
      double ours,
      double theirs,
      long rows,
      int rounds,
      @Nullable Boolean equal) {
    return new Figure(
        name, unit, ours, DuckDbPeer.NAME, theirs, theirs / ours, rows, rounds, equal);
  }
}
