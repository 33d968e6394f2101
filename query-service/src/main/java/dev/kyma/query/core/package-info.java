/**
 * Answers queries: fixes what is read, plans, executes. Plain Java, without the service's HTTP,
 * Kafka or planner.
 *
 * <p>Entry class: {@link dev.kyma.query.core.QueryEngine}. Faults of a statement are {@link
 * dev.kyma.query.core.QueryException}s with a stable code.
 */
@NullMarked
package dev.kyma.query.core;

import org.jspecify.annotations.NullMarked;
