package dev.kyma.compactor.core.check;

import dev.kyma.format.LogInterval;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A set of offsets of one log partition, as stretches that do not touch. Used by one thread. */
final class Stretches {
  private final TreeMap<Long, Long> stretches = new TreeMap<>();

  /** Adds the offsets from one up to, and not including, another. */
  void add(long from, long to) {
    if (from >= to) {
      return;
    }
    long start = from;
    long end = to;
    Map.Entry<Long, Long> before = stretches.floorEntry(from);
    if (before != null && before.getValue() >= from) {
      start = before.getKey();
      end = Math.max(end, before.getValue());
    }
    for (Map.Entry<Long, Long> next = stretches.ceilingEntry(start);
        next != null && next.getKey() <= end;
        next = stretches.ceilingEntry(start)) {
      end = Math.max(end, next.getValue());
      stretches.remove(next.getKey());
    }
    stretches.put(start, end);
  }

  void add(LogInterval interval) {
    add(interval.fromOffset(), interval.toOffset());
  }

  /** Adds all of another set. */
  void add(Stretches other) {
    other.stretches.forEach(this::add);
  }

  /** The offsets of a stretch that are not in this set. */
  List<LogInterval> missing(int log, long from, long to) {
    List<LogInterval> missing = new ArrayList<>();
    long at = from;
    Map.Entry<Long, Long> before = stretches.floorEntry(from);
    if (before != null) {
      at = Math.max(at, before.getValue());
    }
    for (Map.Entry<Long, Long> next : stretches.tailMap(from, false).entrySet()) {
      if (next.getKey() >= to) {
        break;
      }
      if (next.getKey() > at) {
        missing.add(new LogInterval(log, at, next.getKey()));
      }
      at = Math.max(at, next.getValue());
    }
    if (at < to) {
      missing.add(new LogInterval(log, at, to));
    }
    return missing;
  }

  /** The offset behind the greatest one; 0 when there is none. */
  long end() {
    return stretches.isEmpty() ? 0 : stretches.lastEntry().getValue();
  }
}
