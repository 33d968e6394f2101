package dev.kyma.query.core.exec;

import dev.kyma.query.core.QueryException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Runs a query's tasks on its threads. Stateless. */
final class Workers {
  private Workers() {}

  /**
   * Runs tasks 0 to {@code count - 1} and answers their results in order. The calling thread works
   * too, also on tasks no other thread has begun; when a task fails the others are cancelled and
   * waited for, and the failure of the lowest task is thrown.
   */
  static <T> List<T> run(QueryContext context, int count, IntFunction<T> task) {
    List<FutureTask<T>> futures = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int number = i;
      futures.add(new FutureTask<>(() -> task.apply(number)));
    }
    for (int i = 1; i < count; i++) {
      context.workers().execute(futures.get(i));
    }
    for (FutureTask<T> future : futures) {
      future.run(); // does nothing where another thread has begun it
      if (future.state() == FutureTask.State.FAILED) {
        context.cancel();
      }
    }
    List<T> results = new ArrayList<>(count);
    RuntimeException failure = null;
    for (FutureTask<T> future : futures) {
      try {
        results.add(await(future));
      } catch (RuntimeException e) {
        failure = worse(failure, e);
        context.cancel();
      }
    }
    if (failure != null) {
      throw failure;
    }
    return results;
  }

  private static RuntimeException worse(@Nullable RuntimeException first, RuntimeException second) {
    if (first == null) {
      return second;
    }
    // A task cancelled because another failed must not hide why.
    boolean firstIsEcho =
        first instanceof QueryException query && query.code() == QueryException.Code.CANCELLED;
    return firstIsEcho ? second : first;
  }

  private static <T> T await(FutureTask<T> future) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return future.get();
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          if (e.getCause() instanceof RuntimeException cause) {
            throw cause;
          }
          if (e.getCause() instanceof Error cause) {
            throw cause;
          }
          throw new IllegalStateException(e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
