package dev.kyma.format.io.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kyma.format.io.ObjectStore.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RangeGroupsTest {
  @Test
  void nearRangesShareARequestAndFarOnesDoNot() {
    assertThat(
            RangeGroups.of(
                List.of(
                    new Range(10_000_000, 5),
                    new Range(100, 50),
                    new Range(0, 10),
                    new Range(140, 5))))
        .containsExactly(
            new RangeGroups.Group(0, 150, List.of(2, 1, 3)),
            new RangeGroups.Group(10_000_000, 5, List.of(0)));
  }

  @Test
  void requestsStayBounded() {
    List<Range> ranges = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      ranges.add(new Range(i * 1_000_000L, 1_000_000));
    }
    assertThat(RangeGroups.of(ranges))
        .hasSizeGreaterThan(4)
        .allMatch(group -> group.length() <= RangeGroups.MAX_LENGTH);
  }

  @Test
  void everyRangeIsInsideItsGroup() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int round = 0; round < 500; round++) {
      List<Range> ranges = new ArrayList<>();
      for (int i = random.nextInt(20); i > 0; i--) {
        ranges.add(new Range(random.nextInt(30_000_000), random.nextInt(12_000_000)));
      }
      int seen = 0;
      for (RangeGroups.Group group : RangeGroups.of(ranges)) {
        for (int index : group.ranges()) {
          Range range = ranges.get(index);
          seen++;
          assertThat(range.offset()).as("seed %d", seed).isGreaterThanOrEqualTo(group.offset());
          assertThat(range.offset() + range.length())
              .as("seed %d", seed)
              .isLessThanOrEqualTo(group.offset() + group.length());
        }
      }
      assertThat(seen).isEqualTo(ranges.size());
    }
  }
}
