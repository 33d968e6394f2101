package dev.kyma.catalog.history;

import org.jspecify.annotations.Nullable;

/**
 * The newest snapshot's number over all tables: each commit takes the next, each read sees the
 * last. Refusals change nothing.
 */
final class NumberModel implements SequentialModel<Long, TableAsk, TableAnswer> {
  private final long first;

  /**
   * @param first the number before the history began
   */
  NumberModel(long first) {
    this.first = first;
  }

  @Override
  public Long initial() {
    return first;
  }

  @Override
  public @Nullable Long step(Long state, TableAsk input, TableAnswer output) {
    return switch (output) {
      case TableAnswer.Seen(long number, var table) -> number == state ? state : null;
      case TableAnswer.Committed(long number) -> number == state + 1 ? (Long) number : null;
      case TableAnswer.Refused _ -> state;
      case TableAnswer.Unknown _ -> throw new IllegalArgumentException("not found out");
    };
  }
}
