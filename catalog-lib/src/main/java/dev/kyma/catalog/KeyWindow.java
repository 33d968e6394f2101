package dev.kyma.catalog;

import java.time.Instant;

/**
 * Idempotency keys whose rows one commit took from one log partition, packed.
 *
 * @param log the partition's ordinal
 * @param until the greatest log append time among them; the window passes by the log's own clock
 * @param packed the entries, as {@code KeyLedger} packs them; the array is kept and must not be
 *     written
 */
@SuppressWarnings("ArrayRecordComponent") // compared by content nowhere
public record KeyWindow(int log, Instant until, byte[] packed) {}
