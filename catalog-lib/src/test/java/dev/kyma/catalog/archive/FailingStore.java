package dev.kyma.catalog.archive;

import dev.kyma.format.io.ObjectStore;
import dev.kyma.format.io.ObjectStoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A store that fails at its n-th call, before or after the call took effect. */
public final class FailingStore implements ObjectStore {
  private final ObjectStore store;
  private final boolean after;
  private int countdown;

  public FailingStore(ObjectStore store, int n, boolean after) {
    this.store = store;
    this.countdown = n;
    this.after = after;
  }

  private <T> T call(String key, Supplier<T> call) {
    boolean fails = --countdown == 0;
    if (fails && !after) {
      throw new ObjectStoreException.Unavailable(key, new IOException("by the test's will"));
    }
    T result = call.get();
    if (fails) {
      throw new ObjectStoreException.Unavailable(key, new IOException("by the test's will"));
    }
    return result;
  }

  @Override
  public PutResult create(String key, List<ByteBuffer> content) {
    return call(key, () -> store.create(key, content));
  }

  @Override
  public Optional<Stat> stat(String key) {
    return call(key, () -> store.stat(key));
  }

  @Override
  public ByteBuffer read(String key, long offset, int length) {
    return call(key, () -> store.read(key, offset, length));
  }

  @Override
  public Suffix readSuffix(String key, int maxLength) {
    return call(key, () -> store.readSuffix(key, maxLength));
  }

  @Override
  public List<ByteBuffer> readRanges(String key, List<Range> ranges) {
    return call(key, () -> store.readRanges(key, ranges));
  }

  @Override
  public List<Stat> list(String prefix, @Nullable String from, int limit) {
    return call(prefix, () -> store.list(prefix, from, limit));
  }

  @Override
  public void delete(List<String> keys) {
    store.delete(keys);
  }

  @Override
  public void close() {}
}
