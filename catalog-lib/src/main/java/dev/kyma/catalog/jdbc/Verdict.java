package dev.kyma.catalog.jdbc;

import dev.kyma.catalog.CommitOutcome;
import dev.kyma.catalog.CommitRecord;

/** What a transaction found about one commit; worth nothing until the transaction has ended. */
sealed interface Verdict {
  /** The commit is in, now or already before. */
  record Applied(CommitRecord record) implements Verdict {}

  /** An assumption does not hold. */
  record Refused(CommitOutcome.Reason reason, String detail) implements Verdict {}
}
