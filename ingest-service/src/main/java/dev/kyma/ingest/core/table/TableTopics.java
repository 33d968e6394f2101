package dev.kyma.ingest.core.table;

import dev.kyma.catalog.LogBinding;

/** Makes the topics that are the logs of tables. */
public interface TableTopics {

  /**
   * Makes the topic of a new table and waits until it can be written.
   *
   * @param firstOrdinal the log ordinal of its partition 0
   * @throws dev.kyma.service.problem.KymaException.Busy if the log cannot be reached
   */
  LogBinding create(long table, int partitions, int firstOrdinal);

  /** Deletes the topic of a table that did not come to be; may fail silently. */
  void discard(LogBinding log);
}
