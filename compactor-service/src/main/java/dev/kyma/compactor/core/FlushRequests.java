package dev.kyma.compactor.core;

import dev.kyma.catalog.Catalog;
import dev.kyma.catalog.CatalogException;
import dev.kyma.service.log.LogException;
import dev.kyma.service.log.LogPartition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/**
 * The requests to flush that are not answered yet. {@link #add} is safe for use by many threads;
 * the rest belongs to the loop's thread.
 */
final class FlushRequests {
  private final Queue<FlushRequest> asked = new ConcurrentLinkedQueue<>();
  private final List<FlushRequest> waiting = new ArrayList<>();

  /** Adds a request about one table, or about all. */
  CompletableFuture<FlushedTo> add(Optional<Long> table) {
    FlushRequest request = new FlushRequest(table);
    asked.add(request);
    return request.done;
  }

  /** Takes over what was asked; answers whether there was anything. */
  boolean take() {
    int before = waiting.size();
    for (FlushRequest request = asked.poll(); request != null; request = asked.poll()) {
      waiting.add(request);
    }
    return waiting.size() > before;
  }

  /** Finds out for new requests which offsets must be reached. */
  void aim(
      Collection<PartitionFlusher> flushers,
      Function<Collection<LogPartition>, Map<LogPartition, Long>> endOffsets) {
    Iterator<FlushRequest> requests = waiting.iterator();
    while (requests.hasNext()) {
      FlushRequest request = requests.next();
      try {
        if (!request.targetsKnown) {
          request.targets(endOffsets.apply(partitionsOf(request.table, flushers)));
        }
      } catch (LogException e) {
        request.fail(e);
        requests.remove();
      }
    }
  }

  private static List<LogPartition> partitionsOf(
      Optional<Long> table, Collection<PartitionFlusher> flushers) {
    return flushers.stream()
        .filter(f -> !(f.state() instanceof PartitionState.Stopped) || table.isPresent())
        .filter(f -> table.isEmpty() || table.get() == f.table().id())
        .map(PartitionFlusher::partition)
        .toList();
  }

  /** Answers what is reached, and seals what was read and is asked for. */
  void answer(Map<LogPartition, PartitionFlusher> flushers, Catalog catalog) {
    for (Iterator<FlushRequest> requests = waiting.iterator(); requests.hasNext(); ) {
      FlushRequest request = requests.next();
      for (Map.Entry<LogPartition, Long> target : Map.copyOf(request.open).entrySet()) {
        advance(request, target.getKey(), target.getValue(), flushers);
      }
      if (!request.done.isDone() && request.targetsKnown && request.open.isEmpty()) {
        answer(request, catalog);
      }
      if (request.done.isDone()) {
        requests.remove();
      }
    }
  }

  private static void advance(
      FlushRequest request,
      LogPartition partition,
      long target,
      Map<LogPartition, PartitionFlusher> flushers) {
    PartitionFlusher flusher = flushers.get(partition);
    if (flusher == null || flusher.isCommitted(target)) {
      request.reached(partition, target);
    } else if (flusher.state() instanceof PartitionState.Stopped stopped) {
      request.done.completeExceptionally(new LogStoppedException(stopped.code(), stopped.detail()));
    } else if (flusher.hasRead(target)) {
      flusher.sealNow();
    }
  }

  private static void answer(FlushRequest request, Catalog catalog) {
    try {
      long number = catalog.snapshot().number();
      request.done.complete(new FlushedTo(number, request.reached));
    } catch (CatalogException e) {
      request.done.completeExceptionally(e);
    }
  }

  /** Cancels what is not answered. */
  void cancel() {
    take();
    for (FlushRequest request : waiting) {
      request.done.cancel(false);
    }
    waiting.clear();
  }
}
