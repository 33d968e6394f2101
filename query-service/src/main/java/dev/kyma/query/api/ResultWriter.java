package dev.kyma.query.api;

import dev.kyma.query.core.QueryStats;
import dev.kyma.query.core.exec.Chunk;
import dev.kyma.query.core.frontend.OutputColumn;
import dev.kyma.query.core.text.ByteSink;
import java.util.List;

/** Writes one answer in one format, piece by piece. Used by one thread. */
interface ResultWriter {
  /** The media type of the answer. */
  String mediaType();

  /** What stands before the rows. */
  void begin(List<OutputColumn> columns, ByteSink sink);

  void rows(Chunk chunk, ByteSink sink);

  /** What stands after the rows of a whole answer. */
  void end(QueryStats stats, ByteSink sink);

  /**
   * Says that the answer is not whole, where the format can say it.
   *
   * @param problem the fault as a JSON object
   * @return whether it could be said; if not the connection must be cut
   */
  boolean failed(String problem, ByteSink sink);
}
