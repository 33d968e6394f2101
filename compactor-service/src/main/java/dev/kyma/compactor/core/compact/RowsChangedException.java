package dev.kyma.compactor.core.compact;

/**
 * What a compaction was about to commit are not the rows it read. Nothing was committed: the inputs
 * stay as they are.
 */
public final class RowsChangedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RowsChangedException(String message) {
    super(message);
  }
}
