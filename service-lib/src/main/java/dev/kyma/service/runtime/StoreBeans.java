package dev.kyma.service.runtime;

import dev.kyma.format.io.CreateOnlyProbe;
import dev.kyma.format.io.ObjectStore;
import dev.kyma.format.io.local.LocalObjectStore;
import dev.kyma.format.io.s3.S3Credentials;
import dev.kyma.format.io.s3.S3Location;
import dev.kyma.format.io.s3.S3ObjectStore;
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
  private static final int PROBE_WRITERS = 8;
  private static final int PROBE_ROUNDS = 3;

  @Produces
  @ApplicationScoped
  ObjectStore store(StoreConfig config) {
    return open(config);
  }

  static ObjectStore open(StoreConfig config) {
    URI url = config.url();
    return switch (url.getScheme()) {
      case "file" -> LocalObjectStore.open(Path.of(url));
      case "s3" -> probed(S3ObjectStore.open(location(url, config.s3())), url);
      case null, default ->
          throw new ConfigurationException(
              "kyma.store.url must start with file: or s3:, and is " + url + ".");
    };
  }

  /**
   * Commits are archived and extents created on the promise that of two creators one loses. Not
   * every service that speaks S3 keeps it, and one that does not would lose data silently.
   */
  private static ObjectStore probed(ObjectStore store, URI url) {
    try {
      CreateOnlyProbe.Result result = CreateOnlyProbe.run(store, PROBE_WRITERS, PROBE_ROUNDS);
      if (!result.passed()) {
        throw new ConfigurationException(
            "kyma.store.url: "
                + url
                + " let several writers create the same object in "
                + result.wrongRounds()
                + " of "
                + result.rounds()
                + " tries. Kyma needs a store that honours If-None-Match on PUT.");
      }
      return store;
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }

  private static S3Location location(URI url, StoreConfig.S3 s3) {
    if (url.getHost() == null) {
      throw new ConfigurationException("kyma.store.url names no bucket: " + url + ".");
    }
    if (s3.accessKey().isPresent() != s3.secretKey().isPresent()) {
      throw new ConfigurationException(
          "kyma.store.s3.access-key and kyma.store.s3.secret-key belong together; one is missing.");
    }
    String path = url.getPath();
    return new S3Location(
        url.getHost(),
        path.startsWith("/") ? path.substring(1) : path,
        s3.region(),
        s3.endpoint().orElse(null),
        s3.pathStyle() ? S3Location.Addressing.PATH : S3Location.Addressing.HOST,
        s3.accessKey().isPresent()
            ? new S3Credentials(s3.accessKey().get(), s3.secretKey().orElseThrow())
            : null,
        s3.attempts(),
        s3.timeout());
  }

  void close(@Disposes ObjectStore store) {
    store.close();
  }
}
