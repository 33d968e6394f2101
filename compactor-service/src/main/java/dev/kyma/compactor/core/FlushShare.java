package dev.kyma.compactor.core;

import dev.kyma.service.log.LogPartition;

/**
 * Which partitions this process flushes. Only spreads work: two processes that flush one partition
 * are correct, and the slower one works in vain. Safe for use by many threads.
 */
public interface FlushShare extends AutoCloseable {

  /** Whether this process should flush a partition now. */
  boolean isOurs(LogPartition partition);

  @Override
  default void close() {}

  /** All partitions are ours. */
  static FlushShare everything() {
    return partition -> true;
  }
}
