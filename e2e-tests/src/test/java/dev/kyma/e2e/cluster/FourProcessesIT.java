package dev.kyma.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kyma.e2e.client.KymaClient;
import dev.kyma.e2e.fixture.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The four services against an external broker, Postgres and S3, with the same code. */
class FourProcessesIT {
  private static final Map<String, String> COMMITTED = Map.of("X-Kyma-Freshness", "committed");
  private static final Duration LIMIT = Duration.ofSeconds(40);
  private static final int ROWS_PER_REQUEST = 50;

  @TempDir static Path directory;
  private static Cluster cluster;

  @BeforeAll
  static void start() throws Exception {
    cluster = Cluster.start(directory);
  }

  @AfterAll
  static void stop() throws Exception {
    cluster.close();
  }

  @Test
  void rowsFlowThroughFourProcessesAndTwoCompactorsNeverDoubleThem() throws Exception {
    Map<String, String> quick =
        Map.of(
            "KYMA_INGEST_TABLES_FLUSH_AGE", "1S",
            "KYMA_OTLP_GRPC_PORT", Integer.toString(FreePorts.next()),
            "KYMA_OTLP_HTTP_PORT", Integer.toString(FreePorts.next()));
    try (ServiceProcess ingest = cluster.service("ingest-service", quick);
        ServiceProcess query =
            cluster.service(
                "query-service", Map.of("KYMA_QUERY_INGEST_URL", ingest.http().toString()));
        ServiceProcess first = cluster.service("compactor-service", Map.of());
        ServiceProcess second = cluster.service("compactor-service", Map.of());
        ServiceProcess connector = cluster.service("connector-service", Map.of());
        KymaClient writer = new KymaClient(ingest.http());
        KymaClient reader = new KymaClient(query.http())) {
      assertThat(connector.status("/v1/connectors")).isEqualTo(200);
      reader.query("CREATE TABLE declared (n BIGINT NOT NULL, s TEXT)");
      reader.query("INSERT INTO declared VALUES (1, 'one'), (2, NULL)");

      for (int request = 0; request < 10; request++) {
        send(writer, request);
        assertCount(reader, Map.of(), (request + 1) * ROWS_PER_REQUEST);
        if (request == 4) {
          first.kill();
        }
      }
      Await.until(LIMIT, () -> assertCount(reader, COMMITTED, 10 * ROWS_PER_REQUEST));
      try (ServiceProcess third = cluster.service("compactor-service", Map.of())) {
        send(writer, 10);
        second.kill();
        send(writer, 11);
        Await.until(LIMIT, () -> assertCount(reader, COMMITTED, 12 * ROWS_PER_REQUEST));
        assertThat(third.status("/q/health/live")).isEqualTo(200);
      }
      assertThat(reader.query("SELECT count(*) FROM declared WHERE s = 'one'").single().asLong())
          .isEqualTo(1);
      assertThat(cluster.store().keys("extents/")).isNotEmpty();
      assertThat(cluster.store().keys("_commits/")).isNotEmpty();
    }
  }

  private static void send(KymaClient writer, int request) {
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < ROWS_PER_REQUEST; i++) {
      body.append("{\"id\":").append(request * ROWS_PER_REQUEST + i).append("}\n");
    }
    KymaClient.Answer answer = writer.ingest("flow", body.toString(), Map.of());
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
  }

  private static void assertCount(KymaClient reader, Map<String, String> headers, long expected) {
    assertThat(
            reader
                .query("SELECT count(*) AS c, count(DISTINCT id) AS d FROM flow", headers)
                .rows()
                .getFirst()
                .stream()
                .map(value -> value.asLong()))
        .containsExactly(expected, expected);
  }
}
