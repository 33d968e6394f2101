package dev.kyma.service.runtime;

import dev.kyma.catalog.Catalog;
import dev.kyma.catalog.jdbc.JdbcCatalog;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;

/** The process's one catalog. Opened at first use, and again when that failed. */
@Dependent
final class CatalogBeans {

  @Produces
  @ApplicationScoped
  Catalog catalog(CatalogConfig config) {
    return config.user().isPresent()
        ? JdbcCatalog.open(config.url(), config.user().get(), config.password().orElse(""))
        : JdbcCatalog.open(config.url());
  }

  void close(@Disposes Catalog catalog) {
    catalog.close();
  }
}
