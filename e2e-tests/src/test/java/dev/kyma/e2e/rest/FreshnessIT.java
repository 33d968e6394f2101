package dev.kyma.e2e.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kyma.e2e.client.KymaClient;
import dev.kyma.e2e.client.QueryResult;
import dev.kyma.e2e.fixture.Await;
import dev.kyma.e2e.fixture.RunningKyma;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How soon a row is seen. */
@ExtendWith(RunningKyma.class)
class FreshnessIT {
  private static final Map<String, String> COMMITTED = Map.of("X-Kyma-Freshness", "committed");
  private static final String SAME_TIME = "\"ts\":\"2024-05-06T07:08:09.123456789Z\"";

  @Test
  void oneRowIsHotWithinASecondAndCommittedWithinTheInterval(KymaClient client) {
    warmUp(client);
    for (int n = 1; n <= 3; n++) {
      int rows = n;
      assertThat(client.ingest("fresh_rows", row(n), Map.of()).status()).isEqualTo(200);
      Duration hot =
          Await.until(
              Duration.ofSeconds(1), () -> assertThat(count(client, Map.of())).isEqualTo(rows));
      Duration committed =
          Await.until(
              Duration.ofSeconds(RunningKyma.FLUSH_INTERVAL_SECONDS + 1),
              () -> assertThat(count(client, COMMITTED)).isEqualTo(rows));
      System.out.printf(
          "FreshnessIT: row %d hot after %d ms, committed after %d ms%n",
          n, hot.toMillis(), committed.plus(hot).toMillis());
    }
  }

  @Test
  void tokenReadsItsOwnWrite(KymaClient client) {
    KymaClient.Answer written = client.ingest("token_rows", row(1), Map.of());
    assertThat(written.status()).isEqualTo(200);
    String token = written.body().required("token").asText();
    QueryResult read =
        client.query(
            "SELECT count(*) FROM token_rows", Map.of("X-Kyma-Freshness", "token:" + token));
    assertThat(read.single().asLong()).isEqualTo(1);
  }

  @Test
  void malformedTokenIsRefused(KymaClient client) {
    client.ingest("refused_token_rows", row(2), Map.of());
    KymaClient.Answer answer =
        client.tryQuery(
            "SELECT count(*) FROM refused_token_rows",
            Map.of("X-Kyma-Freshness", "token:nonsense"));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body().required("code").asText()).isNotEmpty();
  }

  private static void warmUp(KymaClient client) {
    client.ingest("fresh_warm", row(0), Map.of());
    client.query("SELECT count(*) FROM fresh_warm");
  }

  private static String row(int n) {
    return "{\"n\":" + n + "," + SAME_TIME + "}\n";
  }

  private static long count(KymaClient client, Map<String, String> headers) {
    return client.query("SELECT count(*) FROM fresh_rows", headers).single().asLong();
  }
}
