package dev.kyma.query.core.exec;

import dev.kyma.query.core.QueryException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Yields a pipeline's parts in order while several threads work ahead.
 *
 * <p>A worker takes the next part and hands its chunks over through a queue of that part, which is
 * short: a client that reads slowly holds the workers back. The part that is read next is always
 * worked on already, since parts are taken in order; so nobody waits in a circle.
 */
final class Gathering implements Operator {
  /** How many chunks of a part may wait. */
  private static final int QUEUE = 4;

  private static final long PATIENCE_MILLIS = 50;

  /** What a worker hands over. */
  private sealed interface Item {}

  private record Rows(Chunk chunk) implements Item {}

  private record Failed(RuntimeException failure) implements Item {}

  private record Done() implements Item {}

  private final Pipeline pipeline;
  private final QueryContext context;
  private final List<ArrayBlockingQueue<Item>> queues = new ArrayList<>();
  private final AtomicInteger nextPart = new AtomicInteger();
  private int part;

  private Gathering(Pipeline pipeline, QueryContext context) {
    this.pipeline = pipeline;
    this.context = context;
    for (int i = 0; i < pipeline.parts(); i++) {
      queues.add(new ArrayBlockingQueue<>(QUEUE));
    }
  }

  /** All rows of a prepared pipeline in the order of its parts. */
  static Operator of(Pipeline pipeline, QueryContext context) {
    int workers = Math.min(context.parallelism(), pipeline.parts());
    if (workers < 2) {
      return Pipelines.all(pipeline);
    }
    Gathering gathering = new Gathering(pipeline, context);
    for (int i = 0; i < workers; i++) {
      context.workers().execute(gathering::work);
    }
    return gathering;
  }

  private void work() {
    for (int number = nextPart.getAndIncrement();
        number < queues.size();
        number = nextPart.getAndIncrement()) {
      Item last = new Done();
      try {
        Operator rows = pipeline.open(number);
        for (Chunk chunk = rows.next(); chunk != null; chunk = rows.next()) {
          if (!put(number, new Rows(chunk))) {
            return;
          }
        }
      } catch (RuntimeException e) {
        last = new Failed(e);
      } catch (Error e) {
        last = new Failed(new IllegalStateException(e));
      }
      if (!put(number, last)) {
        return;
      }
    }
  }

  /** Hands an item over; answers false when the query has ended meanwhile. */
  private boolean put(int number, Item item) {
    try {
      while (!queues.get(number).offer(item, PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
        context.check();
      }
      return true;
    } catch (QueryException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public @Nullable Chunk next() {
    while (part < queues.size()) {
      Item item = take(queues.get(part));
      switch (item) {
        case Rows(Chunk chunk) -> {
          return chunk;
        }
        case Failed(RuntimeException failure) -> throw failure;
        case Done() -> part++;
      }
    }
    return null;
  }

  private Item take(ArrayBlockingQueue<Item> queue) {
    try {
      while (true) {
        Item item = queue.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        if (item != null) {
          return item;
        }
        context.check();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new QueryException(QueryException.Code.CANCELLED, "the query was cancelled", e);
    }
  }
}
