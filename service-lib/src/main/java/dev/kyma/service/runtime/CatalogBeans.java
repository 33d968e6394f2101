package dev.kyma.service.runtime;

import dev.kyma.catalog.Catalog;
import dev.kyma.catalog.jdbc.JdbcCatalog;
import dev.kyma.catalog.jdbc.JdbcCatalogConfig;
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
    return JdbcCatalog.open(database(config));
  }

  static JdbcCatalogConfig database(CatalogConfig config) {
    return config.user().isPresent()
        ? JdbcCatalogConfig.of(config.url(), config.user().get(), config.password().orElse(""))
        : JdbcCatalogConfig.of(config.url());
  }

  void close(@Disposes Catalog catalog) {
    catalog.close();
  }
}
