package dev.kyma.compactor.core;

import dev.kyma.format.WrittenExtent;
import dev.kyma.format.io.ObjectStore;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * Stores extents under keys only this process may write. Nothing is ever deleted here: once a
 * commit that names an object was submitted it may be live, and before that the sweep of orphans
 * finds it under the grant. Safe for use by many threads.
 */
public final class ExtentObjects {
  private final ObjectStore store;

  public ExtentObjects(ObjectStore store) {
    this.store = store;
  }

  /**
   * Stores an extent; an object that is there already under the key is ours, from an attempt whose
   * answer was lost, if it holds the same bytes.
   *
   * @return false if the key holds other bytes, which stay as they are
   */
  public boolean store(String key, WrittenExtent written) {
    List<ByteBuffer> content = written.content();
    return switch (store.create(key, content)) {
      case CREATED -> true;
      case EXISTS -> holds(key, content, written.length());
    };
  }

  private boolean holds(String key, List<ByteBuffer> content, long length) {
    Optional<ObjectStore.Stat> stat = store.stat(key);
    if (stat.isEmpty() || stat.get().length() != length) {
      return false;
    }
    long offset = 0;
    for (ByteBuffer part : content) {
      if (part.hasRemaining()
          && !store.read(key, offset, part.remaining()).equals(part.duplicate())) {
        return false;
      }
      offset += part.remaining();
    }
    return true;
  }
}
