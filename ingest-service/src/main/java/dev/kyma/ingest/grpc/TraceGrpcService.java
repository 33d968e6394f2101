package dev.kyma.ingest.grpc;

import dev.kyma.ingest.api.IngestMetrics;
import dev.kyma.ingest.core.OtlpIngest;
import dev.kyma.ingest.core.log.InFlightBytes;
import dev.kyma.ingest.core.otlp.OtlpSignal;
import io.quarkus.grpc.GrpcService;
import jakarta.inject.Inject;

/** OTLP's TraceService. */
@GrpcService
class TraceGrpcService extends OtlpGrpcService {
  @Inject
  TraceGrpcService(OtlpIngest ingest, InFlightBytes inFlight, IngestMetrics metrics) {
    super(
        OtlpSignal.TRACES,
        "opentelemetry.proto.collector.trace.v1.TraceService",
        ingest,
        inFlight,
        metrics);
  }
}
