package dev.kyma.service.runtime;

import dev.kyma.catalog.Catalog;
import dev.kyma.catalog.CatalogException;
import dev.kyma.format.io.ObjectStore;
import dev.kyma.format.io.ObjectStoreException;
import io.quarkus.runtime.StartupEvent;
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
    } catch (ObjectStoreException.Unavailable e) {
      LOG.warnf("The object store does not answer yet: %s", e.getMessage());
    }
  }
}
