/**
 * OTLP over gRPC.
 *
 * <p>Entry class: {@link dev.kyma.ingest.grpc.OtlpGrpcService}. The services are bound by hand to
 * the bytes of messages, so that no generated object stands between the socket and the decoder; the
 * work runs on virtual threads.
 */
@NullMarked
package dev.kyma.ingest.grpc;

import org.jspecify.annotations.NullMarked;
