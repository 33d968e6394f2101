package dev.kyma.compactor.core.check;

import java.util.List;

/**
 * What a check came to.
 *
 * @param snapshot the snapshot that was checked
 * @param tables how many tables
 * @param extents how many extents
 * @param rows how many rows were read; 0 unless the check was extended
 * @param commits how many commits
 * @param findings what was found; empty when all is as it should be
 */
public record CheckReport(
    long snapshot, long tables, long extents, long rows, long commits, List<Finding> findings) {
  public CheckReport {
    findings = List.copyOf(findings);
  }

  /** The report in one sentence. */
  public String summary() {
    return "checked %d tables, %d extents, %d rows, %d commits at snapshot %d: %s"
        .formatted(
            tables,
            extents,
            rows,
            commits,
            snapshot,
            findings.isEmpty() ? "nothing found" : findings.size() + " findings");
  }
}
