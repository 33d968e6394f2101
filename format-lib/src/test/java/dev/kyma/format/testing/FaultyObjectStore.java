package dev.kyma.format.testing;

import dev.kyma.format.io.ObjectStore;
import dev.kyma.format.io.ObjectStoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An object store whose requests fail as a plan says: before or after they took effect, or with an
 * answer that is not right.
 */
public final class FaultyObjectStore implements ObjectStore {

  /** What is done to the store or asked of it. */
  public enum Operation {
    CREATE,
    STAT,
    READ,
    LIST,
    DELETE
  }

  /** What befalls a request. */
  public enum Fault {
    NONE,
    /** It fails and has no effect. */
    FAIL_BEFORE,
    /** It takes effect, yet the caller is told it failed: the answer is lost. */
    FAIL_AFTER,
    /**
     * It is made twice, as by a client that repeats what it thinks was lost; the second answers.
     */
    DUPLICATED,
    /** Of a creation half of the bytes are stored, and it fails; other requests just fail. */
    TORN,
    /** A bit of the bytes read is wrong. */
    FLIPPED,
    /** The object has lost its second half since it was stored. */
    TRUNCATED,
    /** The bytes read are those of another object, of one whose key is near. */
    SWAPPED,
    /** The object is not there, or not yet: an answer that is stale. */
    MISSING
  }

  /** Decides the fate of every request; may also block to delay one. */
  @FunctionalInterface
  public interface Plan {
    /**
     * @param step how many requests there were before
     */
    Fault fault(int step, Operation operation, String key);
  }

  private final ObjectStore store;
  private final AtomicInteger steps = new AtomicInteger();
  private volatile Plan plan;

  public FaultyObjectStore(ObjectStore store, Plan plan) {
    this.store = store;
    this.plan = plan;
  }

  /** A store that only fails the given request. */
  public static FaultyObjectStore failingAt(ObjectStore store, int step, Fault fault) {
    return new FaultyObjectStore(store, (at, _, _) -> at == step ? fault : Fault.NONE);
  }

  /** From now on follows another plan; steps count on. */
  public void follow(Plan next) {
    plan = next;
  }

  /** How many requests there have been. */
  public int steps() {
    return steps.get();
  }

  @Override
  public PutResult create(String key, List<ByteBuffer> content) {
    Fault fault = next(Operation.CREATE, key);
    return switch (fault) {
      case TORN -> {
        Objects.requireNonNull(store.create(key, List.of(firstHalf(content))));
        throw failure(key);
      }
      case NONE, FAIL_BEFORE, FAIL_AFTER, DUPLICATED, FLIPPED, TRUNCATED, SWAPPED, MISSING ->
          run(fault, key, () -> store.create(key, content));
    };
  }

  @Override
  public Optional<Stat> stat(String key) {
    Fault fault = next(Operation.STAT, key);
    return switch (fault) {
      case MISSING -> Optional.empty();
      case TRUNCATED -> store.stat(key).map(stat -> new Stat(key, stat.length() / 2));
      case SWAPPED -> store.stat(other(key)).map(stat -> new Stat(key, stat.length()));
      case NONE, FAIL_BEFORE, FAIL_AFTER, DUPLICATED, TORN, FLIPPED ->
          run(fault, key, () -> store.stat(key));
    };
  }

  @Override
  public ByteBuffer read(String key, long offset, int length) {
    return readRanges(key, List.of(new Range(offset, length))).getFirst();
  }

  @Override
  public Suffix readSuffix(String key, int maxLength) {
    Fault fault = next(Operation.READ, key);
    return switch (fault) {
      case MISSING -> throw new ObjectStoreException.NotFound(key);
      case FLIPPED -> {
        Suffix right = store.readSuffix(key, maxLength);
        yield new Suffix(right.length(), flipped(right.bytes()));
      }
      case TRUNCATED -> {
        long length = store.readSuffix(key, 0).length() / 2;
        int kept = (int) Math.min(maxLength, length);
        yield new Suffix(length, store.read(key, length - kept, kept));
      }
      case SWAPPED -> store.readSuffix(other(key), maxLength);
      case NONE, FAIL_BEFORE, FAIL_AFTER, DUPLICATED, TORN ->
          run(fault, key, () -> store.readSuffix(key, maxLength));
    };
  }

