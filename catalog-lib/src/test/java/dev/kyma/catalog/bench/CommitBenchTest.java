package dev.kyma.catalog.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A short slice of the benchmark: nothing is lost; how fast it is depends on the machine. */
class CommitBenchTest {
  @Test
  void fourProcessesOfManyCommittersLoseNothing() throws Exception {
    CommitBench.Result result = CommitBench.run(4, 25, 3);
    System.out.println("CommitBenchTest: " + result);
    assertThat(result.fsync()).isEqualTo("on");
    assertThat(result.commits()).isPositive();
  }
}
