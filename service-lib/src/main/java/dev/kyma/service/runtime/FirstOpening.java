package dev.kyma.service.runtime;

import dev.kyma.catalog.Catalog;
import dev.kyma.catalog.CatalogException;
import dev.kyma.catalog.archive.CommitArchive;
import dev.kyma.format.io.ObjectStore;
import dev.kyma.format.io.ObjectStoreException;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import org.jboss.logging.Logger;

/**
 * Opens catalog and store when the process starts, before the services do anything. What does not
 * answer now may later: the process starts and is not ready. What is configured wrongly, or does
 * not keep the promises Kyma rests on, ends the start.
 */
@ApplicationScoped
public class FirstOpening {
  private static final Logger LOG = Logger.getLogger(FirstOpening.class);
  private static final String NO_OBJECT = "_readiness";

  void open(
      @Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) StartupEvent event,
      Catalog catalog,
      ObjectStore store) {
    try {
      catalog.now();
    } catch (CatalogException.Unavailable e) {
      LOG.warnf("The catalog does not answer yet: %s", e.getMessage());
    }
    try {
      store.stat(NO_OBJECT);
      requireCatalogOf(store, catalog);
    } catch (ObjectStoreException.Unavailable e) {
      LOG.warnf("The object store does not answer yet: %s", e.getMessage());
    }
  }

  /**
   * A catalog that knows less than its archive is not the one this bucket belongs to, or an old
   * copy of it: it would hand out again what has been handed out, and name as new what is old.
   */
  private static void requireCatalogOf(ObjectStore store, Catalog catalog) {
    long known;
    long[] unknown;
    try {
      known = catalog.snapshot().number();
      unknown = new CommitArchive(store).commitsAfter(known, 1);
      // Another process may have committed and archived since.
      if (unknown.length == 0 || catalog.snapshot().number() >= unknown[0]) {
        return;
      }
    } catch (CatalogException.Unavailable e) {
      return;
    }
    throw new ConfigurationException(
        "Kyma does not start: the catalog's database ends at snapshot "
            + known
            + ", but the object store holds the archive of a catalog with commit "
            + unknown[0]
            + ". If the database was lost, take an empty one and run: ./kyma rebuild-catalog");
  }
}
