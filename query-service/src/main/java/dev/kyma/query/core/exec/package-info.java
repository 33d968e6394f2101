/**
 * The vectorised engine: executes a {@link dev.kyma.query.core.plan.Plan} over batches of rows.
 *
 * <p>Entry class: {@link dev.kyma.query.core.exec.Executor}. A plan becomes a tree of {@link
 * dev.kyma.query.core.exec.Pipeline}s; each can be read in independent parts, so that several
 * workers run the same chain of operators over different extents. What needs all its input before
 * it can answer (aggregation, sort, the held side of a join) is computed in {@link
 * dev.kyma.query.core.exec.Pipeline#prepare()}, which only the query's own thread calls; workers
 * never wait for workers.
 *
 * <p>Parts are dealt to workers by number, not by who is free, and partial results are merged in
 * the order of workers: the same query over the same rows gives the same answer in the same order.
 */
@NullMarked
package dev.kyma.query.core.exec;

import org.jspecify.annotations.NullMarked;
