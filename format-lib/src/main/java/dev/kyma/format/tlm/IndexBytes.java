package dev.kyma.format.tlm;

import dev.kyma.format.io.ObjectStore.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Parts of an open extent's indexes that were read lately, so that several scans of it, each of
 * some rows, read them once. Safe for use by many threads.
 */
final class IndexBytes {
  private static final int MAX_PARTS = 64;
  private static final int MAX_BYTES = 256 << 10;

  private final Map<Range, byte[]> parts = new ConcurrentHashMap<>();

  /** The bytes of stretches, those not at hand by a reader. */
  List<byte[]> read(List<Range> ranges, Function<List<Range>, List<byte[]>> reader) {
    List<Range> missing = ranges.stream().filter(range -> !parts.containsKey(range)).toList();
    List<byte[]> fresh = missing.isEmpty() ? List.of() : reader.apply(missing);
    List<byte[]> all = new ArrayList<>(ranges.size());
    for (Range range : ranges) {
      int place = missing.indexOf(range);
      byte[] known = place >= 0 ? fresh.get(place) : parts.get(range);
      all.add(known != null ? known : reader.apply(List.of(range)).getFirst());
    }
    if (parts.size() + missing.size() > MAX_PARTS) {
      parts.clear();
    }
    for (int i = 0; i < missing.size() && i < MAX_PARTS; i++) {
      if (fresh.get(i).length <= MAX_BYTES) {
        parts.put(missing.get(i), fresh.get(i));
      }
    }
    return all;
  }
}
