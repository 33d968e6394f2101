package dev.kyma.standalone;

import dev.kyma.ingest.listener.OtlpHttpListener;
import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.smallrye.health.SmallRyeHealth;
import io.smallrye.health.SmallRyeHealthReporter;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/** The services, from the moment they are started: says when they are ready, and where. */
@Singleton
@Unremovable
public final class Running implements QuarkusApplication {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration BETWEEN_CHECKS = Duration.ofMillis(25);

  /** What exists before Quarkus does and cannot be injected. */
  private record Start(
      DataDirectory directory, CompletableFuture<Broker> broker, int brokerPort, long nanos) {}

  private static volatile @Nullable Start start;

  private final OtlpHttpListener otlpHttp;
  private final SmallRyeHealthReporter health;
  private final Config config;

  @Inject
  Running(OtlpHttpListener otlpHttp, SmallRyeHealthReporter health, Config config) {
    this.otlpHttp = otlpHttp;
    this.health = health;
    this.config = config;
  }

  static void begin(
      DataDirectory directory, CompletableFuture<Broker> broker, int brokerPort, long nanos) {
    start = new Start(directory, broker, brokerPort, nanos);
  }

  @Override
  public int run(String... args) throws IOException, InterruptedException {
    Start begun = Objects.requireNonNull(start, "begin");
    try {
      begun.broker().join();
    } catch (CompletionException e) {
      System.err.println("Kyma does not start: its Kafka broker does not: " + e.getCause() + ".");
      return 1;
    }
    if (!ready()) {
      return 1;
    }
    int http = config.getValue("quarkus.http.port", Integer.class);
    int grpc = config.getValue("quarkus.grpc.server.port", Integer.class);
    String host = config.getValue("quarkus.http.host", String.class);
    begun
        .directory()
        .publish(
            Map.of(
                "http", (long) http,
                "otlp.grpc", (long) grpc,
                "otlp.http", (long) otlpHttp.port(),
                "broker", (long) begun.brokerPort(),
                "pid", ProcessHandle.current().pid()));
    System.out.printf(
        """
          SQL, NDJSON   http://%1$s:%2$d   POST /v1/query, POST /v1/ingest
          OTLP          grpc %1$s:%3$d, http://%1$s:%4$d
          Flight SQL    not served in this release (port %5$s is reserved for it)
          Kafka broker  127.0.0.1:%6$d
          Data          %7$s
        Kyma is ready after %8$.1f s. Stop it with Ctrl-C or SIGTERM to pid %9$d.
        """,
        host,
        http,
        grpc,
        otlpHttp.port(),
        config.getValue("kyma.flight.port", String.class),
        begun.brokerPort(),
        begun.directory().path(),
        (System.nanoTime() - begun.nanos()) / 1e9,
        ProcessHandle.current().pid());
    System.out.flush();
    Quarkus.waitForExit();
    return 0;
  }

  private boolean ready() throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      SmallRyeHealth state = health.getReadiness();
      if (!state.isDown()) {
        return true;
      }
      if (System.nanoTime() > deadline) {
        System.err.println(
            "Kyma does not start: it was not ready after "
                + PATIENCE.toSeconds()
                + " s: "
                + state.getPayload());
        return false;
      }
      Thread.sleep(BETWEEN_CHECKS);
    }
  }
}
