package dev.kyma.ingest.core.log;

import dev.kyma.catalog.TableDef;
import dev.kyma.format.log.KeyedRows;
import dev.kyma.format.vector.Batch;
import java.util.List;

/** Turns rows into the bytes of a frame; makes sure that the schema they name can be read. */
public interface FrameEncoder {

  /**
   * @param table the table, as of the schema version the batch has
   * @param batch the rows, in the columns of {@link dev.kyma.catalog.visibility.RowShape#inLog}
   * @param keys which rows came with an idempotency key
   */
  byte[] encode(TableDef table, Batch batch, List<KeyedRows> keys);
}
