package dev.kyma.compactor;

import dev.kyma.service.log.InProcessBroker;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A broker, a SQLite file and a directory for the service under test. */
public final class CompactorResources implements QuarkusTestResourceLifecycleManager {
  private @Nullable Path directory;
  private @Nullable InProcessBroker broker;

  @Override
  public Map<String, String> start() {
    try {
      Path made = Files.createTempDirectory("kyma-compactor");
      InProcessBroker started = InProcessBroker.start(made.resolve("broker"));
      directory = made;
      broker = started;
      Path objects = Files.createDirectories(made.resolve("objects"));
      return Map.of(
          "kyma.log.bootstrap-servers",
          started.bootstrapServers(),
          "kyma.catalog.url",
          "jdbc:sqlite:" + made.resolve("catalog.db"),
          "kyma.store.url",
          objects.toUri().toString(),
          "kyma.compactor.archive.interval",
          "0.1S",
          "quarkus.http.test-port",
          "0");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void stop() {
    if (broker != null) {
      broker.close();
    }
    if (directory != null) {
      try (var paths = Files.walk(directory)) {
        for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
