package dev.kyma.ingest.grpc;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import dev.kyma.ingest.api.IngestMetrics;
import dev.kyma.ingest.api.OtlpStatus;
import dev.kyma.ingest.core.OtlpAnswer;
import dev.kyma.ingest.core.OtlpIngest;
import dev.kyma.ingest.core.log.InFlightBytes;
import dev.kyma.ingest.core.otlp.OtlpResponses;
import dev.kyma.ingest.core.otlp.OtlpSignal;
import dev.kyma.service.problem.Problem;
import dev.kyma.service.problem.ProblemMapper;
import io.grpc.BindableService;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The export service of one signal. */
abstract class OtlpGrpcService implements BindableService {
  private final OtlpSignal signal;
  private final String service;
  private final OtlpIngest ingest;
  private final InFlightBytes inFlight;
  private final IngestMetrics metrics;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

  /**
   * @param service the full name of the service in OTLP's .proto files
   */
  OtlpGrpcService(
      OtlpSignal signal,
      String service,
      OtlpIngest ingest,
      InFlightBytes inFlight,
      IngestMetrics metrics) {
    this.signal = signal;
    this.service = service;
    this.ingest = ingest;
    this.inFlight = inFlight;
    this.metrics = metrics;
  }

  @Override
  public ServerServiceDefinition bindService() {
    MethodDescriptor<byte[], byte[]> export =
        MethodDescriptor.<byte[], byte[]>newBuilder()
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName(MethodDescriptor.generateFullMethodName(service, "Export"))
            .setRequestMarshaller(new ByteArrayMarshaller())
            .setResponseMarshaller(new ByteArrayMarshaller())
            .build();
    return ServerServiceDefinition.builder(service)
        .addMethod(export, ServerCalls.asyncUnaryCall(this::export))
        .build();
  }

  private void export(byte[] request, StreamObserver<byte[]> observer) {
    executor.execute(() -> store(request, observer));
  }

  private void store(byte[] request, StreamObserver<byte[]> observer) {
    byte[] response;
    try (InFlightBytes.Share share = inFlight.open()) {
      share.grow(request.length);
      OtlpAnswer answer = ingest.protobuf(signal, request, request.length, share);
      metrics.rows("otlp_grpc", answer.accepted(), answer.rejected(), request.length);
      response = OtlpResponses.protobuf(answer.rejected(), answer.reason());
    } catch (RuntimeException e) {
      observer.onError(failure(ProblemMapper.map(e)));
      return;
    }
    observer.onNext(response);
    observer.onCompleted();
  }

  private static StatusRuntimeException failure(Problem problem) {
    Status.Builder status =
        Status.newBuilder()
            .setCode(OtlpStatus.codeOf(problem.status()))
            .setMessage(problem.detail());
    problem
        .retryAfter()
        .ifPresent(
            after ->
                status.addDetails(
                    Any.pack(
                        RetryInfo.newBuilder()
                            .setRetryDelay(
                                Duration.newBuilder()
                                    .setSeconds(after.toSeconds())
                                    .setNanos(after.toNanosPart()))
                            .build())));
    return StatusProto.toStatusRuntimeException(status.build());
  }
}
