package dev.kyma.ingest;

import dev.kyma.service.log.InProcessBroker;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/** A broker in this JVM, a SQLite catalog and a directory as object store, for @QuarkusTest. */
public final class RealBackends implements QuarkusTestResourceLifecycleManager {
  private InProcessBroker broker;
  private Path directory;

  @Override
  public Map<String, String> start() {
    try {
      directory = Files.createTempDirectory("kyma-ingest");
      Files.createDirectories(directory.resolve("store"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    broker = InProcessBroker.start(directory.resolve("broker"));
    return Map.of(
        "kyma.log.bootstrap-servers", broker.bootstrapServers(),
        "kyma.catalog.url", "jdbc:sqlite:" + directory.resolve("catalog.db"),
        "kyma.store.url", directory.resolve("store").toUri().toString(),
        "quarkus.http.test-port", "0",
        "quarkus.grpc.server.port", "0",
        "quarkus.grpc.server.test-port", "0",
        "kyma.otlp.http.port", "0",
        "kyma.ingest.commit-timeout", "200MS",
        "kyma.ingest.max-in-flight-bytes", "100000000");
  }

  @Override
  public void stop() {
    broker.close();
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
