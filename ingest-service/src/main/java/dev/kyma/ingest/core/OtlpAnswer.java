package dev.kyma.ingest.core;

import dev.kyma.catalog.FreshnessToken;

/**
 * What became of an OTLP request.
 *
 * @param accepted how many rows the log has acknowledged
 * @param rejected how many records cannot be stored
 * @param reason why the first of them cannot, empty when there is none
 * @param token reads at least the accepted rows
 */
public record OtlpAnswer(long accepted, long rejected, String reason, FreshnessToken token) {}
