/**
 * What jobs in the catalog ask for, in the form both sides of them share.
 *
 * <p>Entry class: {@link dev.kyma.service.job.JobRequest}.
 */
@NullMarked
package dev.kyma.service.job;

import org.jspecify.annotations.NullMarked;
