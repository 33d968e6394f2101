/**
 * What stays in memory of live extents: a summary of each outside the heap, of at most 256 bytes,
 * and of some the whole {@link dev.kyma.catalog.ExtentRef}.
 *
 * <p>Entry classes: {@link dev.kyma.catalog.summary.SummarySlab}, where summaries lie, {@link
 * dev.kyma.catalog.summary.SummaryFilter}, which rules extents out by them, and {@link
 * dev.kyma.catalog.summary.ExtentCache}, which bounds what else is kept and fetches what is not.
 * Invariant: a summary never rules out an extent that its whole statistics do not rule out.
 */
@NullMarked
package dev.kyma.catalog.summary;

import org.jspecify.annotations.NullMarked;
