package dev.kyma.compactor.core.gc;

import dev.kyma.catalog.Catalog;
import dev.kyma.catalog.WriteGrant;
import dev.kyma.format.io.ObjectStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Removes objects that no commit names: what writers left that died, or whose commit was refused.
 * Used by one thread.
 *
 * <p>First grants that are old are revoked, from when on no commit may name an object under them;
 * then what lies there and is not named is removed. The order matters: an object that is unnamed
 * after the grant ended stays so. A writer that was only slow gets its commit refused and builds
 * its objects anew. A grant is forgotten when nothing unnamed was found under it so long after it
 * ended that nobody can still be writing there.
 */
public final class OrphanSweep {
  private static final int AT_A_TIME = 1_000;

  private final Catalog catalog;
  private final ObjectStore store;
  private final Removal removal;
  private final Duration grantAge;
  private final Duration forgetAge;

  /**
   * @param grantAge after how long a grant is revoked: longer than a flush or a merge takes
   * @param forgetAge how old a grant must be to be forgotten: longer than an attempt to store an
   *     object may hang
   */
  public OrphanSweep(Catalog catalog, ObjectStore store, Duration grantAge, Duration forgetAge) {
    this.catalog = catalog;
    this.store = store;
    this.removal = new Removal(store);
    this.grantAge = grantAge;
    this.forgetAge = forgetAge;
  }

  /**
   * Sweeps once.
   *
   * @throws dev.kyma.catalog.CatalogException if the catalog does not answer
   * @throws dev.kyma.format.io.ObjectStoreException if the store does not
   */
  public GcFigures run() {
    Instant now = catalog.now();
    catalog.revokeGrantsOpenedBefore(now.minus(grantAge));
    GcFigures figures = GcFigures.NONE;
    for (WriteGrant grant : catalog.revokedGrants()) {
      GcFigures swept = sweep(grant);
      figures = figures.plus(swept);
      if (swept.equals(GcFigures.NONE) && grant.openedAt().isBefore(now.minus(forgetAge))) {
        catalog.forgetGrant(grant);
      }
    }
    return figures;
  }

  private GcFigures sweep(WriteGrant grant) {
    GcFigures figures = GcFigures.NONE;
    String after = null;
    while (true) {
      List<String> keys =
          store.list(grant.keyPrefix(), after, AT_A_TIME).stream()
              .map(ObjectStore.Stat::key)
              .toList();
      if (keys.isEmpty()) {
        return figures;
      }
      List<String> orphans = new ArrayList<>(keys);
      Set<String> named = catalog.named(keys);
      orphans.removeAll(named);
      List<String> removed = removal.remove(orphans);
      figures = figures.plus(new GcFigures(0, removed.size(), orphans.size() - removed.size()));
      after = keys.getLast();
    }
  }
}
