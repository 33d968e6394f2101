package dev.kyma.e2e.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kyma.e2e.client.KymaClient;
import dev.kyma.e2e.client.QueryResult;
import dev.kyma.e2e.fixture.RunningKyma;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Statements through the public interface. */
@ExtendWith(RunningKyma.class)
class SqlIT {

  @Test
  void tableIsCreatedFilledAndDescribed(KymaClient client) {
    client.query(
        "CREATE TABLE people (id BIGINT NOT NULL, name TEXT, paid DECIMAL(12,2), at TIMESTAMP)"
            + " WITH (FLUSH_POLICY = 'rows:1000,interval:60s')");
    QueryResult inserted =
        client.query(
            "INSERT INTO people (id, name, paid, at) VALUES"
                + " (1, 'Ada', 12.50, TIMESTAMP '2024-01-02 03:04:05'), (2, NULL, 0.05, NULL)");
    String token = inserted.stats().at("/freshness/token").asText();
    QueryResult read =
        client.query(
            "SELECT id, name, paid, at FROM people ORDER BY id",
            Map.of("X-Kyma-Freshness", "token:" + token));
    assertThat(read.rows()).hasSize(2);
    assertThat(read.text(0, "paid")).isEqualTo("12.50");
    assertThat(read.text(0, "at")).isEqualTo("2024-01-02T03:04:05.000000000Z");
    assertThat(read.rows().get(1).get(1).isNull()).isTrue();
    assertThat(client.query("SELECT sum(paid) FROM people").single().asText()).isEqualTo("12.55");
    assertThat(client.query("DESCRIBE people").rows().stream().map(row -> row.getFirst().asText()))
        .contains("id", "name", "paid", "at");
    assertThat(client.query("SHOW TABLES").rows().toString()).contains("people");
    assertThat(
            client
                .query(
                    "SELECT data_type FROM information_schema.columns"
                        + " WHERE table_name = 'people' AND column_name = 'paid'")
                .single()
                .asText())
        .startsWith("DECIMAL");
  }

  @Test
  void joinsAggregatesAndOrderingAnswerExactly(KymaClient client) {
    client.ingest(
        "orders",
        "{\"id\":1,\"who\":\"a\",\"n\":2}\n{\"id\":2,\"who\":\"b\",\"n\":3}\n"
            + "{\"id\":3,\"who\":\"a\",\"n\":5}\n{\"id\":4,\"who\":\"c\",\"n\":7}\n",
        Map.of());
    client.ingest(
        "names", "{\"who\":\"a\",\"name\":\"Ann\"}\n{\"who\":\"b\",\"name\":\"Bob\"}\n", Map.of());
    QueryResult rows =
        client.query(
            "SELECT coalesce(p.name, 'nobody') AS name, sum(o.n) AS total, count(*) AS c"
                + " FROM orders o LEFT JOIN names p ON p.who = o.who"
                + " GROUP BY 1 HAVING sum(o.n) > 2 ORDER BY total DESC, name LIMIT 2");
    assertThat(rows.rows().toString()).isEqualTo("[[\"Ann\", \"7\", 2], [\"nobody\", \"7\", 1]]");
  }

  @Test
  void explainShowsThePlanAndWhatPruningLeftOut(KymaClient client) {
    client.ingest("explained", "{\"n\":1}\n", Map.of());
    String plan =
        client.query("EXPLAIN SELECT count(*) FROM explained WHERE n = 1").rows().toString();
    assertThat(plan).containsIgnoringCase("scan").containsIgnoringCase("aggregate");
  }

  @Test
  void syntaxErrorNamesLineAndColumn(KymaClient client) {
    KymaClient.Answer answer = client.tryQuery("SELECT 1\nFROM WHERE", Map.of());
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body().required("line").asInt()).isEqualTo(2);
    assertThat(answer.body().required("column").asInt()).isEqualTo(6);
    assertThat(answer.body().toString()).doesNotContain("Exception").doesNotContain("\tat ");
  }

  @Test
  void unknownTableAndColumnAreNamed(KymaClient client) {
    KymaClient.Answer table = client.tryQuery("SELECT * FROM no_such_table", Map.of());
    assertThat(table.status()).isIn(400, 404);
    assertThat(table.body().toString()).contains("no_such_table");
    client.query("CREATE TABLE strict_columns (known BIGINT)");
    KymaClient.Answer column = client.tryQuery("SELECT knwn FROM strict_columns", Map.of());
    assertThat(column.status()).isEqualTo(400);
    assertThat(column.body().toString()).contains("knwn");
  }
}
