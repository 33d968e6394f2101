package dev.kyma.format.testing;

import dev.kyma.format.io.ObjectStore;
import dev.kyma.format.io.ObjectStoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An object store whose requests fail as a plan says, before or after they took effect. */
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
    /** It takes effect, yet the caller is told it failed. */
    FAIL_AFTER
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
    return run(Operation.CREATE, key, () -> store.create(key, content));
  }

  @Override
  public Optional<Stat> stat(String key) {
    return run(Operation.STAT, key, () -> store.stat(key));
  }

  @Override
  public ByteBuffer read(String key, long offset, int length) {
    return run(Operation.READ, key, () -> store.read(key, offset, length));
  }

  @Override
  public Suffix readSuffix(String key, int maxLength) {
    return run(Operation.READ, key, () -> store.readSuffix(key, maxLength));
  }

  @Override
  public List<ByteBuffer> readRanges(String key, List<Range> ranges) {
    return run(Operation.READ, key, () -> store.readRanges(key, ranges));
  }

  @Override
  public List<Stat> list(String prefix, @Nullable String after, int limit) {
    return run(Operation.LIST, prefix, () -> store.list(prefix, after, limit));
  }

  @Override
  public void delete(List<String> keys) {
    boolean unused =
        run(
            Operation.DELETE,
            String.join(",", keys),
            () -> {
              store.delete(keys);
              return true;
            });
  }

  @Override
  public void close() {
    store.close();
  }

  private <T> T run(Operation operation, String key, Supplier<T> request) {
    Fault fault = plan.fault(steps.getAndIncrement(), operation, key);
    if (fault == Fault.FAIL_BEFORE) {
      throw failure(key);
    }
    T result = request.get();
    if (fault == Fault.FAIL_AFTER) {
      throw failure(key);
    }
    return result;
  }

  private static ObjectStoreException failure(String key) {
    return new ObjectStoreException.Unavailable(key, new IOException("injected by the test"));
  }
}
