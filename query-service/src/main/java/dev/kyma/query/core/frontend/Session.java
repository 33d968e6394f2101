package dev.kyma.query.core.frontend;

import java.time.Instant;

/**
 * What one statement is planned against. Fixed before planning begins.
 *
 * @param schemas the tables of the snapshot the statement reads
 * @param now the time the statement began, which {@code now()} answers
 */
public record Session(Schemas schemas, Instant now) {}
