package dev.kyma.query.core.exec;

import java.util.Arrays;

/** Finds values by their place in order without putting all in order. Stateless. */
final class Select {
  private Select() {}

  /**
   * Moves values about so that {@code values[n]} is what it would be in ascending order (NaN last),
   * none before it greater and none after it less.
   */
  static void nth(double[] values, int from, int to, int n) {
    int low = from;
    int high = to - 1;
    int rounds = 0;
    while (high - low > 32) {
      if (++rounds > 64) { // a bad run of pivots: give up the linear way
        Arrays.sort(values, low, high + 1);
        return;
      }
      double pivot = median(values[low], values[(low + high) >>> 1], values[high]);
      int i = low;
      int j = high;
      while (i <= j) {
        while (Double.compare(values[i], pivot) < 0) {
          i++;
        }
        while (Double.compare(values[j], pivot) > 0) {
          j--;
        }
        if (i <= j) {
          double swap = values[i];
          values[i++] = values[j];
          values[j--] = swap;
        }
      }
      if (n <= j) {
        high = j;
      } else if (n >= i) {
        low = i;
      } else {
        return;
      }
    }
    Arrays.sort(values, low, high + 1);
  }

  private static double median(double a, double b, double c) {
    if (Double.compare(a, b) < 0) {
      return Double.compare(b, c) < 0 ? b : Double.compare(a, c) < 0 ? c : a;
    }
    return Double.compare(a, c) < 0 ? a : Double.compare(b, c) < 0 ? c : b;
  }

  /** The least of a range that is not empty. */
  static double least(double[] values, int from, int to) {
    double least = values[from];
    for (int i = from + 1; i < to; i++) {
      if (Double.compare(values[i], least) < 0) {
        least = values[i];
      }
    }
    return least;
  }
}
