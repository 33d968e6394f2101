/**
 * Columns in memory and the kernels that work on them: what a scan yields, what an expression
 * computes on, what flush and compaction sort and merge.
 *
 * <p>Entry classes: {@link dev.kyma.format.vector.Batch} and {@link
 * dev.kyma.format.vector.ColumnVector}. Values lie in plain arrays, which the compiler can
 * vectorise and the garbage collector can free; Arrow is spoken at the edges (the log, answers).
 * Vectors are only read once they are built, and may be shared between threads then.
 */
@NullMarked
package dev.kyma.format.vector;

import org.jspecify.annotations.NullMarked;
