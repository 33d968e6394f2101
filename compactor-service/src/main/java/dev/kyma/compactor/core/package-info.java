/**
 * Flush and archive: how rows of the log become extents, exactly once.
 *
 * <p>Entry class: {@link dev.kyma.compactor.core.FlushLoop}, one thread that polls all logs, folds
 * each record, and seals what is due into a {@link dev.kyma.compactor.core.Flush}; workers build
 * the extent, store it and commit it together with the cursor. Invariants: the cursor in the
 * catalog is the only state; whatever a process held in memory when it died is read again from
 * there. A flush that loses the comparison of the cursor throws its rows away, so two processes on
 * one partition never double rows. Plain Java: the log, the store and the catalog are ports.
 */
@NullMarked
package dev.kyma.compactor.core;

import org.jspecify.annotations.NullMarked;
