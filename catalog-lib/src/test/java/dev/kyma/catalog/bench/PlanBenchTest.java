package dev.kyma.catalog.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A short slice of the benchmark: answers are the same; how fast depends on the machine. */
class PlanBenchTest {
  @TempDir Path directory;

  @Test
  void planningBySummariesGivesTheSameAnswersWithLittleMemory() throws Exception {
    PlanBench.Result result = PlanBench.run(directory, 8_000, 300);
    System.out.println("PlanBenchTest: " + result);
    assertThat(result.offHeapBytes()).isLessThan(256);
  }
}
