/**
 * A seeded simulation of the storage spine: several flushers, compactors and readers over one
 * catalog, one object store and one log, all real but the log, in one thread.
 *
 * <p>{@link dev.kyma.standalone.simulation.Simulation} draws every event from one seed: requests,
 * steps of workers, crashes (whose half-done work may still go on), faults of every port. After
 * each read the rows are compared with {@link dev.kyma.standalone.simulation.Model}, which knows
 * nothing but the requests in the order of the log.
 */
@NullMarked
package dev.kyma.standalone.simulation;

import org.jspecify.annotations.NullMarked;
