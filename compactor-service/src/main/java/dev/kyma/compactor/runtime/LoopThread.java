package dev.kyma.compactor.runtime;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A thread that does one thing over and over until it is stopped. A fault does not end it. */
final class LoopThread {
  private static final Logger LOG = LoggerFactory.getLogger(LoopThread.class);
  private static final Duration AFTER_FAULT = Duration.ofSeconds(1);

  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread;

  private LoopThread(String name, Duration pause, Runnable step, Runnable end) {
    this.thread = Thread.ofPlatform().name(name).daemon().unstarted(() -> run(pause, step, end));
  }

  /** Calls {@code step} without pause, and {@code end} once when stopped, in the same thread. */
  static LoopThread start(String name, Runnable step, Runnable end) {
    LoopThread loop = new LoopThread(name, Duration.ZERO, step, end);
    loop.thread.start();
    return loop;
  }

  /** Calls {@code step} with a pause after each. */
  static LoopThread startEvery(String name, Duration pause, Runnable step) {
    return startEvery(name, pause, step, () -> {});
  }

  /** Calls {@code step} with a pause after each, and {@code end} once when stopped. */
  static LoopThread startEvery(String name, Duration pause, Runnable step, Runnable end) {
    LoopThread loop = new LoopThread(name, pause, step, end);
    loop.thread.start();
    return loop;
  }

  private void run(Duration pause, Runnable step, Runnable end) {
    try {
      while (stopping.getCount() > 0) {
        Duration rest = pause;
        try {
          step.run();
        } catch (CancellationException e) {
          break;
        } catch (RuntimeException e) {
          LOG.error("{} failed and goes on", thread.getName(), e);
          rest = AFTER_FAULT;
        }
        if (rest.isPositive() && stopping.await(rest.toMillis(), TimeUnit.MILLISECONDS)) {
          break;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      end.run();
    }
  }

  /** Whether it still runs. */
  boolean isAlive() {
    return thread.isAlive();
  }

  /** Lets the step under way end, then the loop; interrupts it when that takes too long. */
  void stop(Duration patience) {
    stopping.countDown();
    try {
      if (!thread.join(patience)) {
        LOG.warn("{} does not stop and is interrupted", thread.getName());
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
