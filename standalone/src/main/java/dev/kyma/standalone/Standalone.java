package dev.kyma.standalone;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusBindException;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.runtime.util.ExceptionUtil;
import io.smallrye.config.ConfigValidationException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Starts the broker and the services, and stops them in the opposite order.
 *
 * <p>What is needed before Quarkus reads its configuration comes from system properties or the
 * environment only: {@code kyma.data-dir} (KYMA_DATA_DIR), {@code kyma.standalone.broker-port} and
 * the port of OTLP/gRPC when it is 0.
 */
@QuarkusMain
public final class Standalone {
  private static final String DATA_DIR = "kyma.data-dir";
  private static final String BROKER_PORT = "kyma.standalone.broker-port";
  private static final String GRPC_PORT = "kyma.otlp.grpc.port";

  private static final List<String> OTHER_PORTS =
      List.of("kyma.http.port", "kyma.otlp.http.port", "kyma.flight.port");
  private static final String REBUILD_CATALOG = "rebuild-catalog";
  private static final Duration BROKER_START = Duration.ofSeconds(30);

  private Standalone() {}

  /** Runs until the process is told to stop, or the one command it was given is done. */
  public static void main(String[] args) {
    try {
      if (args.length == 1 && args[0].equals(REBUILD_CATALOG)) {
        System.exit(RebuildCatalog.run(dataDirectory(), System.out, System.err));
      }
      run(args);
    } catch (StartException e) {
      System.err.println("Kyma does not start: " + e.getMessage() + ".");
      System.exit(1);
    }
  }

  private static void run(String[] args) {
    long started = System.nanoTime();
    // The broker's thread and Quarkus would both initialise the log manager and wait for each
    // other.
    Logger.getLogger(Standalone.class);
    LoggerFactory.getLogger(Standalone.class);

    OTHER_PORTS.forEach(Standalone::port);
    DataDirectory directory = DataDirectory.take(dataDirectory());
    List<Integer> free = Ports.free(3);
    int brokerPort = port(BROKER_PORT).filter(port -> port != 0).orElse(free.get(0));
    port(GRPC_PORT)
        .filter(port -> port == 0)
        .ifPresent(port -> System.setProperty(GRPC_PORT, free.get(2).toString()));
    System.setProperty(DATA_DIR, directory.path().toString());
    System.setProperty("kyma.standalone.bootstrap-servers", "127.0.0.1:" + brokerPort);
    directory.locate();

    CompletableFuture<Broker> broker = new CompletableFuture<>();
    Thread.ofPlatform()
        .name("kyma-broker-start")
        .daemon()
        .start(() -> complete(broker, directory, brokerPort, free.get(1)));

    CountDownLatch servicesStopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> stop(servicesStopped, broker, directory), "kyma-broker-stop"));
    Running.begin(directory, broker, brokerPort, started);
    Quarkus.run(Running.class, (status, failure) -> ended(status, failure, servicesStopped), args);
  }

  private static void complete(
      CompletableFuture<Broker> broker, DataDirectory directory, int port, int controllerPort) {
    try {
      broker.complete(Broker.start(directory.broker(), port, controllerPort));
    } catch (Throwable e) {
      // Whatever it is, the services must not wait for a broker that will not come.
      broker.completeExceptionally(e);
    }
  }

  /** Called once the services have stopped, in a shutdown or because they did not start. */
  private static void ended(
      int status, @Nullable Throwable failure, CountDownLatch servicesStopped) {
    if (failure != null) {
      report(failure);
    }
    servicesStopped.countDown();
    // During a shutdown this blocks until the end of the process, hence the thread.
    Thread.ofPlatform().name("kyma-exit").start(() -> System.exit(status));
  }

  private static void report(Throwable failure) {
    switch (ExceptionUtil.getRootCause(failure)) {
      case QuarkusBindException e ->
          System.err.printf(
              "Kyma does not start: port %d of %s is in use by another process. Set KYMA_HTTP_PORT"
                  + " to another port.%n",
              e.getPort(), e.getHost());
      case ConfigurationException e -> System.err.println(e.getMessage());
      case ConfigValidationException e ->
          System.err.println("Kyma does not start: " + e.getMessage());
      default -> Logger.getLogger(Standalone.class).error("Kyma does not start", failure);
    }
  }

  /** The services first, for they may still be flushing to the log; then the log; then the lock. */
  private static void stop(
      CountDownLatch servicesStopped, CompletableFuture<Broker> broker, DataDirectory directory) {
    try {
      servicesStopped.await();
      broker.get(BROKER_START.toMillis(), TimeUnit.MILLISECONDS).close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      // It never started; whoever waited for it has said so.
    } finally {
      directory.close();
    }
  }

  private static Path dataDirectory() {
    return Path.of(setting(DATA_DIR).orElse("kyma-data"));
  }

  private static Optional<Integer> port(String name) {
    return setting(name).map(text -> parse(name, text));
  }

  private static int parse(String name, String text) {
    try {
      int port = Integer.parseInt(text);
      if (port >= 0 && port <= 65535) {
        return port;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new StartException(name + " is not a port: " + text);
  }

  private static Optional<String> setting(String name) {
    return Optional.ofNullable(System.getProperty(name))
        .or(
            () ->
                Optional.ofNullable(System.getenv(name.toUpperCase().replaceAll("[^A-Z0-9]", "_"))))
        .filter(text -> !text.isBlank());
  }
}
