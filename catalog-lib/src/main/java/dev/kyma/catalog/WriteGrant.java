package dev.kyma.catalog;

import java.time.Instant;

/**
 * Leave to create objects under a key prefix.
 *
 * @param id its identity
 * @param keyPrefix what every key written under it starts with, ending in {@code /}
 * @param openedAt when it was opened, by the database's clock
 */
public record WriteGrant(long id, String keyPrefix, Instant openedAt) {}
