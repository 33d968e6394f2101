package dev.kyma.query.core;

import dev.kyma.query.core.exec.Chunk;
import dev.kyma.query.core.frontend.OutputColumn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of an answer, computed while they are read. Used by one thread, except {@link
 * #cancel()}. Must be closed.
 */
public interface QueryAnswer extends AutoCloseable {
  /** The columns. */
  List<OutputColumn> columns();

  /**
   * The next rows, or null when there are no more.
   *
   * @throws QueryException if the statement fails; the rows before are then no whole answer
   */
  @Nullable Chunk next();

  /** What the answer is based on and what it took so far. */
  QueryStats stats();

  /** Ends the query soon, whoever calls. */
  void cancel();

  @Override
  void close();
}
