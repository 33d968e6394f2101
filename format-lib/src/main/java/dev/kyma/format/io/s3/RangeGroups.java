package dev.kyma.format.io.s3;

import dev.kyma.format.io.ObjectStore.Range;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Puts stretches of an object that lie near each other into one request. */
final class RangeGroups {
  /** Reading so many bytes too much takes less than another request. */
  static final int MAX_GAP = 512 << 10;

  /** A request no larger than this shares its time with others. */
  static final int MAX_LENGTH = 8 << 20;

  private RangeGroups() {}

  /** A request, and which of the ranges asked for it answers. */
  record Group(long offset, int length, List<Integer> ranges) {}

  static List<Group> of(List<Range> ranges) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < ranges.size(); i++) {
      order.add(i);
    }
    order.sort(Comparator.comparingLong(i -> ranges.get(i).offset()));
    List<Group> groups = new ArrayList<>();
    for (int index : order) {
      Range range = ranges.get(index);
      Group last = groups.isEmpty() ? null : groups.getLast();
      long end = range.offset() + range.length();
      if (last != null && joins(last, range.offset(), end)) {
        last.ranges().add(index);
        int length = (int) (Math.max(last.offset() + last.length(), end) - last.offset());
        groups.set(groups.size() - 1, new Group(last.offset(), length, last.ranges()));
      } else {
        groups.add(new Group(range.offset(), range.length(), new ArrayList<>(List.of(index))));
      }
    }
    return groups;
  }

  private static boolean joins(Group group, long offset, long end) {
    long groupEnd = group.offset() + group.length();
    return end <= groupEnd || offset - groupEnd <= MAX_GAP && end - group.offset() <= MAX_LENGTH;
  }
}
