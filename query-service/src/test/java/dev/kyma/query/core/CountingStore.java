package dev.kyma.query.core;

import dev.kyma.format.io.ObjectStore;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Counts what is read of another store. Every stretch counts as a request of its own unless it
 * begins where the one before it ends, which is worse than any store does it.
 */
final class CountingStore implements ObjectStore {
  private final ObjectStore store;
  private long gets;
  private long bytes;

  CountingStore(ObjectStore store) {
    this.store = store;
  }

  synchronized void reset() {
    gets = 0;
    bytes = 0;
  }

  synchronized long gets() {
    return gets;
  }

  synchronized long bytes() {
    return bytes;
  }

  private synchronized void count(long requests, long length) {
    gets += requests;
    bytes += length;
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
  public ByteBuffer read(String key, long offset, int length) {
    count(1, length);
    return store.read(key, offset, length);
  }

  @Override
  public Suffix readSuffix(String key, int maxLength) {
    Suffix suffix = store.readSuffix(key, maxLength);
    count(1, suffix.bytes().remaining());
    return suffix;
  }

  @Override
  public List<ByteBuffer> readRanges(String key, List<Range> ranges) {
    long end = -1;
    for (Range range : ranges) {
      count(range.offset() == end ? 0 : 1, range.length());
      end = range.offset() + range.length();
    }
    return store.readRanges(key, ranges);
  }

  @Override
  public List<Stat> list(String prefix, @Nullable String after, int limit) {
    return store.list(prefix, after, limit);
  }

  @Override
  public void delete(List<String> keys) {
    store.delete(keys);
  }

  @Override
  public void close() {
    store.close();
  }
}
