package dev.kyma.query.api;

import dev.kyma.service.log.InProcessBroker;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A broker in this JVM, a SQLite catalog and a directory as object store. */
public final class QueryBackends implements QuarkusTestResourceLifecycleManager {
  private @Nullable InProcessBroker broker;
  private @Nullable Path directory;

  @Override
  public Map<String, String> start() {
    Path home;
    try {
      home = Files.createTempDirectory("kyma-query");
      Files.createDirectories(home.resolve("store"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    directory = home;
    InProcessBroker started = InProcessBroker.start(home.resolve("broker"));
    broker = started;
    return Map.of(
        "kyma.log.bootstrap-servers",
        started.bootstrapServers(),
        "kyma.catalog.url",
        "jdbc:sqlite:" + home.resolve("catalog.db"),
        "kyma.store.url",
        home.resolve("store").toUri().toString(),
        "quarkus.http.test-port",
        "0",
        "kyma.query.max-token-wait",
        "200MS",
        "kyma.query.max-statement-size",
        "10000");
  }

  @Override
  public void stop() {
    Objects.requireNonNull(broker).close();
    try (Stream<Path> paths = Files.walk(Objects.requireNonNull(directory))) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
