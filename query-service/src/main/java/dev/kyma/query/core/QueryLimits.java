package dev.kyma.query.core;

import java.time.Duration;

/**
 * What queries may use.
 *
 * @param maxMemory how many bytes one query may hold
 * @param maxTime how long one query may run
 * @param maxTokenWait how long one query waits for what a freshness token names
 * @param maxConcurrent how many queries run at a time
 * @param maxQueueTime how long a query waits for its turn
 * @param parallelism how many threads work on one query
 */
public record QueryLimits(
    long maxMemory,
    Duration maxTime,
    Duration maxTokenWait,
    int maxConcurrent,
    Duration maxQueueTime,
    int parallelism) {}
