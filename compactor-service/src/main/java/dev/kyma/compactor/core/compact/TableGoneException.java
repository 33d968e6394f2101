package dev.kyma.compactor.core.compact;

/** The table that was to be compacted is not there. */
public final class TableGoneException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TableGoneException(long table) {
    super("there is no table " + table);
  }
}
