package dev.kyma.compactor.core.gc;

import dev.kyma.format.io.ObjectStore;
import dev.kyma.format.io.ObjectStoreException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes objects together, or one by one when the store refuses some. Used by one thread. */
final class Removal {
  private static final Logger LOG = LoggerFactory.getLogger(Removal.class);
  private static final int MOST_FAILURES = 10;

  private final ObjectStore store;

  Removal(ObjectStore store) {
    this.store = store;
  }

  /** Removes objects and answers those that are gone now. */
  List<String> remove(List<String> keys) {
    if (keys.isEmpty()) {
      return keys;
    }
    try {
      store.delete(keys);
      return keys;
    } catch (ObjectStoreException e) {
      LOG.warn("{} objects are removed one by one: {}", keys.size(), e.getMessage());
      return oneByOne(keys);
    }
  }

  private List<String> oneByOne(List<String> keys) {
    List<String> removed = new ArrayList<>();
    int failures = 0;
    for (String key : keys) {
      try {
        store.delete(List.of(key));
        removed.add(key);
      } catch (ObjectStoreException e) {
        LOG.warn("{} stays until the next round: {}", key, e.getMessage());
        if (++failures == MOST_FAILURES) {
          return removed;
        }
      }
    }
    return removed;
  }
}
