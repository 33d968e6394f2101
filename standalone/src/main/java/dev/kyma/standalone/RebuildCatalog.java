package dev.kyma.standalone;

import dev.kyma.catalog.CatalogException;
import dev.kyma.catalog.rebuild.RebuildReport;
import dev.kyma.format.io.ObjectStoreException;
import dev.kyma.service.runtime.CatalogConfig;
import dev.kyma.service.runtime.LostCatalog;
import dev.kyma.service.runtime.StoreConfig;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * {@code ./kyma rebuild-catalog}: makes the catalog anew from the bucket's archive, with the
 * configuration the services would have, and ends. Holds the data directory meanwhile, so that no
 * all-in-one process runs on it.
 */
final class RebuildCatalog {
  // Where a service's own application.properties stands among the sources of its configuration.
  private static final int APPLICATION_ORDINAL = 250;

  private static final int LISTED = 10;

  private RebuildCatalog() {}

  /** Does it and says what was done; answers the exit status. */
  static int run(Path dataDirectory, PrintStream out, PrintStream err) {
    try (DataDirectory directory = DataDirectory.take(dataDirectory)) {
      directory.locate();
      SmallRyeConfig config = configuration();
      CatalogConfig catalog = config.getConfigMapping(CatalogConfig.class);
      StoreConfig store = config.getConfigMapping(StoreConfig.class);
      out.println(
          "Rebuilding the catalog " + catalog.url() + " from the archive in " + store.url());
      RebuildReport report =
          LostCatalog.rebuild(catalog, store, step -> out.println("  " + step + " ..."));
      print(report, out);
      return report.missing().isEmpty() ? 0 : 2;
    } catch (CatalogException | ObjectStoreException e) {
      err.println("The catalog was not rebuilt: " + e.getMessage() + ".");
    } catch (ConfigurationException | ConfigValidationException e) {
      err.println("The catalog was not rebuilt: " + e.getMessage());
    }
    return 1;
  }

  private static SmallRyeConfig configuration() {
    URL application =
        Objects.requireNonNull(RebuildCatalog.class.getResource("/application.properties"));
    try {
      return new SmallRyeConfigBuilder()
          .addDefaultInterceptors()
          .addDefaultSources()
          .addDiscoveredConverters()
          .withSources(new PropertiesConfigSource(application, APPLICATION_ORDINAL))
          .withMapping(CatalogConfig.class)
          .withMapping(StoreConfig.class)
          .withValidateUnknown(false)
          .build();
    } catch (IOException e) {
      throw new StartException("its own configuration cannot be read: " + e);
    }
  }

  private static void print(RebuildReport report, PrintStream out) {
    out.printf(
        """
        Rebuilt snapshot %d of %s: %d tables, %d live extents.
          State from %s; snapshots from %d on can be read.
          %d write grants of the lost catalog are revoked.
          %d objects are named by past snapshots only, %d by none; they are left for collection.
        """,
        report.snapshot(),
        report.time(),
        report.tables(),
        report.extents(),
        report.checkpoint() == 0 ? "the first commit on" : "checkpoint " + report.checkpoint(),
        report.oldest(),
        report.revokedGrants(),
        report.garbage(),
        report.orphans());
    report.notes().forEach(note -> out.println("  " + note));
    list(
        "Set aside under _setaside/, for they lie beyond what could be read:",
        report.setAside(),
        out);
    list(
        "MISSING: live extents that are not in the bucket; their rows are lost:",
        report.missing(),
        out);
    out.println("Rows behind the archived cursors are flushed from the log when Kyma starts.");
  }

  private static void list(String title, List<String> keys, PrintStream out) {
    if (keys.isEmpty()) {
      return;
    }
    out.println(title);
    keys.stream().limit(LISTED).forEach(key -> out.println("  " + key));
    if (keys.size() > LISTED) {
      out.println("  and " + (keys.size() - LISTED) + " more");
    }
  }
}
