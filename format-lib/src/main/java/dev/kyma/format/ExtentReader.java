package dev.kyma.format;

import dev.kyma.format.index.ExtentFilter;
import dev.kyma.format.type.TableSchema;
import dev.kyma.format.vector.Batch;
import java.util.List;

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

  /**
   * Looks up rows by primary key.
   *
   * @param keys one key a row, in the columns of {@link ExtentOptions#primaryKey} in its order, in
   *     the types the table has today
   * @return every pair of a key and a row that holds it, deleted or not; an extent may hold several
   *     versions of one key
   * @throws IllegalArgumentException if the extent was not written with a primary key of so many
   *     columns
   * @throws CorruptExtentException if stored bytes are damaged
   */
  KeyMatches find(Batch keys);

  /**
   * The filters that {@link WrittenExtent#filters} answered when the extent was written.
   *
   * @throws CorruptExtentException if stored bytes are damaged
   */
  List<ExtentFilter> filters();
}
