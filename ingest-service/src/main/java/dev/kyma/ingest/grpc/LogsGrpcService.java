package dev.kyma.ingest.grpc;

import dev.kyma.ingest.api.IngestMetrics;
import dev.kyma.ingest.core.OtlpIngest;
import dev.kyma.ingest.core.log.InFlightBytes;
import dev.kyma.ingest.core.otlp.OtlpSignal;
import io.quarkus.grpc.GrpcService;
import jakarta.inject.Inject;

/** OTLP's LogsService. */
@GrpcService
class LogsGrpcService extends OtlpGrpcService {
  @Inject
  LogsGrpcService(OtlpIngest ingest, InFlightBytes inFlight, IngestMetrics metrics) {
    super(
        OtlpSignal.LOGS,
        "opentelemetry.proto.collector.logs.v1.LogsService",
        ingest,
        inFlight,
        metrics);
  }
}
