package dev.kyma.ingest.listener;

import dev.kyma.service.security.ListenerGuard;
import io.grpc.ServerBuilder;
import io.quarkus.grpc.api.ServerBuilderCustomizer;
import io.quarkus.grpc.runtime.config.GrpcServerConfiguration;
import io.vertx.grpc.server.GrpcServerOptions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Lets the gRPC server be built only if it may listen where it is told to. */
@ApplicationScoped
public class GrpcGuard implements ServerBuilderCustomizer {
  private final ListenerGuard guard;

  @Inject
  GrpcGuard(ListenerGuard guard) {
    this.guard = guard;
  }

  @Override
  public void customize(GrpcServerConfiguration config, ServerBuilder builder) {
    guard.permit("OTLP/gRPC", config.host());
  }

  @Override
  public void customize(GrpcServerConfiguration config, GrpcServerOptions options) {
    guard.permit("OTLP/gRPC", config.host());
  }
}
