package dev.kyma.service.health;

import dev.kyma.format.io.ObjectStore;
import dev.kyma.format.io.ObjectStoreException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Up while the object store answers. */
@Readiness
@ApplicationScoped
public class StoreReadiness implements HealthCheck {
  private static final String NO_OBJECT = "_readiness";

  private final ObjectStore store;

  @Inject
  StoreReadiness(ObjectStore store) {
    this.store = store;
  }

  @Override
  public HealthCheckResponse call() {
    try {
      store.stat(NO_OBJECT);
      return HealthCheckResponse.up("store");
    } catch (ObjectStoreException e) {
      return HealthCheckResponse.named("store")
          .down()
          .withData("code", "store_unavailable")
          .build();
    }
  }
}
