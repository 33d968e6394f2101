package dev.kyma.catalog;

import java.time.Instant;

/**
 * An applied commit.
 *
 * @param number its snapshot number, from 1
 * @param time when it was applied by the database's clock; later than every earlier commit's, by at
 *     least a microsecond
 * @param commit what was applied
 */
public record CommitRecord(long number, Instant time, Commit commit) {}
