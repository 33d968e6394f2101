package dev.kyma.e2e.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kyma.e2e.client.KymaClient;
import dev.kyma.e2e.client.QueryResult;
import dev.kyma.e2e.fixture.Await;
import dev.kyma.e2e.fixture.RunningKyma;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Rows of any shape in, the same values out, from the tail and from extents. */
@ExtendWith(RunningKyma.class)
class NdjsonIT {
  private static final Map<String, String> COMMITTED = Map.of("X-Kyma-Freshness", "committed");
  private static final Duration FLUSHED =
      Duration.ofSeconds(RunningKyma.FLUSH_INTERVAL_SECONDS + 5);

  @Test
  void typesAreInferredAndValuesAreExact(KymaClient client) {
    client.ingest(
        "shapes",
        """
        {"id":1,"i":9223372036854775807,"d":0.1,"b":true,"t":"2024-02-29T23:59:59.123456789Z","s":"a\\u00e9\\n","o":{"x":[1,2]}}
        {"id":2,"i":-9223372036854775808,"d":-1e300,"b":false,"t":"2024-02-29T23:59:59Z","s":"","o":{"x":null}}
        {"id":3,"i":null,"d":null,"b":null,"t":null,"s":null,"o":null}
        """,
        Map.of());
    for (Map<String, String> freshness : List.of(Map.<String, String>of(), COMMITTED)) {
      Await.until(
          FLUSHED,
          () -> {
            QueryResult rows =
                client.query(
                    "SELECT i, d, b, t, s, o -> 'x' AS x FROM shapes ORDER BY id", freshness);
            assertThat(rows.rows()).hasSize(3);
            assertThat(rows.types()).startsWith("int64", "float64", "bool", "timestamp", "text");
            assertThat(rows.rows().get(0).get(0).asLong()).isEqualTo(Long.MAX_VALUE);
            assertThat(rows.rows().get(1).get(0).asLong()).isEqualTo(Long.MIN_VALUE);
            assertThat(rows.rows().get(0).get(1).asDouble()).isEqualTo(0.1);
            assertThat(rows.rows().get(1).get(1).asDouble()).isEqualTo(-1e300);
            assertThat(rows.text(0, "t")).isEqualTo("2024-02-29T23:59:59.123456789Z");
            assertThat(rows.text(0, "s")).isEqualTo("aé\n");
            assertThat(rows.text(0, "x")).isEqualTo("");
            assertThat(rows.rows().get(0).get(5).toString()).isEqualTo("[1,2]");
            assertThat(rows.rows().get(2)).allMatch(JsonNode::isNull);
          });
    }
  }

  @Test
  void conflictingTypesAllLand(KymaClient client) {
    client.ingest("conflicts", "{\"id\":1,\"v\":1}\n", Map.of());
    client.ingest("conflicts", "{\"id\":2,\"v\":\"text\"}\n", Map.of());
    client.ingest("conflicts", "{\"id\":3,\"v\":[true]}\n", Map.of());
    client.ingest("conflicts", "{\"id\":4,\"v\":18446744073709551616}\n", Map.of());
    QueryResult rows = client.query("SELECT id, v FROM conflicts ORDER BY id");
    assertThat(rows.rows().stream().map(row -> row.get(1).toString()))
        .containsExactly("1", "\"text\"", "[true]", "18446744073709551616");
  }

  @Test
  void brokenLineIsReportedWithItsNumberAndTheOthersLand(KymaClient client) {
    KymaClient.Answer answer = client.ingest("broken", "{\"n\":1}\n{\"n\":\n{\"n\":3}\n", Map.of());
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body().required("accepted").asInt()).isEqualTo(2);
    assertThat(answer.body().required("rejected").get(0).required("line").asInt()).isEqualTo(2);
    assertThat(client.query("SELECT sum(n) FROM broken").single().asText()).isEqualTo("4");
  }

  @Test
  void atomicRequestWithABrokenLineLandsNothing(KymaClient client) {
    client.ingest("atomic", "{\"n\":10}\n", Map.of());
    KymaClient.Answer answer =
        client.ingest("atomic", "{\"n\":1}\n{\"n\":\n", Map.of("X-Atomic", "true"));
    assertThat(answer.status()).isBetween(400, 422);
    assertThat(answer.body().required("code").asText()).isNotEmpty();
    assertThat(client.query("SELECT sum(n) FROM atomic").single().asText()).isEqualTo("10");
  }

  @Test
  void keyedRequestLandsOnceAndAnotherPayloadIsAConflict(KymaClient client) {
    Map<String, String> key = Map.of("X-Idempotency-Key", "order-1");
    assertThat(client.ingest("keyed", "{\"n\":1}\n", key).status()).isEqualTo(200);
    KymaClient.Answer repeat = client.ingest("keyed", "{\"n\":1}\n", key);
    assertThat(repeat.status()).isEqualTo(200);
    assertThat(repeat.body().required("replayed").asBoolean()).isTrue();
    assertThat(client.ingest("keyed", "{\"n\":2}\n", key).status()).isEqualTo(409);
    assertThat(client.query("SELECT count(*) FROM keyed WHERE n = 1").single().asLong())
        .isEqualTo(1);
    Await.until(
        FLUSHED,
        () ->
            assertThat(
                    client
                        .query("SELECT count(*) FROM keyed WHERE n = 1", COMMITTED)
                        .single()
                        .asLong())
                .isEqualTo(1));
  }

  @Test
  void waitCommittedAnswersTheSnapshotThatHoldsTheRows(KymaClient client) {
    KymaClient.Answer answer = client.ingestAndWait("waits", "{\"n\":1}\n");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body().required("snapshot").asLong()).isPositive();
    assertThat(client.query("SELECT count(*) FROM waits", COMMITTED).single().asLong())
        .isEqualTo(1);
  }
}
