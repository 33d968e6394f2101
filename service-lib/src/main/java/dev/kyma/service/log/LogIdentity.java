package dev.kyma.service.log;

import dev.kyma.catalog.LogBinding;
import java.util.Optional;

/** Whether a topic is still the log the catalog recorded. */
public sealed interface LogIdentity {

  /** It is. */
  record Same() implements LogIdentity {}

  /** Another topic has the name now. */
  record Replaced(String actualId) implements LogIdentity {}

  /** No topic has the name. */
  record Missing() implements LogIdentity {}

  /** It is the topic, with another number of partitions. */
  record Resized(int actual) implements LogIdentity {}

  /** The fault that this is for a log, if it is one. */
  default Optional<LogException> fault(LogBinding binding) {
    return switch (this) {
      case Same() -> Optional.empty();
      case Replaced(String id) ->
          Optional.of(new LogException.Replaced(binding.topic(), binding.topicId(), id));
      case Missing() -> Optional.of(new LogException.Missing(binding.topic()));
      case Resized(int actual) ->
          Optional.of(new LogException.Resized(binding.topic(), binding.partitions(), actual));
    };
  }
}
