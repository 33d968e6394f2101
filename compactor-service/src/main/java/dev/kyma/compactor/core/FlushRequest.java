package dev.kyma.compactor.core;

import dev.kyma.service.log.LogException;
import dev.kyma.service.log.LogPartition;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A wish that everything that is in some logs now is in extents. Used by the loop's thread. */
final class FlushRequest {
  final Optional<Long> table;
  final CompletableFuture<FlushedTo> done = new CompletableFuture<>();
  final Map<LogPartition, Long> open = new HashMap<>();
  final Map<LogPartition, Long> reached = new HashMap<>();
  boolean targetsKnown;

  FlushRequest(Optional<Long> table) {
    this.table = table;
  }

  /** Sets the offsets that must be reached. */
  void targets(Map<LogPartition, Long> ends) {
    open.putAll(ends);
    targetsKnown = true;
  }

  void reached(LogPartition partition, long cursor) {
    open.remove(partition);
    reached.put(partition, cursor);
  }

  void fail(LogException fault) {
    done.completeExceptionally(fault);
  }
}
