package dev.kyma.e2e.cluster;

import dev.kyma.e2e.fixture.Await;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One service, started from its own application, as a container would start it. */
final class ServiceProcess implements AutoCloseable {
  private static final Duration READY_LIMIT = Duration.ofSeconds(60);

  private final String module;
  private final JavaProcess process;
  private final int port;

  private ServiceProcess(String module, JavaProcess process, int port) {
    this.module = module;
    this.process = process;
    this.port = port;
  }

  static ServiceProcess start(String module, Path directory, Map<String, String> environment) {
    int port = FreePorts.next();
    Map<String, String> variables = new HashMap<>(environment);
    variables.put("KYMA_HTTP_PORT", Integer.toString(port));
    JavaProcess process =
        JavaProcess.start(
            directory.resolve(module + "-" + port + ".out"),
            List.of(
                "-Xmx512m",
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "--add-modules=jdk.incubator.vector",
                "-jar",
                jar(module).toString()),
            variables);
    ServiceProcess service = new ServiceProcess(module, process, port);
    try {
      Await.until(READY_LIMIT, service::assertReady);
    } catch (AssertionError failure) {
      process.kill();
      throw new AssertionError(module + " is not ready:\n" + process.outputTail(), failure);
    }
    return service;
  }

  private static Path jar(String module) {
    Path relative = Path.of(module, "target", "quarkus-app", "quarkus-run.jar");
    for (Path directory = Path.of("").toAbsolutePath();
        directory != null;
        directory = directory.getParent()) {
      if (directory.resolve(relative).toFile().exists()) {
        return directory.resolve(relative);
      }
    }
    throw new IllegalStateException(relative + " is not built");
  }

  URI http() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** The status of a GET. */
  int status(String path) throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
              HttpRequest.newBuilder(http().resolve(path)).timeout(Duration.ofSeconds(10)).build(),
              HttpResponse.BodyHandlers.discarding())
          .statusCode();
    }
  }

  private void assertReady() {
    if (!process.isAlive()) {
      throw new AssertionError(module + " ended");
    }
    try {
      if (status("/q/health/ready") != 200) {
        throw new AssertionError(module + " is not ready");
      }
    } catch (IOException e) {
      throw new AssertionError(module + " does not listen yet", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** SIGKILL. */
  void kill() {
    process.kill();
  }

  @Override
  public void close() {
    process.close();
  }
}
