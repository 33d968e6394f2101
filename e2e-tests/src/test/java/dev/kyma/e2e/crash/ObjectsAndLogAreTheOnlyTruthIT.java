package dev.kyma.e2e.crash;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kyma.e2e.client.KymaClient;
import dev.kyma.e2e.fixture.Await;
import dev.kyma.e2e.process.KymaCommand;
import dev.kyma.e2e.process.KymaProcess;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Invariant 1: object storage and the unflushed suffix of the log are the only truth. The process
 * is killed under load, the catalog's database is deleted, the bucket is left with orphans and
 * broken objects, and the catalog is rebuilt: every acknowledged row is there once. In every second
 * round the archive is kept behind, so that flushed rows must come from the log again. {@code
 * -Dkyma.lost.catalog.rounds} says how often; ./kyma verify asks for more.
 */
class ObjectsAndLogAreTheOnlyTruthIT {
  private static final int ROUNDS =
      Integer.getInteger("kyma.lost.catalog.rounds", Boolean.getBoolean("kyma.verify") ? 20 : 2);
  private static final int WRITERS = 3;
  private static final Pattern REBUILT = Pattern.compile("Rebuilt snapshot (\\d+) of");

  // Logs are trimmed as eagerly as can be: what is needed must be kept for its own sake.
  private static final List<String> OPTIONS =
      List.of(
          "-Dkyma.ingest.tables.flush.rows=200",
          "-Dkyma.ingest.tables.flush.age=0.3S",
          "-Dkyma.compactor.trim.min-age=2S",
          "-Dkyma.compactor.trim.interval=1S");

  @TempDir Path directory;

  @Test
  void losingTheCatalogLosesNothingAcknowledged() throws Exception {
    long seed = Long.getLong("kyma.seed", System.nanoTime());
    System.out.println("ObjectsAndLogAreTheOnlyTruthIT: -Dkyma.seed=" + seed);
    Random random = new Random(seed);
    Ledger ledger = new Ledger();
    long behind = 0;
    for (int round = 1; round <= ROUNDS; round++) {
      long newest = loadAndKill(ledger, round % 2 == 0 ? "1H" : "0.5S", random);
      litter(round);
      loseTheCatalog();
      assertThatThrownBy(() -> KymaProcess.start(directory, Map.of(), OPTIONS))
          .as("a start without the catalog")
          .hasMessageContaining("rebuild-catalog");
      loseTheCatalog();
      KymaCommand.Result result = KymaCommand.run(directory, "rebuild-catalog");
      assertThat(result.status()).as(result.output()).isZero();
      Matcher rebuilt = REBUILT.matcher(result.output());
      assertThat(rebuilt.find()).as(result.output()).isTrue();
      long lag = newest - Long.parseLong(rebuilt.group(1));
      behind = Math.max(behind, lag);
      System.out.printf(
          "round %d: %d commits were not archived, %d requests acknowledged%n",
          round, lag, ledger.acknowledgedCount());
      try (KymaProcess kyma = KymaProcess.start(directory, Map.of(), OPTIONS);
          KymaClient client = new KymaClient(kyma.http())) {
        Await.until(Duration.ofSeconds(20), () -> KillIT.verify(client, ledger));
      }
      assertThat(KymaCommand.run(directory, "rebuild-catalog").output())
          .as("a rebuild into the catalog there is")
          .contains("was not rebuilt")
          .contains("holds a catalog already");
    }
    assertThat(behind).as("commits the archive was behind in some round").isPositive();
    assertThat(ledger.acknowledgedCount()).isGreaterThan(ROUNDS);
    try (KymaProcess kyma = KymaProcess.start(directory, Map.of(), OPTIONS);
        KymaClient client = new KymaClient(kyma.http())) {
      new Load(client, ledger, WRITERS, random.nextLong()).retryOpenKeyedRequests();
      Await.until(Duration.ofSeconds(20), () -> KillIT.verify(client, ledger));
      assertThat(ledger.openKeyed()).isEmpty();
    }
  }

  /** Answers the newest snapshot's number shortly before the kill. */
  private long loadAndKill(Ledger ledger, String archiveInterval, Random random) throws Exception {
    List<String> options = new ArrayList<>(OPTIONS);
    options.add("-Dkyma.compactor.archive.interval=" + archiveInterval);
    KymaProcess kyma = KymaProcess.start(directory, Map.of(), options);
    try (KymaClient client = new KymaClient(kyma.http());
        Load load = new Load(client, ledger, WRITERS, random.nextLong())) {
      load.start();
      Thread.sleep(4_000 + random.nextInt(3_000));
      long newest = newestSnapshot(kyma);
      kyma.kill();
      return newest;
    } finally {
      kyma.kill();
    }
  }

  private static long newestSnapshot(KymaProcess kyma) throws Exception {
    HttpRequest flush =
        HttpRequest.newBuilder(kyma.http().resolve("/v1/flush"))
            .POST(HttpRequest.BodyPublishers.noBody())
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      String answer = http.send(flush, HttpResponse.BodyHandlers.ofString()).body();
      return new ObjectMapper().readTree(answer).path("snapshot").asLong();
    }
  }

  /** What a bucket collects: objects nobody names, a torn commit, a whole one beyond a gap. */
  private void litter(int round) throws IOException {
    Path store = directory.resolve("store");
    write(store.resolve("extents/0000000" + round + "/t1-orphan"), "not an extent");
    List<Path> commits = new ArrayList<>();
    try (var files = Files.list(store.resolve("_commits"))) {
      files.sorted().forEach(commits::add);
    }
    Path last = commits.getLast();
    long number = Long.parseLong(last.getFileName().toString());
    byte[] bytes = Files.readAllBytes(last);
    Files.write(commit(store, number + 1), Arrays.copyOf(bytes, bytes.length / 2));
    Files.write(commit(store, number + 3), bytes);
  }

  private static Path commit(Path store, long number) {
    return store.resolve("_commits/%020d".formatted(number));
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, text.getBytes(UTF_8));
  }

  private void loseTheCatalog() throws IOException {
    for (String suffix : List.of("", "-wal", "-shm")) {
      Files.deleteIfExists(directory.resolve("catalog.db" + suffix));
    }
  }
}
