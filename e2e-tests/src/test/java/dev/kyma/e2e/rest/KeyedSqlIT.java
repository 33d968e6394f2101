package dev.kyma.e2e.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kyma.e2e.client.KymaClient;
import dev.kyma.e2e.client.QueryResult;
import dev.kyma.e2e.fixture.RunningKyma;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tables with a primary key, through statements alone. */
@ExtendWith(RunningKyma.class)
class KeyedSqlIT {

  private static String rows(KymaClient client, String sql) {
    return client.query(sql).rows().toString();
  }

  @Test
  void columnsShowTheirKeysAndDefaults(KymaClient client) {
    client.query(
        "CREATE TABLE app.messages (id BIGINT PRIMARY KEY DEFAULT SNOWFLAKE_ID(),"
            + " content TEXT NOT NULL, kind TEXT DEFAULT 'note', created_at TIMESTAMP DEFAULT"
            + " NOW()) WITH (TYPE = 'SHARED', FLUSH_POLICY = 'rows:1000,interval:60s',"
            + " RETENTION = '30d', HISTORY_RETENTION = '7d', ORDER_BY = 'id')");
    assertThat(rows(client, "DESCRIBE app.messages"))
        .isEqualTo(
            "[[\"id\", \"BIGINT\", \"NO\", \"snowflake_id()\", \"PRIMARY\"],"
                + " [\"content\", \"TEXT\", \"NO\", null, null],"
                + " [\"kind\", \"TEXT\", \"YES\", \"note\", null],"
                + " [\"created_at\", \"TIMESTAMP\", \"YES\", \"now()\", null]]");
    client.query("INSERT INTO app.messages (content) VALUES ('a'), ('b')");
    QueryResult read =
        client.query(
            "SELECT count(DISTINCT id), min(kind), min(created_at) FROM app.messages"
                + " WHERE created_at > now() - INTERVAL '1 hour'");
    assertThat(read.rows().getFirst().get(0).asLong()).isEqualTo(2);
    assertThat(read.rows().getFirst().get(1).asText()).isEqualTo("note");
    assertThat(Instant.parse(read.rows().getFirst().get(2).asText())).isBefore(Instant.now());
    assertThat(client.tryQuery("INSERT INTO app.messages (kind) VALUES ('x')", Map.of()).status())
        .isIn(400, 422);
  }

  @Test
  void insertsReplaceUpdatesChangeAndDeletesRemove(KymaClient client) {
    client.query(
        "CREATE TABLE stock (shop TEXT, item INT, n INT NOT NULL, note TEXT,"
            + " PRIMARY KEY (shop, item)) WITH (FLUSH_POLICY = 'interval:60s')");
    client.query(
        "INSERT INTO stock (shop, item, n) VALUES ('a', 1, 10), ('a', 2, 20), ('b', 1, 30)");
    client.query("STORAGE FLUSH TABLE stock");
    client.query("INSERT INTO stock VALUES ('a', 1, 11, 'again'), ('c', 9, 90, NULL)");
    String all = "SELECT shop, item, n, note FROM stock ORDER BY shop, item";
    assertThat(rows(client, all))
        .isEqualTo(
            "[[\"a\", 1, 11, \"again\"], [\"a\", 2, 20, null], [\"b\", 1, 30, null],"
                + " [\"c\", 9, 90, null]]");

    QueryResult updated =
        client.query("UPDATE stock SET n = n + 1, note = 'more' WHERE shop = 'a'");
    assertThat(updated.text(0, "rows")).isEqualTo("2");
    QueryResult deleted = client.query("DELETE FROM stock WHERE n = 30 OR shop = 'c'");
    assertThat(deleted.text(0, "rows")).isEqualTo("2");
    String left = "[[\"a\", 1, 12, \"more\"], [\"a\", 2, 21, \"more\"]]";
    assertThat(rows(client, all)).isEqualTo(left);
    client.query("STORAGE FLUSH TABLE stock");
    assertThat(rows(client, all)).isEqualTo(left);
    assertThat(
            rows(
                client,
                "SELECT shop, item, n, _kyma_op FROM history(stock) WHERE shop <> 'a'"
                    + " ORDER BY shop, _seq"))
        .isEqualTo(
            "[[\"b\", 1, 30, \"c\"], [\"b\", 1, null, \"d\"],"
                + " [\"c\", 9, 90, \"c\"], [\"c\", 9, null, \"d\"]]");
    assertThat(rows(client, "STORAGE CHECK stock EXTENDED")).isEqualTo("[]");
  }

  @Test
  void aKeyThatChangesTakesItsRowAlong(KymaClient client) {
    client.query("CREATE TABLE renamed (id INT PRIMARY KEY, name TEXT)");
    client.query("INSERT INTO renamed VALUES (1, 'one'), (2, 'two'), (3, 'three')");
    client.query("UPDATE renamed SET id = id + 1 WHERE id < 3");
    assertThat(rows(client, "SELECT id, name FROM renamed ORDER BY id"))
        .isEqualTo("[[2, \"one\"], [3, \"two\"]]");
    client.query("UPDATE renamed SET id = 77, name = upper(name) WHERE name = 'one'");
    assertThat(rows(client, "SELECT id, name FROM renamed ORDER BY id"))
        .isEqualTo("[[3, \"two\"], [77, \"ONE\"]]");
  }

  @Test
  void nothingIsWrittenByAnUpdateThatBreaksARule(KymaClient client) {
    client.query("CREATE TABLE ruled (id INT PRIMARY KEY, n INT NOT NULL)");
    client.query("INSERT INTO ruled VALUES (1, 1), (2, 0)");
    KymaClient.Answer broken = client.tryQuery("UPDATE ruled SET n = nullif(n, 0)", Map.of());
    assertThat(broken.status()).isEqualTo(422);
    assertThat(broken.body().toString()).contains("must not be NULL");
    assertThat(client.tryQuery("UPDATE ruled SET n = 1 / n", Map.of()).status()).isEqualTo(422);
    assertThat(rows(client, "SELECT id, n FROM ruled ORDER BY id")).isEqualTo("[[1, 1], [2, 0]]");
  }

  @Test
  void statesOfThePastAreRead(KymaClient client) {
    client.query("CREATE TABLE past (id INT PRIMARY KEY, n INT)");
    client.query("INSERT INTO past VALUES (1, 1)");
    QueryResult flushed = client.query("STORAGE FLUSH TABLE past");
    String snapshot = flushed.text(0, "snapshot");
    Instant between = Instant.now();
    client.query("UPDATE past SET n = 2");
    client.query("STORAGE FLUSH TABLE past");
    assertThat(client.query("SELECT n FROM past").single().asInt()).isEqualTo(2);
    assertThat(client.query("SELECT n FROM past AS OF SNAPSHOT " + snapshot).single().asInt())
        .isEqualTo(1);
    assertThat(
            client
                .query("SELECT n FROM past FOR SYSTEM_TIME AS OF TIMESTAMP '" + between + "'")
                .single()
                .asInt())
        .isEqualTo(1);
  }
}
