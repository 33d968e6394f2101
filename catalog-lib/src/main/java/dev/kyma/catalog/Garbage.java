package dev.kyma.catalog;

import java.time.Instant;

/**
 * An object that was an extent and may be removed from the store.
 *
 * @param key its key
 * @param table the table it belonged to, which may be gone
 * @param number the number of the commit that dereferenced it
 * @param time when that commit was applied
 */
public record Garbage(String key, long table, long number, Instant time) {}
