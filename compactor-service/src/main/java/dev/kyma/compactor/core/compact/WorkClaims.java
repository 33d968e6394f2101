package dev.kyma.compactor.core.compact;

import java.util.Optional;

/**
 * Spreads tasks over the processes that compact. Claims save work; correctness never rests on them,
 * since of two that merge the same extents only one can commit. Safe for use by many threads.
 */
@FunctionalInterface
public interface WorkClaims {
  /** Everything is ours: for one process. */
  WorkClaims UNSHARED = task -> Optional.of(Claim.UNSHARED);

  /** Takes a task on; empty when another process has it or part of it. */
  Optional<Claim> take(CompactionTask task);

  /** A task that was taken on. Used by one thread. */
  interface Claim extends Progress {
    /** Nobody asks for it. */
    Claim UNSHARED =
        new Claim() {
          @Override
          public Wanted report(String step, long done, long total) {
            return Wanted.GO_ON;
          }

          @Override
          public void ended(CompactionResult result) {}
        };

    /** Gives the task back. */
    void ended(CompactionResult result);
  }
}
