package dev.kyma.standalone.simulation;

import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many seeds of the simulation. {@code -Dkyma.verify=true} runs 10,000; {@code -Dkyma.seed=n} runs
 * the one a failure printed.
 */
class SimulationTest {
  private static final int EVENTS = 400;

  @Test
  void whateverHappensEveryReadAnswersExactlyWhatWasAcknowledged(@TempDir Path directory) {
    Long only = Long.getLong("kyma.seed");
    int seeds = only != null ? 1 : Boolean.getBoolean("kyma.verify") ? 10_000 : 40;
    long first = only != null ? only : new Random().nextLong(1L << 40);
    System.out.printf("SimulationTest: %d seeds from -Dkyma.seed=%d%n", seeds, first);
    try (ExecutorService readers = Executors.newCachedThreadPool()) {
      for (int i = 0; i < seeds; i++) {
        try (Simulation simulation = new Simulation(first + i, directory, readers)) {
          simulation.run(EVENTS);
        }
      }
    }
  }
}
