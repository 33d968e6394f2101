package dev.kyma.e2e.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kyma.e2e.client.KymaClient;
import dev.kyma.e2e.process.KymaProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stopping and starting again on the same directory. */
class RestartIT {
  /** Generous: a restart takes two to three seconds on an idle machine. */
  private static final Duration RESTART_LIMIT = Duration.ofSeconds(30);

  @TempDir Path directory;

  @Test
  void everythingIsThereAfterADrainAndAfterAKill() {
    try (KymaProcess kyma = KymaProcess.start(directory);
        KymaClient client = new KymaClient(kyma.http())) {
      client.ingest("restarts", "{\"n\":1}\n{\"n\":2}\n", Map.of());
      assertThat(kyma.stop()).as("exit status of a drained process").isIn(0, 143);
    }
    KymaProcess second = KymaProcess.start(directory);
    try (KymaClient client = new KymaClient(second.http())) {
      assertThat(client.query("SELECT sum(n) FROM restarts").single().asText()).isEqualTo("3");
      client.ingest("restarts", "{\"n\":3}\n", Map.of());
    } finally {
      second.kill();
    }
    Instant killed = Instant.now();
    try (KymaProcess third = KymaProcess.start(directory);
        KymaClient client = new KymaClient(third.http())) {
      Duration restart = Duration.between(killed, Instant.now());
      System.out.println("RestartIT: ready " + restart.toMillis() + " ms after a kill");
      assertThat(restart).isLessThan(RESTART_LIMIT);
      assertThat(client.query("SELECT sum(n) FROM restarts").single().asText()).isEqualTo("6");
    }
  }

  @Test
  void aSecondProcessOnTheSameDirectoryRefusesToStart() {
    try (KymaProcess kyma = KymaProcess.start(directory)) {
      assertThat(kyma.pid()).isPositive();
      assertThatThrownBy(() -> KymaProcess.start(directory, Map.of(), List.of()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("Kyma ended at start");
    }
  }
}
