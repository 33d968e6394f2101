package dev.kyma.ingest.listener;

import dev.kyma.service.security.ListenerGuard;
import io.quarkus.vertx.http.runtime.filters.Filters;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Lets the process start only if its gRPC server may listen where it is told to. */
@ApplicationScoped
public class GrpcGuard {
  private final ListenerGuard guard;
  private final String host;

  @Inject
  GrpcGuard(ListenerGuard guard, @ConfigProperty(name = "quarkus.grpc.server.host") String host) {
    this.guard = guard;
    this.host = host;
  }

  /** The routes are made before any server listens. */
  void permit(@Observes Filters filters) {
    guard.permit("OTLP/gRPC", host);
  }
}
