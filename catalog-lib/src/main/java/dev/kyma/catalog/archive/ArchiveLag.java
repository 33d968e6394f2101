package dev.kyma.catalog.archive;

import java.time.Duration;

/**
 * How far the archive is behind the catalog.
 *
 * @param commits how many commits are not archived
 * @param age how long ago the oldest of them was applied, zero when there is none
 */
public record ArchiveLag(long commits, Duration age) {}
