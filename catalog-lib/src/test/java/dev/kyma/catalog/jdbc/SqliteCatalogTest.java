package dev.kyma.catalog.jdbc;

import dev.kyma.catalog.Catalog;
import dev.kyma.catalog.CatalogContractTest;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

class SqliteCatalogTest extends CatalogContractTest {
  @TempDir Path directory;

  @Override
  protected Catalog open(int checkpointEvery) {
    return JdbcCatalog.open(
        new JdbcCatalogConfig(
            "jdbc:sqlite:" + directory.resolve("catalog.db"),
            Optional.empty(),
            Optional.empty(),
            checkpointEvery,
            256));
  }
}
