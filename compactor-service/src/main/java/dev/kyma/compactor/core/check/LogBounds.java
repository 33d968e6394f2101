package dev.kyma.compactor.core.check;

import dev.kyma.catalog.LogBinding;
import dev.kyma.service.log.LogIdentity;
import dev.kyma.service.log.LogPartition;
import dev.kyma.service.log.LogRange;
import java.util.Collection;
import java.util.Map;

/**
 * What a check asks of logs. Safe for use by many threads. Every method may throw {@link
 * dev.kyma.service.log.LogException}.
 */
public interface LogBounds {
  /** Whether topics are still the logs the catalog recorded. */
  Map<LogBinding, LogIdentity> verify(Collection<LogBinding> bindings);

  /** The bounds of partitions whose topics are there. */
  Map<LogPartition, LogRange> bounds(Collection<LogPartition> partitions);
}
