package dev.kyma.service.health;

import dev.kyma.catalog.Catalog;
import dev.kyma.catalog.CatalogException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Up while the catalog's database answers. */
@Readiness
@ApplicationScoped
public class CatalogReadiness implements HealthCheck {
  private final Catalog catalog;

  @Inject
  CatalogReadiness(Catalog catalog) {
    this.catalog = catalog;
  }

  @Override
  public HealthCheckResponse call() {
    try {
      catalog.now();
      return HealthCheckResponse.up("catalog");
    } catch (CatalogException e) {
      return HealthCheckResponse.named("catalog")
          .down()
          .withData("code", "catalog_unavailable")
          .build();
    }
  }
}
