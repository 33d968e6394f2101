package dev.kyma.compactor.core;

import dev.kyma.catalog.LogBinding;
import dev.kyma.service.log.LogIdentity;
import dev.kyma.service.log.LogPartition;
import java.util.Collection;
import java.util.Map;

/**
 * What flush needs of topics beside reading them; {@link dev.kyma.service.log.LogTopics} says what
 * each method means. Safe for use by many threads.
 */
public interface LogKeeper {

  /** Whether topics are still the logs the catalog recorded. */
  Map<LogBinding, LogIdentity> verify(Collection<LogBinding> bindings);

  /** Makes the log of a table, or finds the one an earlier attempt made. */
  LogBinding create(long table, int partitions, int firstOrdinal);

  /** Deletes records before the given offsets. */
  void trim(Map<LogPartition, Long> before);
}
