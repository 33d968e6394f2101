package dev.kyma.ingest.core;

import dev.kyma.catalog.FlushPolicy;
import java.time.Duration;

/**
 * What ingest goes by.
 *
 * @param flushPolicy of tables that are made for their rows
 * @param partitions of their logs
 * @param maxColumns how many columns a table may grow to by itself
 * @param keyWindow for how long a keyed request is remembered
 * @param maxKeys how many of them
 */
public record IngestPolicy(
    FlushPolicy flushPolicy, int partitions, int maxColumns, Duration keyWindow, int maxKeys) {}
