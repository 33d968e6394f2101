package dev.kyma.query.core;

import dev.kyma.query.core.read.ReadStats;
import java.time.Duration;

/**
 * What an answer is based on and what it took.
 *
 * @param snapshot the number of the snapshot read
 * @param freshness the level's name
 * @param token a freshness token of at least everything read; empty where the log was not asked
 * @param lag how old the newest rows may be that were not read: zero for hot, the snapshot's age
 *     for committed
 * @param workers how many threads worked on it
 * @param elapsed the time from the request to the end
 * @param rows how many rows were answered
 * @param read what was read
 * @param peakMemory the most bytes held at a time
 */
public record QueryStats(
    long snapshot,
    String freshness,
    String token,
    Duration lag,
    int workers,
    Duration elapsed,
    long rows,
    ReadStats.Totals read,
    long peakMemory) {}
