package dev.kyma.query.core.exec;

import org.jspecify.annotations.Nullable;

/** Yields rows chunk by chunk. Used by one thread at a time. */
public interface Operator {
  /**
   * The next rows, or null when there are no more.
   *
   * @throws dev.kyma.query.core.QueryException if the statement fails
   */
  @Nullable Chunk next();
}
