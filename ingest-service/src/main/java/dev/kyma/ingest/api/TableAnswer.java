package dev.kyma.ingest.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The table there is now.
 *
 * @param id its identity
 * @param database its database
 * @param name its name
 * @param schemaVersion the version of its schema
 * @param created whether this request made it
 */
public record TableAnswer(
    long id,
    String database,
    String name,
    @JsonProperty("schema_version") int schemaVersion,
    boolean created) {}
