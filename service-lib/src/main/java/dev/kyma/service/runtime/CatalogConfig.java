package dev.kyma.service.runtime;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** The database that holds the catalog. */
@ConfigMapping(prefix = "kyma.catalog")
public interface CatalogConfig {

  /**
   * {@code jdbc:postgresql://host:port/database}, or {@code jdbc:sqlite:<file>} when all services
   * run in one process.
   */
  String url();

  /** The database user; not used with SQLite. */
  Optional<String> user();

  /** The user's password; not used with SQLite. */
  Optional<String> password();
}
