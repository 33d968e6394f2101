package dev.kyma.compactor.core.compact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kyma.catalog.ExtentRef;
import dev.kyma.catalog.FlushPolicy;
import dev.kyma.catalog.LogBinding;
import dev.kyma.catalog.TableDef;
import dev.kyma.compactor.core.compact.CompactionPolicy.Urgency;
import dev.kyma.compactor.core.compact.CompactionTask.Reason;
import dev.kyma.format.ExtentSummary;
import dev.kyma.format.RowOrder;
import dev.kyma.format.predicate.Constant;
import dev.kyma.format.stats.ColumnStats;
import dev.kyma.format.type.LogicalType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is merged when, and that it never gets out of hand. */
class CompactionPolicyTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final int CAPACITY = 1 << 20;
  private static final TableDef TABLE =
      new TableDef(
          1,
          "default",
          "t",
          1,
          StorageBench.SCHEMA,
          2,
          0,
          List.of(2),
          new FlushPolicy(1, 1, Duration.ofSeconds(1)),
          new LogBinding("t", "t", 1, 0),
          Map.of());

  private final CompactionPolicy policy = new CompactionPolicy(CompactionLimits.defaults());
  private int extents;

  @Test
  void fourRunsWaitAndFiveAreMerged() {
    List<Candidate> runs = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      runs.add(candidate(0, 1_000, 0, i));
    }
    assertThat(due(runs)).isEmpty();
    runs.add(candidate(0, 1_000, 0, 9));
    assertThat(due(runs)).hasSize(1);
    assertThat(due(runs).getFirst().reason()).isEqualTo(Reason.RUNS);
    assertThat(due(runs).getFirst().inputs()).hasSize(5);
  }

  @Test
  void manyRowsAndOldRunsAreMergedHoweverFewTheyAre() {
    List<Candidate> large = List.of(candidate(0, 1 << 20, 0, 1), candidate(0, 1 << 20, 0, 2));
    assertThat(due(large)).isEmpty();
    List<Candidate> larger = new ArrayList<>(large);
    larger.add(candidate(0, 1, 0, 3));
    assertThat(due(larger)).extracting(CompactionTask::reason).containsExactly(Reason.ROWS);
    List<Candidate> old = List.of(candidate(0, 10, 0, 1, NOW.minusSeconds(601)));
    assertThat(due(old)).extracting(CompactionTask::reason).containsExactly(Reason.AGE);
    assertThat(due(List.of(candidate(0, 10, 0, 1, NOW.minusSeconds(599))))).isEmpty();
  }

  @Test
  void fullExtentsAreLeftAloneUntilAQuarterOfThemIsDeleted() {
    List<Candidate> full = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      full.add(candidate(1, CAPACITY - 1, CAPACITY / 4 - 2, i));
    }
    assertThat(due(full)).isEmpty();
    full.add(candidate(1, CAPACITY, CAPACITY / 4, 30));
    assertThat(due(full)).extracting(CompactionTask::reason).containsExactly(Reason.DELETED);
    assertThat(due(full).getFirst().inputs()).hasSize(1);
  }

  @Test
  void extentsThatWouldOnlyBecomeAsManyAgainAreLeftAlone() {
    List<Candidate> wide = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      wide.add(candidate(1, 100_000, 0, i));
    }
    assertThat(policy.plan(TABLE, RowOrder.TABLE, wide, CAPACITY, Urgency.DUE, NOW)).hasSize(1);
    assertThat(policy.plan(TABLE, RowOrder.TABLE, wide, 100_000, Urgency.DUE, NOW)).isEmpty();
    assertThat(policy.plan(TABLE, RowOrder.TABLE, wide, 100_000, Urgency.ALL, NOW)).isEmpty();
  }

  @Test
  void anExtentInAnotherOrderIsSortedAnewAlone() {
    ExtentSummary summary = summary(1, 10, 5, List.of(1));
    Candidate foreign = new Candidate(extent(summary), 0, NOW);
    assertThat(due(List.of(foreign, candidate(0, 10, 0, 1))))
        .extracting(CompactionTask::reason)
        .containsExactly(Reason.ORDER);
  }

  @Test
  void neighboursAreMergedAndNoExtentTwiceAtATime() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int round = 0; round < 300; round++) {
      List<Candidate> candidates = new ArrayList<>();
      for (int i = random.nextInt(120); i > 0; i--) {
        int level = random.nextInt(3);
        int rows = 1 + random.nextInt(CAPACITY);
        candidates.add(candidate(level, rows, random.nextInt(rows + 1), random.nextInt(1_000)));
      }
      Set<String> seen = new HashSet<>();
      for (Urgency urgency : Urgency.values()) {
        seen.clear();
        for (CompactionTask task :
            policy.plan(TABLE, RowOrder.TABLE, candidates, CAPACITY, urgency, NOW)) {
          assertThat(task.inputs().size()).as("seed %d", seed).isBetween(1, 24);
          task.inputs().forEach(i -> assertThat(seen.add(i.key())).as("seed %d", seed).isTrue());
        }
      }
    }
  }

  /**
   * 50,000 updates a second for ten minutes, over ten million keys, flushed every second: simulated
   * with numbers of rows only. Every version deletes a row picked at random among those that live.
   */
  @Test
  void theNumberOfExtentsStaysBoundedUnderUpdatesOverAllKeys() {
    Random random = new Random(11);
    List<Candidate> live = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      live.add(candidate(1, 1_000_000, 0, i));
    }
    int most = 0;
    long written = 0;
    int seconds = 600;
    int perSecond = 50_000;
    for (int second = 0; second < seconds; second++) {
      live = deleted(live, perSecond, random);
      live.add(candidate(0, perSecond, 0, second));
      for (CompactionTask task :
          policy.plan(
              TABLE, RowOrder.TABLE, live, CAPACITY, Urgency.DUE, NOW.plusSeconds(second))) {
        long rows = 0;
        List<Candidate> left = new ArrayList<>();
        for (Candidate candidate : live) {
          if (task.inputs().contains(candidate.extent())) {
            rows += candidate.liveRows();
          } else {
            left.add(candidate);
          }
        }
        long pieces = Math.max(1, (rows + CAPACITY - 1) / CAPACITY);
        for (int piece = 0; piece < pieces && rows > 0; piece++) {
          left.add(candidate(1, (int) (rows / pieces), 0, second));
        }
        written += rows;
        live = left;
      }
      most = Math.max(most, live.size());
    }
    double amplification = (double) written / ((long) seconds * perSecond);
    assertThat(most).as("extents at a time").isLessThan(50);
    assertThat(amplification).as("rows written again for each row flushed").isLessThan(8);
  }

  private List<Candidate> deleted(List<Candidate> live, int rows, Random random) {
    long total = live.stream().mapToLong(Candidate::liveRows).sum();
    List<Candidate> left = new ArrayList<>();
    for (Candidate candidate : live) {
      double share = (double) candidate.liveRows() / total * rows;
      long more = Math.min(candidate.liveRows(), Math.round(share + random.nextDouble() - 0.5));
      left.add(
          new Candidate(candidate.extent(), candidate.deletedRows() + more, candidate.seenAt()));
    }
    return left;
  }

  private List<CompactionTask> due(List<Candidate> candidates) {
    return policy.plan(TABLE, RowOrder.TABLE, candidates, CAPACITY, Urgency.DUE, NOW);
  }

  private Candidate candidate(int level, int rows, long deleted, long begin) {
    return candidate(level, rows, deleted, begin, NOW);
  }

  private Candidate candidate(int level, int rows, long deleted, long begin, Instant seen) {
    return new Candidate(extent(summary(level, rows, begin, List.of(2))), deleted, seen);
  }

  private ExtentRef extent(ExtentSummary summary) {
    return new ExtentRef("e" + ++extents, 1, "tlm", 100, 1, summary);
  }

  private static ExtentSummary summary(int level, long rows, long begin, List<Integer> sorted) {
    Constant min = new Constant.OfLong(LogicalType.TIMESTAMP, begin);
    ColumnStats times =
        new ColumnStats(2, LogicalType.TIMESTAMP, rows, 0, min, min, true, 1, List.of());
    return new ExtentSummary(
        rows, 0, 2, sorted, List.of(), 0, 0, 0, List.of(times), RowOrder.TABLE, level, 0);
  }
}
