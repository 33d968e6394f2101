package dev.kyma.e2e.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/**
 * A running all-in-one Kyma in a process of its own, started the way {@code ./kyma run} starts it.
 *
 * <p>It listens on free ports of 127.0.0.1. {@link #close()} asks it to drain and waits; {@link
 * #kill()} is SIGKILL. Used by one thread.
 */
public final class KymaProcess implements AutoCloseable {
  private static final Duration START_TIMEOUT = Duration.ofSeconds(90);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(60);

  private final Process process;
  private final Path output;
  private final Properties ports;

  private KymaProcess(Process process, Path output, Properties ports) {
    this.process = process;
    this.output = output;
    this.ports = ports;
  }

  /** Starts Kyma on a data directory and waits until it is ready. */
  public static KymaProcess start(Path dataDirectory) {
    return start(dataDirectory, Map.of(), List.of());
  }

  /**
   * Starts Kyma on a data directory and waits until it is ready.
   *
   * @param environment further environment variables
   * @param jvmOptions further options of its JVM, for example {@code -Dkyma.…=…}
   * @throws IllegalStateException if it ends or does not become ready; the message has its output
   */
  public static KymaProcess start(
      Path dataDirectory, Map<String, String> environment, List<String> jvmOptions) {
    try {
      Files.createDirectories(dataDirectory);
      Path portsFile = dataDirectory.resolve("kyma.ports");
      Files.deleteIfExists(portsFile);
      Path output = dataDirectory.resolve("kyma.log");
      Process process = launch(dataDirectory, environment, jvmOptions, output);
      return awaitReady(process, output, portsFile);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Process launch(
      Path dataDirectory, Map<String, String> environment, List<String> jvmOptions, Path output)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(StandaloneApplication.jvmOptions());
    command.addAll(jvmOptions);
    command.add("-jar");
    command.add(StandaloneApplication.jar().toString());
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> variables = new HashMap<>();
    variables.put("KYMA_HTTP_PORT", "0");
    variables.put("KYMA_OTLP_GRPC_PORT", "0");
    variables.put("KYMA_OTLP_HTTP_PORT", "0");
    variables.put("KYMA_FLIGHT_PORT", "0");
    variables.put("KYMA_DATA_DIR", dataDirectory.toAbsolutePath().toString());
    variables.putAll(environment);
    builder.environment().putAll(variables);
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
    return builder.start();
  }

  private static KymaProcess awaitReady(Process process, Path output, Path portsFile)
      throws IOException {
    Instant deadline = Instant.now().plus(START_TIMEOUT);
    try {
      while (Instant.now().isBefore(deadline)) {
        if (!process.isAlive()) {
          throw new IllegalStateException("Kyma ended at start:\n" + tail(output));
        }
        if (Files.exists(portsFile)) {
          Properties ports = new Properties();
          try (InputStream in = Files.newInputStream(portsFile)) {
            ports.load(in);
          }
          return new KymaProcess(process, output, ports);
        }
        Thread.sleep(20);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
      throw new IllegalStateException("interrupted while starting Kyma", e);
    }
    process.destroyForcibly();
    throw new IllegalStateException("Kyma is not ready in time:\n" + tail(output));
  }

  /** The base address of the REST interfaces. */
  public URI http() {
    return address("http");
  }

  /** The address for OTLP over gRPC. */
  public URI otlpGrpc() {
    return address("otlp.grpc");
  }

  /** The base address for OTLP over HTTP. */
  public URI otlpHttp() {
    return address("otlp.http");
  }

  /** The port of the broker inside. */
  public int brokerPort() {
    return Integer.parseInt(ports.getProperty("broker"));
  }

  /** The id of the process. */
  public long pid() {
    return process.pid();
  }

  /** The CPU time the process has used, of all its threads. */
  public Duration cpuTime() {
    return process.toHandle().info().totalCpuDuration().orElseThrow();
  }

  /** The last lines the process has printed. */
  public String outputTail() {
    try {
      return tail(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends the process at once, as a power cut of the process would. */
  public void kill() {
    process.destroyForcibly();
    await(STOP_TIMEOUT);
  }

  /** Asks the process to drain and waits for its end; answers its exit status. */
  public int stop() {
    process.destroy();
    await(STOP_TIMEOUT);
    return process.exitValue();
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      process.destroy();
      await(STOP_TIMEOUT);
    }
  }

  private void await(Duration timeout) {
    try {
      if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor();
        throw new IllegalStateException("Kyma did not stop in time:\n" + outputTail());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }

  private URI address(String name) {
    return URI.create("http://127.0.0.1:" + ports.getProperty(name));
  }

  private static String tail(Path output) throws IOException {
    List<String> lines = Files.readAllLines(output);
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 60), lines.size()));
  }
}
