package dev.kyma.format.log;

/**
 * A run of a record's rows that came with one idempotency key.
 *
 * <p>A large request is cut into parts, always in the same places for the same payload; each part
 * is kept at most once.
 *
 * @param keyHigh upper half of the 128-bit hash of the client's key
 * @param keyLow lower half
 * @param payloadHigh upper half of the 128-bit hash of the request's whole payload
 * @param payloadLow lower half
 * @param part which part of the request these rows are, from 0
 * @param firstRow the place in the record of the first row
 * @param rowCount how many rows
 */
public record KeyedRows(
    long keyHigh,
    long keyLow,
    long payloadHigh,
    long payloadLow,
    int part,
    int firstRow,
    int rowCount) {}
