package dev.kyma.query.core.exec;

import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.Selection;

/**
 * Rows on their way from one operator to the next.
 *
 * @param batch the columns; values of rows not selected are unspecified
 * @param selection which rows of the batch are meant, at least one
 */
public record Chunk(Batch batch, Selection selection) {
  /** All rows of a batch. */
  public static Chunk of(Batch batch) {
    return new Chunk(batch, Selection.all(batch.rowCount()));
  }
}
