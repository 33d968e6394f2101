package dev.kyma.ingest.api;

import dev.kyma.ingest.core.log.InFlightBytes;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Counters of what came in, by protocol. */
@ApplicationScoped
public class IngestMetrics {
  private final MeterRegistry registry;

  @Inject
  IngestMetrics(MeterRegistry registry, InFlightBytes inFlight) {
    this.registry = registry;
    registry.gauge("kyma.ingest.in.flight.bytes", inFlight, InFlightBytes::held);
  }

  /**
   * Counts a request that was answered.
   *
   * @param protocol for example {@code otlp_grpc}
   * @param bytes of the decompressed body
   */
  public void rows(String protocol, long accepted, long rejected, long bytes) {
    registry.counter("kyma.ingest.rows", "protocol", protocol).increment(accepted);
    registry.counter("kyma.ingest.rejected.rows", "protocol", protocol).increment(rejected);
    registry.counter("kyma.ingest.bytes", "protocol", protocol).increment(bytes);
  }
}
