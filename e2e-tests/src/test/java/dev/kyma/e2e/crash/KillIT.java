package dev.kyma.e2e.crash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kyma.e2e.client.KymaClient;
import dev.kyma.e2e.client.QueryResult;
import dev.kyma.e2e.process.KymaProcess;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole process dies by SIGKILL at random moments under load. After each start every
 * acknowledged row is there once, and a keyed request that was retried until it was acknowledged
 * landed once. {@code -Dkyma.kill.rounds} says how often; ./kyma verify asks for more.
 */
class KillIT {
  private static final int ROUNDS =
      Integer.getInteger("kyma.kill.rounds", Boolean.getBoolean("kyma.verify") ? 60 : 10);
  private static final int WRITERS = 3;
  private static final List<String> OPTIONS =
      List.of("-Dkyma.ingest.tables.flush.rows=300", "-Dkyma.ingest.tables.flush.age=0.4S");

  @TempDir Path directory;

  @Test
  void noAcknowledgedRowIsLostOrDoubledByKill() throws Exception {
    long seed = Long.getLong("kyma.seed", System.nanoTime());
    System.out.println("KillIT: " + ROUNDS + " rounds, -Dkyma.seed=" + seed);
    Random random = new Random(seed);
    Ledger ledger = new Ledger();
    for (int round = 1; round <= ROUNDS; round++) {
      KymaProcess kyma = KymaProcess.start(directory, Map.of(), OPTIONS);
      try (KymaClient client = new KymaClient(kyma.http());
          Load load = new Load(client, ledger, WRITERS, random.nextLong())) {
        if (round > 1) {
          verify(client, ledger);
        }
        load.start();
        Thread.sleep(300 + random.nextInt(2_500));
        kyma.kill();
      } finally {
        kyma.kill();
      }
      System.out.printf(
          "KillIT: killed %d of %d, %d requests acknowledged%n",
          round, ROUNDS, ledger.acknowledgedCount());
    }
    assertThat(ledger.acknowledgedCount()).as("requests acknowledged").isGreaterThan(ROUNDS);
    try (KymaProcess kyma = KymaProcess.start(directory, Map.of(), OPTIONS);
        KymaClient client = new KymaClient(kyma.http())) {
      new Load(client, ledger, WRITERS, random.nextLong()).retryOpenKeyedRequests();
      verify(client, ledger);
      assertThat(ledger.openKeyed()).isEmpty();
    }
  }

  /** Every acknowledged row is there once, and nothing that nobody sent. */
  static void verify(KymaClient client, Ledger ledger) {
    KymaClient.Answer first = client.tryQuery("SELECT count(*) FROM " + Load.TABLE, Map.of());
    if (ledger.acknowledgedCount() == 0 && first.status() == 404) {
      return;
    }
    QueryResult rows =
        client.query(
            "SELECT request, count(*) AS c, count(DISTINCT id) AS ids FROM "
                + Load.TABLE
                + " GROUP BY request");
    Map<String, JsonNode> counts = new HashMap<>();
    Map<String, JsonNode> ids = new HashMap<>();
    for (List<JsonNode> row : rows.rows()) {
      counts.put(row.get(0).asText(), row.get(1));
      ids.put(row.get(0).asText(), row.get(2));
    }
    ledger.forEach(
        (request, state) -> {
          long count = counts.containsKey(request) ? counts.get(request).asLong() : 0;
          long distinct = ids.containsKey(request) ? ids.get(request).asLong() : 0;
          assertThat(distinct).as("rows doubled in %s, %s", request, state).isEqualTo(count);
          if (state.acknowledged()) {
            assertThat(count).as("rows of acknowledged %s", request).isEqualTo(state.rows());
          } else {
            assertThat(count).as("rows of unanswered %s", request).isIn(0L, (long) state.rows());
          }
        });
    assertThat(counts.keySet()).as("requests nobody made").allMatch(ledger::knows);
  }
}
