package dev.kyma.format.io.cache;

import dev.kyma.format.io.ObjectStore;
import dev.kyma.format.io.ObjectStoreException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what is read of another store's objects, within a budget of bytes: footers and the heads
 * and pages of column chunks, each as it was asked for.
 *
 * <p>Of several threads that want the same stretch at once one reads it; the others wait, and read
 * for themselves if that one fails. What a request lacks is read with one request of the store. A
 * stretch of more than an eighth of the budget is passed through and not kept. Failures, missing
 * objects and listings are never kept. Bytes that do not match their checksum must be {@linkplain
 * #forget forgotten} by whoever finds that out, so that the next read asks the store again.
 *
 * <p>Safe for use by many threads. Closing it closes the store behind it.
 */
public final class CachingObjectStore implements ObjectStore {
  private static final int LARGEST_SHARE = 8;

  private final ObjectStore store;
  private final Stretches stretches;
  private final long largest;

  /**
   * @param store the store to read from
   * @param budget how many bytes to keep at most, what it takes to keep them included
   */
  public CachingObjectStore(ObjectStore store, long budget) {
    if (budget < 0) {
      throw new IllegalArgumentException("a budget of " + budget + " bytes");
    }
    this.store = store;
    this.stretches = new Stretches(budget);
    this.largest = budget / LARGEST_SHARE;
  }

  /** What has been done so far. */
  public CacheCounters counters() {
    return stretches.counters();
  }

  @Override
  public ByteBuffer read(String key, long offset, int length) {
    return readRanges(key, List.of(new Range(offset, length))).getFirst();
  }

  @Override
  public Suffix readSuffix(String key, int maxLength) {
    if (maxLength > largest) {
      Suffix suffix = store.readSuffix(key, maxLength);
      stretches.passed(suffix.bytes().remaining());
      return suffix;
    }
    Stretches.Found found = stretches.find(Stretch.suffix(key, maxLength));
    Stretches.Kept kept = found.kept();
    Stretches.Turn own = found.own();
    if (own != null) {
      try {
        Suffix suffix = store.readSuffix(key, maxLength);
        kept = new Stretches.Kept(copy(suffix.bytes()), suffix.length());
        stretches.end(own, kept);
      } catch (RuntimeException | Error e) {
        stretches.fail(own, e);
        throw e;
      }
    }
    Stretches.Turn others = found.others();
    if (others != null) {
      kept = await(key, others);
    }
    if (kept == null) {
      return store.readSuffix(key, maxLength);
    }
    return new Suffix(kept.objectLength(), view(kept));
  }

  @Override
  public List<ByteBuffer> readRanges(String key, List<Range> ranges) {
    @Nullable ByteBuffer[] parts = new @Nullable ByteBuffer[ranges.size()];
    List<Stretches.Turn> own = new ArrayList<>();
    List<Integer> missing = new ArrayList<>();
    List<Stretches.@Nullable Turn> turns = new ArrayList<>();
    List<Integer> awaited = new ArrayList<>();
    List<Stretches.Turn> others = new ArrayList<>();
    for (int i = 0; i < parts.length; i++) {
      Range range = ranges.get(i);
      if (range.length() > largest || range.offset() < 0 || range.length() <= 0) {
        missing.add(i);
        turns.add(null);
        continue;
      }
      Stretches.Found found = stretches.find(new Stretch(key, range.offset(), range.length()));
      Stretches.Kept kept = found.kept();
      Stretches.Turn turn = found.own();
      Stretches.Turn running = found.others();
      if (kept != null) {
        parts[i] = view(kept);
      } else if (turn != null) {
        missing.add(i);
        turns.add(turn);
        own.add(turn);
      } else if (running != null && own.contains(running)) {
        // The same stretch twice in one request: nobody else will read it.
        missing.add(i);
        turns.add(null);
      } else if (running != null) {
        awaited.add(i);
        others.add(running);
      }
    }
    // Before waiting for anyone: whoever waits for us may be the one we wait for.
    read(key, ranges, missing, turns, own, parts);
    List<Integer> again = new ArrayList<>();
    for (int i = 0; i < awaited.size(); i++) {
      Stretches.Kept kept = await(key, others.get(i));
      if (kept == null) {
        again.add(awaited.get(i));
      } else {
        parts[awaited.get(i)] = view(kept);
      }
    }
    List<Stretches.@Nullable Turn> none = new ArrayList<>();
    again.forEach(_ -> none.add(null));
    read(key, ranges, again, none, List.of(), parts);
    List<ByteBuffer> all = new ArrayList<>(parts.length);
    for (int i = 0; i < parts.length; i++) {
      ByteBuffer part = parts[i];
      if (part == null) {
        throw new IllegalStateException("no bytes of " + ranges.get(i) + " of " + key);
      }
      all.add(part);
    }
    return all;
  }

  /** Reads some of the ranges with one request and ends the turns. */
  private void read(
      String key,
      List<Range> ranges,
      List<Integer> places,
      List<Stretches.@Nullable Turn> turns,
      List<Stretches.Turn> own,
      @Nullable ByteBuffer[] parts) {
    if (places.isEmpty()) {
      return;
    }
    try {
      List<ByteBuffer> buffers = store.readRanges(key, places.stream().map(ranges::get).toList());
      for (int i = 0; i < places.size(); i++) {
        ByteBuffer buffer = buffers.get(i);
        Stretches.Turn turn = turns.get(i);
        if (turn == null) {
          stretches.passed(buffer.remaining());
          parts[places.get(i)] = buffer;
        } else {
          // A copy: the buffer may be a small part of a large one, which it would keep alive.
          Stretches.Kept kept = new Stretches.Kept(copy(buffer), 0);
          parts[places.get(i)] = view(kept);
          stretches.end(turn, kept);
        }
      }
    } catch (RuntimeException | Error e) {
      own.forEach(turn -> stretches.fail(turn, e));
      throw e;
    }
  }

  /** What another thread has read; null when it could not. */
  private static Stretches.@Nullable Kept await(String key, Stretches.Turn turn) {
    try {
      return turn.result().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ObjectStoreException.Unavailable(key, e);
    } catch (ExecutionException e) {
      // Its fault may be its own, such as an interruption: ours is found out by trying.
      return null;
    }
  }

  private static byte[] copy(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  private static ByteBuffer view(Stretches.Kept kept) {
    return ByteBuffer.wrap(kept.bytes()).asReadOnlyBuffer();
  }

  @Override
  public void forget(String key) {
    stretches.forget(key);
    store.forget(key);
  }

  @Override
  public PutResult create(String key, List<ByteBuffer> content) {
    return store.create(key, content);
  }

  @Override
  public Optional<Stat> stat(String key) {
    return store.stat(key);
  }

  @Override
  public List<Stat> list(String prefix, @Nullable String after, int limit) {
    return store.list(prefix, after, limit);
  }

  @Override
  public void delete(List<String> keys) {
    try {
      store.delete(keys);
    } finally {
      keys.forEach(stretches::forget);
    }
  }

  @Override
  public void close() {
    store.close();
  }
}
