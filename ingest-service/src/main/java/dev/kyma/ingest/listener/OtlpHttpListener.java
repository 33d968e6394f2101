package dev.kyma.ingest.listener;

import dev.kyma.service.security.ListenerGuard;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.vertx.http.runtime.VertxHttpRecorder;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The second HTTP server of the process, on the port every OTLP exporter knows. It hands the paths
 * of OTLP to the handler of the first, so that security, limits and resources are the same on both.
 *
 * <p>The handler is an internal class of Quarkus: this class is the only one that names it.
 */
@ApplicationScoped
public class OtlpHttpListener {
  private static final Set<String> PATHS = Set.of("/v1/logs", "/v1/traces", "/v1/metrics");
  private static final long TIMEOUT_SECONDS = 10;

  private final Vertx vertx;
  private final OtlpHttpConfig config;
  private final ListenerGuard guard;
  private volatile @Nullable HttpServer server;

  @Inject
  OtlpHttpListener(Vertx vertx, OtlpHttpConfig config, ListenerGuard guard) {
    this.vertx = vertx;
    this.config = config;
    this.guard = guard;
  }

  /** The port that is listened on; 0 while it is not. */
  public int port() {
    HttpServer running = server;
    return running == null ? 0 : running.actualPort();
  }

  void start(@Observes StartupEvent event) {
    guard.permit("OTLP/HTTP", config.host());
    HttpServer created =
        vertx
            .createHttpServer(new HttpServerOptions().setHost(config.host()).setPort(config.port()))
            .requestHandler(OtlpHttpListener::handle);
    try {
      server =
          created
              .listen()
              .toCompletionStage()
              .toCompletableFuture()
              .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new ConfigurationException(
          "Kyma does not start: OTLP/HTTP cannot listen on port "
              + config.port()
              + ": "
              + (e.getCause() == null ? "timeout" : e.getCause().getMessage())
              + ". Another process may use it; set kyma.otlp.http.port (KYMA_OTLP_HTTP_PORT).");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CompletionException(e);
    }
  }

  private static void handle(HttpServerRequest request) {
    if (PATHS.contains(request.path())) {
      VertxHttpRecorder.getRootHandler().handle(request);
    } else {
      request.response().setStatusCode(404).end();
    }
  }

  void stop(@Observes ShutdownEvent event) {
    HttpServer running = server;
    if (running != null) {
      server = null;
      running.close();
    }
  }
}
