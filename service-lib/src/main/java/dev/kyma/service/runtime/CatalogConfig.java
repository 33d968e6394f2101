package dev.kyma.service.runtime;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
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

  /** The most connections this process holds at a time. */
  @WithDefault("8")
  @Min(1)
  @Max(200)
  int maxConnections();
}
