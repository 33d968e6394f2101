package dev.kyma.service.log;

/**
 * The records a log partition holds.
 *
 * @param start the offset of the first record, or {@code end} when there is none
 * @param end the offset behind the last record
 */
public record LogRange(long start, long end) {}
