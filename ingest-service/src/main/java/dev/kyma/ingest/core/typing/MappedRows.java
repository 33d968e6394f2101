package dev.kyma.ingest.core.typing;

import dev.kyma.format.vector.Batch;
import dev.kyma.ingest.core.json.Rejection;
import java.util.List;

/**
 * Rows as a batch of their table.
 *
 * @param batch the rows that fit, in the columns that rows of the table have in the log
 * @param rejections the first of the rows that do not
 * @param rejectedCount how many rows do not
 */
public record MappedRows(Batch batch, List<Rejection> rejections, int rejectedCount) {
  public MappedRows {
    rejections = List.copyOf(rejections);
  }
}