  @Override
  public List<ByteBuffer> readRanges(String key, List<Range> ranges) {
    Fault fault = next(Operation.READ, key);
    return switch (fault) {
      case MISSING -> throw new ObjectStoreException.NotFound(key);
      case FLIPPED -> {
        List<ByteBuffer> parts = new ArrayList<>(store.readRanges(key, ranges));
        if (!parts.isEmpty()) {
          int part = steps() % parts.size();
          parts.set(part, flipped(parts.get(part)));
        }
        yield parts;
      }
      case TRUNCATED -> {
        long length = store.readSuffix(key, 0).length() / 2;
        for (Range range : ranges) {
          if (range.offset() + range.length() > length) {
            throw new IndexOutOfBoundsException(range + " of " + length + " in " + key);
          }
        }
        yield store.readRanges(key, ranges);
      }
      case SWAPPED -> store.readRanges(other(key), ranges);
      case NONE, FAIL_BEFORE, FAIL_AFTER, DUPLICATED, TORN ->
          run(fault, key, () -> store.readRanges(key, ranges));
    };
  }

  @Override
  public List<Stat> list(String prefix, @Nullable String after, int limit) {
    Fault fault = next(Operation.LIST, prefix);
    List<Stat> found = run(fault, prefix, () -> store.list(prefix, after, limit));
    return fault == Fault.MISSING && !found.isEmpty() ? found.subList(0, found.size() - 1) : found;
  }

  @Override
  public void delete(List<String> keys) {
    String key = String.join(",", keys);
    boolean unused =
        run(
            next(Operation.DELETE, key),
            key,
            () -> {
              store.delete(keys);
              return true;
            });
  }

  @Override
  public void forget(String key) {
    store.forget(key);
  }

  @Override
  public void close() {
    store.close();
  }

  private Fault next(Operation operation, String key) {
    return plan.fault(steps.getAndIncrement(), operation, key);
  }

  /** Faults that are the same for every request; those that befall only bytes read do nothing. */
  private static <T> T run(Fault fault, String key, Supplier<T> request) {
    return switch (fault) {
      case FAIL_BEFORE, TORN -> throw failure(key);
      case FAIL_AFTER -> {
        Objects.requireNonNull(request.get());
        throw failure(key);
      }
      case DUPLICATED -> {
        Objects.requireNonNull(request.get());
        yield request.get();
      }
      case NONE, FLIPPED, TRUNCATED, SWAPPED, MISSING -> request.get();
    };
  }

  /** The key before or after, or the same when it is the only one. */
  private String other(String key) {
    String before = key;
    for (Stat stat : store.list("", null, Integer.MAX_VALUE)) {
      if (stat.key().compareTo(key) > 0) {
        return before.equals(key) ? stat.key() : before;
      }
      before = stat.key().equals(key) ? before : stat.key();
    }
    return before;
  }

  private static ByteBuffer firstHalf(List<ByteBuffer> content) {
    int length = content.stream().mapToInt(ByteBuffer::remaining).sum();
    ByteBuffer whole = ByteBuffer.allocate(length);
    content.forEach(part -> whole.put(part.duplicate()));
    return whole.flip().limit(length / 2);
  }

  private ByteBuffer flipped(ByteBuffer right) {
    byte[] bytes = new byte[right.remaining()];
    right.duplicate().get(bytes);
    if (bytes.length > 0) {
      // Spread over places by the step, so that a loop over steps meets many.
      bytes[(int) (steps() * 0x9E3779B1L % bytes.length)] ^= (byte) (1 << steps() % 8);
    }
    return ByteBuffer.wrap(bytes);
  }

  private static ObjectStoreException failure(String key) {
    return new ObjectStoreException.Unavailable(key, new IOException("injected by the test"));
  }
}
