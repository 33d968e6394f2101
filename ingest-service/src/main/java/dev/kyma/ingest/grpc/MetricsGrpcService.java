package dev.kyma.ingest.grpc;

import dev.kyma.ingest.api.IngestMetrics;
import dev.kyma.ingest.core.OtlpIngest;
import dev.kyma.ingest.core.log.InFlightBytes;
import dev.kyma.ingest.core.otlp.OtlpSignal;
import io.quarkus.grpc.GrpcService;
import jakarta.inject.Inject;

/** OTLP's MetricsService. */
@GrpcService
class MetricsGrpcService extends OtlpGrpcService {
  @Inject
  MetricsGrpcService(OtlpIngest ingest, InFlightBytes inFlight, IngestMetrics metrics) {
    super(
        OtlpSignal.METRICS,
        "opentelemetry.proto.collector.metrics.v1.MetricsService",
        ingest,
        inFlight,
        metrics);
  }
}
