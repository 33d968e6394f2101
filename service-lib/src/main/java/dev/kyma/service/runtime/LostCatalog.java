package dev.kyma.service.runtime;

import dev.kyma.catalog.rebuild.CatalogRebuild;
import dev.kyma.catalog.rebuild.RebuildReport;
import dev.kyma.format.SegmentFormat;
import dev.kyma.format.io.ObjectStore;
import java.util.Map;
import java.util.function.Consumer;

/** Makes a lost catalog anew in the database and from the bucket that are configured. Stateless. */
public final class LostCatalog {
  private LostCatalog() {}

  /**
   * Rebuilds the catalog, while no service runs.
   *
   * @param progress is told from time to time what is being done
   * @throws dev.kyma.catalog.CatalogException if there is a catalog in the database, no archive in
   *     the bucket, or the database fails
   * @throws dev.kyma.format.io.ObjectStoreException if the bucket fails
   */
  public static RebuildReport rebuild(
      CatalogConfig catalog, StoreConfig bucket, Consumer<String> progress) {
    try (ObjectStore store = StoreBeans.open(bucket)) {
      SegmentFormat format = new FormatBeans().format();
      return CatalogRebuild.run(
          store, Map.of(format.name(), format), CatalogBeans.database(catalog), progress);
    }
  }
}
