package dev.kyma.compactor.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kyma.catalog.LogBinding;
import dev.kyma.service.log.InProcessBroker;
import dev.kyma.service.log.LogPartition;
import dev.kyma.service.log.LogSettings;
import dev.kyma.service.log.LogTopics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compactors in one group flush every partition between them, and take over from each other. */
class GroupFlushShareIT {
  private static final LogBinding LOG =
      new LogBinding("kyma.t.1", "some-id", GroupFlushShare.SHARES, 0);

  @Test
  void membersShareAllPartitionsAndOneThatLeavesIsReplaced(@TempDir Path directory)
      throws InterruptedException {
    try (InProcessBroker broker = InProcessBroker.start(directory)) {
      LogSettings settings = LogSettings.singleBroker(broker.bootstrapServers());
      try (LogTopics topics = new LogTopics(settings);
          GroupFlushShare first = GroupFlushShare.join(settings, topics)) {
        await(() -> count(first) == GroupFlushShare.SHARES);
        try (GroupFlushShare second = GroupFlushShare.join(settings, topics)) {
          await(() -> count(first) > 0 && count(second) > 0 && covered(first, second));
          assertThat(count(first) + count(second)).isEqualTo(GroupFlushShare.SHARES);
        }
        await(() -> count(first) == GroupFlushShare.SHARES);
      }
    }
  }

  private static boolean covered(GroupFlushShare first, GroupFlushShare second) {
    for (int i = 0; i < GroupFlushShare.SHARES; i++) {
      LogPartition partition = new LogPartition(LOG, i);
      if (first.isOurs(partition) == second.isOurs(partition)) {
        return false;
      }
    }
    return true;
  }

  private static int count(GroupFlushShare share) {
    int count = 0;
    for (int i = 0; i < GroupFlushShare.SHARES; i++) {
      count += share.isOurs(new LogPartition(LOG, i)) ? 1 : 0;
    }
    return count;
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
      Thread.sleep(50);
    }
  }
}
