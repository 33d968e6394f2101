package dev.kyma.service.runtime;

import dev.kyma.format.io.ObjectStore;
import dev.kyma.format.io.local.LocalObjectStore;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import java.net.URI;
import java.nio.file.Path;

/** The process's one object store. Opened at first use, and again when that failed. */
@Dependent
final class StoreBeans {

  @Produces
  @ApplicationScoped
  ObjectStore store(StoreConfig config) {
    URI url = config.url();
    return switch (url.getScheme()) {
      case "file" -> LocalObjectStore.open(Path.of(url));
      case null, default ->
          throw new ConfigurationException(
              "kyma.store.url must start with file: or s3:, and is " + url + ".");
    };
  }

  void close(@Disposes ObjectStore store) {
    store.close();
  }
}
