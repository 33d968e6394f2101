package dev.kyma.format.tlm;

import dev.kyma.format.io.ObjectStore;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Footers by object, least recently used leaving first. Safe for use by many threads. */
final class FooterCache {
  /** What a parsed footer takes beside its bytes, roughly. */
  private static final int OVERHEAD = 8 << 10;

  /**
   * A footer.
   *
   * @param tail the last bytes of the object, as many as were read to find the footer
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Entry(Footer footer, byte[] tail) {
    /** How many bytes are kept alive. */
    long bytes() {
      return tail.length;
    }
  }

  /** Stores are told apart by identity. */
  private record Place(ObjectStore store, String key, long length) {}

  private final long limit;
  private final Map<Place, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
  private long used;

  FooterCache(long limit) {
    this.limit = limit;
  }

  synchronized @Nullable Entry find(ObjectStore store, String key, long length) {
    return entries.get(new Place(store, key, length));
  }

  /** Lets go of a footer, and of the bytes read with it. */
  synchronized void forget(ObjectStore store, String key, long length) {
    Entry gone = entries.remove(new Place(store, key, length));
    used -= gone == null ? 0 : gone.bytes() + OVERHEAD;
  }

  synchronized void put(ObjectStore store, String key, long length, Entry entry) {
    if (entry.bytes() + OVERHEAD > limit) {
      return;
    }
    Entry before = entries.put(new Place(store, key, length), entry);
    used += entry.bytes() + OVERHEAD - (before == null ? 0 : before.bytes() + OVERHEAD);
    Iterator<Entry> oldest = entries.values().iterator();
    while (used > limit) {
      used -= oldest.next().bytes() + OVERHEAD;
      oldest.remove();
    }
  }
}
