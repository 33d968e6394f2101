package dev.kyma.format.io.cache;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Bytes by stretch, least recently used leaving first, and which stretches are being read just now.
 * Safe for use by many threads; no lock is held while anything is read.
 */
final class Stretches {
  /** What an entry takes beside its bytes, roughly: key, record, map entries, array header. */
  private static final int OVERHEAD = 256;

  /** Bytes of an object, which has {@code objectLength} of them where that is known, else 0. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Kept(byte[] bytes, long objectLength) {}

  /** Someone's turn to read a stretch. */
  record Turn(Stretch stretch, CompletableFuture<Kept> result) {}

  /** One of three: the bytes, a turn of one's own to read them, or another's to wait for. */
  record Found(@Nullable Kept kept, @Nullable Turn own, @Nullable Turn others) {}

  private final long limit;
  private final Map<Stretch, Kept> entries = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<String, List<Stretch>> byKey = new HashMap<>();
  private final Map<Stretch, Turn> turns = new HashMap<>();
  private long used;
  private long hits;
  private long misses;
  private long shared;
  private long bytesHit;
  private long bytesRead;
  private long bytesPassed;
  private long evicted;

  Stretches(long limit) {
    this.limit = limit;
  }

  /** The bytes, or whose turn it is to read them. */
  synchronized Found find(Stretch stretch) {
    Kept kept = entries.get(stretch);
    if (kept != null) {
      hits++;
      bytesHit += kept.bytes().length;
      return new Found(kept, null, null);
    }
    Turn running = turns.get(stretch);
    if (running != null) {
      shared++;
      return new Found(null, null, running);
    }
    misses++;
    Turn turn = new Turn(stretch, new CompletableFuture<>());
    turns.put(stretch, turn);
    return new Found(null, turn, null);
  }

  /** Ends a turn: keeps what was read and gives it to whoever waits. */
  void end(Turn turn, Kept kept) {
    synchronized (this) {
      // Not there any more: the object was forgotten while it was read.
      if (turns.remove(turn.stretch(), turn)) {
        keep(turn.stretch(), kept);
      }
      bytesRead += kept.bytes().length;
    }
    turn.result().complete(kept);
  }

  /** Ends a turn that came to nothing. */
  void fail(Turn turn, Throwable failure) {
    synchronized (this) {
      turns.remove(turn.stretch(), turn);
    }
    turn.result().completeExceptionally(failure);
  }

  private void keep(Stretch stretch, Kept kept) {
    if (size(kept) > limit) {
      return;
    }
    Kept before = entries.put(stretch, kept);
    used += size(kept) - (before == null ? 0 : size(before));
    if (before == null) {
      byKey.computeIfAbsent(stretch.key(), any -> new ArrayList<>(4)).add(stretch);
    }
    Iterator<Map.Entry<Stretch, Kept>> oldest = entries.entrySet().iterator();
    while (used > limit) {
      Map.Entry<Stretch, Kept> leaving = oldest.next();
      Stretch gone = leaving.getKey();
      used -= size(leaving.getValue());
      evicted++;
      oldest.remove();
      byKey.computeIfPresent(
          gone.key(),
          (_, stretches) -> {
            stretches.remove(gone);
            return stretches.isEmpty() ? null : stretches;
          });
    }
  }

  private static long size(Kept kept) {
    return kept.bytes().length + OVERHEAD;
  }

  /** Forgets what is held of an object; what is being read of it is not kept. */
  synchronized void forget(String key) {
    List<Stretch> held = byKey.remove(key);
    if (held != null) {
      for (Stretch stretch : held) {
        Kept kept = entries.remove(stretch);
        used -= kept == null ? 0 : size(kept);
      }
    }
    turns.keySet().removeIf(stretch -> stretch.key().equals(key));
  }

  /** Counts bytes that were read past the cache. */
  synchronized void passed(long bytes) {
    bytesPassed += bytes;
  }

  synchronized CacheCounters counters() {
    return new CacheCounters(
        hits, misses, shared, bytesHit, bytesRead, bytesPassed, evicted, entries.size(), used);
  }
}
