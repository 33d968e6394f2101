package dev.kyma.query.core;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * A statement and how it is to be answered.
 *
 * @param language the language it is in, as its front end names it
 * @param text the statement
 * @param freshness how new the rows must be
 * @param maxMemory a lower limit than the configured one, in bytes
 * @param authorization what the client authenticated with, passed on to ingest
 */
public record QueryRequest(
    String language,
    String text,
    Freshness freshness,
    OptionalLong maxMemory,
    Optional<String> authorization) {

  /** A statement in SQL over hot rows. */
  public static QueryRequest sql(String text) {
    return new QueryRequest(
        "sql", text, new Freshness.Hot(), OptionalLong.empty(), Optional.empty());
  }

  /** This request with another freshness. */
  public QueryRequest with(Freshness other) {
    return new QueryRequest(language, text, other, maxMemory, authorization);
  }
}
