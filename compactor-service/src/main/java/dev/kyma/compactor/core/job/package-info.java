/**
 * Jobs: work that somebody asked for in the catalog and one compactor does.
 *
 * <p>Entry class: {@link dev.kyma.compactor.core.job.JobLoop}, which claims jobs, runs the {@link
 * dev.kyma.compactor.core.job.JobWork} of their kind in threads of their own, renews its leases and
 * records what came of them. Claims only spread work: a job may be begun again elsewhere after its
 * process died, so every kind of work may be done twice.
 */
@NullMarked
package dev.kyma.compactor.core.job;

import org.jspecify.annotations.NullMarked;
