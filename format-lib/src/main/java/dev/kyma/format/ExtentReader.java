package dev.kyma.format;

import dev.kyma.format.type.TableSchema;

/**
 * An open extent. Columns are read only when a scan wants them. Safe for use by many threads;
 * nothing needs closing.
 */
public interface ExtentReader {
  /** The columns stored, with the types they had when the extent was written. */
  TableSchema schema();

  /** What the footer says of the extent. */
  ExtentSummary summary();

  /**
   * Reads rows in their stored order.
   *
   * <p>Columns of the request that the extent does not have are all NULL; columns whose type has
   * widened since are converted to the type asked for.
   *
   * @throws CorruptExtentException here or from the cursor, if stored bytes are damaged
   */
  ScanCursor scan(ScanRequest request);
}
