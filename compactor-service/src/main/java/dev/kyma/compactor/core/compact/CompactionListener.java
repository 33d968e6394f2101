package dev.kyma.compactor.core.compact;

/** Is told what became of tasks. Called by many threads; must not wait. */
public interface CompactionListener {
  /** Told nothing. */
  CompactionListener NONE = (task, result) -> {};

  /** A task has ended. */
  void ended(CompactionTask task, CompactionResult result);
}
