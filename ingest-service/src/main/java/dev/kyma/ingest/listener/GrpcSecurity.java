package dev.kyma.ingest.listener;

import dev.kyma.service.security.BearerTokens;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.quarkus.grpc.GlobalInterceptor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.spi.Prioritized;
import jakarta.inject.Inject;

/** Asks for a token on every gRPC call, before its message is read. */
@ApplicationScoped
@GlobalInterceptor
public class GrpcSecurity implements ServerInterceptor, Prioritized {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private final BearerTokens tokens;

  @Inject
  GrpcSecurity(BearerTokens tokens) {
    this.tokens = tokens;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    if (tokens.admit(headers.get(AUTHORIZATION))) {
      return next.startCall(call, headers);
    }
    call.close(
        Status.UNAUTHENTICATED.withDescription("A valid bearer token is needed."), new Metadata());
    return new ServerCall.Listener<>() {};
  }

  @Override
  public int getPriority() {
    return Integer.MAX_VALUE;
  }
}
