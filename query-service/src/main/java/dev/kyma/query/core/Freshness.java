package dev.kyma.query.core;

import dev.kyma.catalog.FreshnessToken;

/** How new the rows must be that a query reads. */
public sealed interface Freshness {
  /** What is in the newest snapshot; the log is not asked. */
  record Committed() implements Freshness {}

  /** Everything acknowledged before the query began. */
  record Hot() implements Freshness {}

  /** As {@link Hot}, and at least what the token names; waits for it. */
  record Token(FreshnessToken token) implements Freshness {}

  /**
   * The value of the header {@code X-Kyma-Freshness}.
   *
   * @throws QueryException with {@link QueryException.Code#INVALID_REQUEST} if it is none
   */
  static Freshness parse(String text) {
    String value = text.strip();
    if (value.equals("hot")) {
      return new Hot();
    }
    if (value.equals("committed")) {
      return new Committed();
    }
    if (value.startsWith("token:")) {
      try {
        return new Token(FreshnessToken.parse(value.substring("token:".length()).strip()));
      } catch (IllegalArgumentException e) {
        throw new QueryException(
            QueryException.Code.INVALID_REQUEST, "the freshness token is malformed", e);
      }
    }
    throw new QueryException(
        QueryException.Code.INVALID_REQUEST,
        "X-Kyma-Freshness is committed, hot or token:<token>, not " + value);
  }

  /** The level's name. */
  default String level() {
    return switch (this) {
      case Committed() -> "committed";
      case Hot() -> "hot";
      case Token(FreshnessToken _) -> "token";
    };
  }
}
