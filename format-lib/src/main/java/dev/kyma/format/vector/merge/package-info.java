/**
 * Merging runs of rows that are each in order into one that is, a batch at a time.
 *
 * <p>Entry class: {@link dev.kyma.format.vector.merge.RowMerge}. Of every run one batch is held, so
 * memory is bounded by the number of runs, however many rows there are. Used by one thread.
 */
@NullMarked
package dev.kyma.format.vector.merge;

import org.jspecify.annotations.NullMarked;
