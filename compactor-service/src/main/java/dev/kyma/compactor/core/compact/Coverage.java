package dev.kyma.compactor.core.compact;

import dev.kyma.catalog.ExtentRef;
import dev.kyma.format.LogInterval;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The stretches of log that extents cover. Stateless. */
public final class Coverage {
  private Coverage() {}

  /**
   * The union of what extents cover, as the fewest intervals, by log and offset. It is what every
   * extent made of them is said to cover.
   */
  public static List<LogInterval> union(List<ExtentRef> extents) {
    List<LogInterval> all = new ArrayList<>();
    for (ExtentRef extent : extents) {
      all.addAll(extent.summary().logs());
    }
    all.sort(Comparator.comparingInt(LogInterval::log).thenComparingLong(LogInterval::fromOffset));
    List<LogInterval> union = new ArrayList<>();
    for (LogInterval next : all) {
      LogInterval last = union.isEmpty() ? null : union.getLast();
      if (last != null && last.log() == next.log() && next.fromOffset() <= last.toOffset()) {
        union.set(
            union.size() - 1,
            new LogInterval(
                last.log(), last.fromOffset(), Math.max(last.toOffset(), next.toOffset())));
      } else {
        union.add(next);
      }
    }
    return union;
  }
}
