package dev.kyma.catalog.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.kyma.catalog.history.Linearizability.Linearizable;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * The checker agrees with published verdicts (of Porcupine and Knossos) before it judges anything
 * of ours. A few of the histories are among the test's resources; with {@code -Dkyma.histories=DIR}
 * or KYMA_HISTORIES, the {@code test_data} of the Porcupine project, all of them are judged.
 */
class KnownHistoriesTest {
  private static final Set<Integer> LINEARIZABLE_LOGS =
      Set.of(
          2, 5, 7, 18, 25, 31, 38, 45, 48, 49, 51, 53, 56, 67, 75, 76, 80, 87, 92, 98, 100, 101,
          102);

  /** Its cluster did not start: nobody has a verdict on it. */
  private static final int WITHOUT_VERDICT = 95;

  private static final int LOGS = 103;

  private static final Map<String, Boolean> TEXTS =
      new TreeMap<>(
          Map.of(
              "c01-ok", true, "c01-bad", false, "c10-ok", true, "c10-bad", false, "c50-ok", true,
              "c50-bad", false));

  private static final List<Integer> LOGS_HERE = List.of(0, 1, 2, 5, 7, 12, 48, 99, 101);
  private static final List<String> TEXTS_HERE = List.of("c01-ok", "c01-bad", "c10-ok", "c10-bad");

  private interface Source {
    BufferedReader open(String file) throws IOException;
  }

  private static BufferedReader resource(String file) {
    return new BufferedReader(
        new InputStreamReader(
            Objects.requireNonNull(
                KnownHistoriesTest.class.getResourceAsStream("/histories/" + file), file),
            StandardCharsets.UTF_8));
  }

  private static boolean judgesLog(Source source, int log) throws IOException {
    try (BufferedReader lines = source.open("jepsen/etcd_%03d.log".formatted(log))) {
      return Linearizability.check(new KnownHistories.Register(), KnownHistories.register(lines))
          instanceof Linearizable;
    }
  }

  private static boolean judgesTexts(Source source, String name) throws IOException {
    try (BufferedReader lines = source.open("kv/" + name + ".txt")) {
      return Linearizability.check(new KnownHistories.Texts(), KnownHistories.texts(lines))
          instanceof Linearizable;
    }
  }

  private static List<String> disagreements(Source source, List<Integer> logs, List<String> texts)
      throws IOException {
    List<String> wrong = new ArrayList<>();
    for (int log : logs) {
      if (judgesLog(source, log) != LINEARIZABLE_LOGS.contains(log)) {
        wrong.add("register history " + log);
      }
    }
    for (String name : texts) {
      if (judgesTexts(source, name) != Objects.requireNonNull(TEXTS.get(name))) {
        wrong.add("text history " + name);
      }
    }
    return wrong;
  }

  @Test
  void theHistoriesHereAreJudgedAsPublished() throws IOException {
    assertThat(disagreements(KnownHistoriesTest::resource, LOGS_HERE, TEXTS_HERE)).isEmpty();
  }

  @Test
  void allPublishedHistoriesAreJudgedAsPublished() throws IOException {
    String named = System.getProperty("kyma.histories", System.getenv("KYMA_HISTORIES"));
    if (named == null) {
      System.out.printf(
          "KnownHistoriesTest: SKIPPED %d of %d published histories: -Dkyma.histories names no"
              + " folder%n",
          LOGS - 1 + TEXTS.size() - LOGS_HERE.size() - TEXTS_HERE.size(), LOGS - 1 + TEXTS.size());
    }
    assumeTrue(named != null, "kyma.histories names no folder");
    Path folder = Path.of(Objects.requireNonNull(named));
    List<Integer> logs = new ArrayList<>();
    for (int log = 0; log < LOGS; log++) {
      if (log != WITHOUT_VERDICT) {
        logs.add(log);
      }
    }
    long start = System.nanoTime();
    List<String> wrong =
        disagreements(
            file -> Files.newBufferedReader(folder.resolve(file)),
            logs,
            List.copyOf(TEXTS.keySet()));
    System.out.printf(
        "KnownHistoriesTest: %d histories judged in %.1f s%n",
        logs.size() + TEXTS.size(), (System.nanoTime() - start) / 1e9);
    assertThat(wrong).isEmpty();
  }
}
