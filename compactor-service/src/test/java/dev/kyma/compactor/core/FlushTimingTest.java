package dev.kyma.compactor.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kyma.catalog.FlushPolicy;
import dev.kyma.compactor.core.FlushTiming.Decision;
import dev.kyma.compactor.core.FlushTiming.Reason;
import dev.kyma.compactor.core.FlushTiming.Waiting;
import dev.kyma.format.ExtentWriter;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FlushTimingTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final FlushPolicy POLICY = new FlushPolicy(100, 1_000, Duration.ofSeconds(10));

  @Test
  void nothingIsDueWhenNothingWaits() {
    assertThat(decide(new Waiting(0, 0, 0, Instant.MAX)))
        .isEqualTo(new Decision.NotBefore(Instant.MAX));
  }

  @Test
  void eachLimitAloneMakesRowsDue() {
    assertThat(decide(new Waiting(1, 100, 5, NOW))).isEqualTo(new Decision.Due(Reason.ROWS));
    assertThat(decide(new Waiting(1, 1, 1_000, NOW))).isEqualTo(new Decision.Due(Reason.BYTES));
    assertThat(decide(new Waiting(1, 1, 1, NOW.minusSeconds(10))))
        .isEqualTo(new Decision.Due(Reason.INTERVAL));
  }

  @Test
  void theIntervalCountsFromTheOldestRecordAlsoWhenItHasNoRowsLeft() {
    Instant oldest = NOW.minusSeconds(4);
    assertThat(decide(new Waiting(1, 0, 7, oldest)))
        .isEqualTo(new Decision.NotBefore(oldest.plusSeconds(10)));
    assertThat(FlushTiming.decide(POLICY, new Waiting(1, 0, 7, oldest), oldest.plusSeconds(10)))
        .isEqualTo(new Decision.Due(Reason.INTERVAL));
  }

  @Test
  void noPolicyLetsAFlushOutgrowAnExtent() {
    FlushPolicy endless = new FlushPolicy(Long.MAX_VALUE, Long.MAX_VALUE, Duration.ofDays(1));
    assertThat(FlushTiming.decide(endless, new Waiting(1, ExtentWriter.MAX_ROWS, 5, NOW), NOW))
        .isEqualTo(new Decision.Due(Reason.ROWS));
    assertThat(FlushTiming.decide(endless, new Waiting(1, 9, FlushTiming.MAX_BYTES, NOW), NOW))
        .isEqualTo(new Decision.Due(Reason.BYTES));
    assertThat(FlushTiming.wouldOverflow(new Waiting(1, ExtentWriter.MAX_ROWS, 5, NOW), 1))
        .isTrue();
    assertThat(FlushTiming.wouldOverflow(new Waiting(1, ExtentWriter.MAX_ROWS - 1, 5, NOW), 1))
        .isFalse();
    assertThat(FlushTiming.wouldOverflow(new Waiting(0, 0, 0, NOW), ExtentWriter.MAX_ROWS))
        .isFalse();
  }

  @Test
  void waitsNoLongerThanAsked() {
    Duration limit = Duration.ofMillis(50);
    assertThat(FlushTiming.until(Instant.MAX, NOW, limit)).isEqualTo(limit);
    assertThat(FlushTiming.until(NOW.plusMillis(3), NOW, limit)).isEqualTo(Duration.ofMillis(3));
    assertThat(FlushTiming.until(NOW.minusSeconds(1), NOW, limit)).isEqualTo(Duration.ZERO);
  }

  private static Decision decide(Waiting waiting) {
    return FlushTiming.decide(POLICY, waiting, NOW);
  }
}
