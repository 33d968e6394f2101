package dev.kyma.e2e.demo;

import io.opentelemetry.sdk.common.Clock;

/** Tells the time at which the measurements being replayed were taken. */
final class ReplayedClock implements Clock {
  private volatile long epochNanos;

  void set(long nanos) {
    epochNanos = nanos;
  }

  @Override
  public long now() {
    return epochNanos;
  }

  @Override
  public long nanoTime() {
    return epochNanos;
  }
}
