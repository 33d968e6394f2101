package dev.kyma.e2e.cluster;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** What the services need from outside, started: broker, Postgres, S3. */
final class Cluster implements AutoCloseable {
  private final Path directory;
  private final KafkaBroker broker;
  private final EmbeddedPostgres postgres;
  private final S3Server store;

  private Cluster(Path directory, KafkaBroker broker, EmbeddedPostgres postgres, S3Server store) {
    this.directory = directory;
    this.broker = broker;
    this.postgres = postgres;
    this.store = store;
  }

  static Cluster start(Path directory) throws Exception {
    KafkaBroker broker = KafkaBroker.start(Files.createDirectories(directory.resolve("kafka")));
    EmbeddedPostgres postgres = EmbeddedPostgres.start();
    S3Server store = S3Server.start(directory.resolve("s3"));
    return new Cluster(directory, broker, postgres, store);
  }

  S3Server store() {
    return store;
  }

  /** Starts a service and waits until it is ready. */
  ServiceProcess service(String module, Map<String, String> environment) throws IOException {
    Map<String, String> variables = new HashMap<>();
    variables.put("KYMA_LOG_BOOTSTRAP_SERVERS", broker.bootstrapServers());
    variables.put(
        "KYMA_CATALOG_URL", "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres");
    variables.put("KYMA_CATALOG_USER", "postgres");
    variables.put("KYMA_CATALOG_PASSWORD", "postgres");
    variables.put("KYMA_STORE_URL", "s3://" + S3Server.BUCKET);
    variables.put("KYMA_STORE_S3_ENDPOINT", store.endpoint().toString());
    variables.put("KYMA_STORE_S3_ACCESS_KEY", S3Server.ACCESS_KEY);
    variables.put("KYMA_STORE_S3_SECRET_KEY", S3Server.SECRET_KEY);
    variables.putAll(environment);
    return ServiceProcess.start(module, directory, variables);
  }

  @Override
  public void close() throws Exception {
    try (broker;
        postgres;
        store) {
      // closed by the statement, each even when another fails
    }
  }
}
