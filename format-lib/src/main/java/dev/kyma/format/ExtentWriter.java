package dev.kyma.format;

import dev.kyma.format.vector.Batch;

/**
 * Builds one extent in memory. Used by one thread.
 *
 * <p>An extent holds at most {@link #MAX_ROWS} rows. The writer keeps references to the vectors it
 * is given until {@link #finish()}.
 */
public interface ExtentWriter {
  /** The most rows an extent may hold. */
  int MAX_ROWS = 1 << 20;

  /**
   * Adds rows at the end.
   *
   * @throws IllegalArgumentException if the columns are not those of the schema, or the extent
   *     would hold more than {@link #MAX_ROWS}
   */
  void append(Batch batch);

  /** Encodes everything. The writer cannot be used any more. */
  WrittenExtent finish();
}
