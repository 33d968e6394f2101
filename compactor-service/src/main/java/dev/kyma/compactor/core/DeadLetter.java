package dev.kyma.compactor.core;

import java.time.Instant;

/**
 * A record that could not be decoded.
 *
 * @param at when it was appended, by the log's clock
 * @param log its partition's ordinal
 * @param offset where it lies there
 * @param reason what is wrong with it, for people
 * @param bytes the record
 */
@SuppressWarnings("ArrayRecordComponent") // compared nowhere
record DeadLetter(Instant at, int log, long offset, String reason, byte[] bytes) {}
