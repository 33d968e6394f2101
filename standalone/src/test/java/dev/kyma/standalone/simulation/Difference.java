package dev.kyma.standalone.simulation;

import java.util.ArrayList;
import java.util.List;

/** What two sorted lists of rows do not share, for people. */
final class Difference {
  private static final int SHOWN = 8;

  private Difference() {}

  static String of(List<String> expected, List<String> actual) {
    List<String> missing = new ArrayList<>(expected);
    actual.forEach(missing::remove);
    List<String> surplus = new ArrayList<>(actual);
    expected.forEach(surplus::remove);
    return "%d rows for %d; missing %d: %s; surplus %d: %s"
        .formatted(
            actual.size(),
            expected.size(),
            missing.size(),
            missing.stream().limit(SHOWN).toList(),
            surplus.size(),
            surplus.stream().limit(SHOWN).toList());
  }
}
