package dev.kyma.service.health;

import dev.kyma.catalog.Catalog;
import dev.kyma.catalog.CatalogException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Up while the catalog's database answers, and for a minute after it ceased to. */
@Readiness
@ApplicationScoped
public class CatalogReadiness implements HealthCheck {
  /** For how long queries and ingest go on without any harm. */
  private static final Duration OUTAGE = Duration.ofMinutes(1);

  private final Catalog catalog;

  @Inject
  CatalogReadiness(Catalog catalog) {
    this.catalog = catalog;
  }

  @Override
  public HealthCheckResponse call() {
    try {
      catalog.snapshot(Duration.ZERO, OUTAGE);
      return HealthCheckResponse.up("catalog");
    } catch (CatalogException e) {
      return HealthCheckResponse.named("catalog")
          .down()
          .withData("code", "catalog_unavailable")
          .build();
    }
  }
}
