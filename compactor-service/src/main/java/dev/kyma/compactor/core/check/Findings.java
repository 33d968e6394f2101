package dev.kyma.compactor.core.check;

import java.util.ArrayList;
import java.util.List;

/** The findings of one check, up to a number of them. Safe for use by many threads. */
final class Findings {
  private final int limit;
  private final List<Finding> findings = new ArrayList<>();
  private long left;

  Findings(int limit) {
    this.limit = limit;
  }

  synchronized void add(Finding finding) {
    if (findings.size() < limit) {
      findings.add(finding);
    } else {
      left++;
    }
  }

  /** How many there are. */
  synchronized long count() {
    return findings.size() + left;
  }

  /** Those that are kept, and a last one that says how many are not. */
  synchronized List<Finding> all() {
    List<Finding> all = new ArrayList<>(findings);
    if (left > 0) {
      all.add(
          Finding.of(
              Finding.Code.TOO_MANY,
              "",
              "",
              "at most " + limit + " findings",
              (limit + left) + " findings"));
    }
    return all;
  }
}
