package dev.kyma.compactor.core.gc;

import dev.kyma.catalog.Catalog;
import dev.kyma.catalog.Garbage;
import dev.kyma.format.io.ObjectStore;
import java.time.Duration;
import java.util.List;

/**
 * Removes extents from the store that were dereferenced long enough ago and that no pinned snapshot
 * has. The catalog forgets them afterwards, so that whoever comes after a crash removes them again.
 * Used by one thread.
 */
public final class GarbageCollector {
  private static final int AT_A_TIME = 500;

  private final Catalog catalog;
  private final Removal removal;
  private final Duration minAge;

  /**
   * @param minAge how long ago an extent must have been dereferenced: longer than a query may run
   *     on a mirror as old as it may be
   */
  public GarbageCollector(Catalog catalog, ObjectStore store, Duration minAge) {
    this.catalog = catalog;
    this.removal = new Removal(store);
    this.minAge = minAge;
  }

  /**
   * Removes what may be removed now. Objects the store does not let go of are tried again the next
   * time.
   *
   * @throws dev.kyma.catalog.CatalogException if the catalog does not answer
   */
  public GcFigures run() {
    GcFigures figures = GcFigures.NONE;
    while (true) {
      List<String> keys = catalog.garbage(minAge, AT_A_TIME).stream().map(Garbage::key).toList();
      List<String> removed = removal.remove(keys);
      if (!removed.isEmpty()) {
        catalog.collected(removed);
      }
      figures = figures.plus(new GcFigures(removed.size(), 0, keys.size() - removed.size()));
      if (keys.size() < AT_A_TIME || removed.isEmpty()) {
        return figures;
      }
    }
  }
}
