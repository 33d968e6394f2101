package dev.kyma.e2e.demo;

import io.opentelemetry.sdk.trace.IdGenerator;

/** Gives spans the ids they had when they were recorded. Used by one thread. */
final class ReplayedIds implements IdGenerator {
  private String trace = "";
  private String span = "";

  /** Sets the ids of the span that is started next. */
  void next(String traceId, String spanId) {
    trace = traceId;
    span = spanId;
  }

  @Override
  public String generateSpanId() {
    return span;
  }

  @Override
  public String generateTraceId() {
    return trace;
  }
}
