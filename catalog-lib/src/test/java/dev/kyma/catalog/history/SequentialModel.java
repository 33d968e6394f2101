package dev.kyma.catalog.history;

import org.jspecify.annotations.Nullable;

/**
 * What an object does when it is asked one thing after the other. Pure.
 *
 * @param <S> its state, with equals and hashCode
 */
public interface SequentialModel<S, I, O> {
  S initial();

  /** The state after an operation; null when the answer is none it could have given in a state. */
  @Nullable S step(S state, I input, O output);

  /** Operations with different parts do not see each other. */
  default Object part(I input) {
    return "all";
  }
}
