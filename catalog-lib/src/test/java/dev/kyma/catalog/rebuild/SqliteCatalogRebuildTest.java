package dev.kyma.catalog.rebuild;

import dev.kyma.catalog.jdbc.JdbcCatalogConfig;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteCatalogRebuildTest extends CatalogRebuildContractTest {
  @TempDir Path directory;
  private int databases;

  @Override
  JdbcCatalogConfig newDatabase() {
    return JdbcCatalogConfig.of(
        "jdbc:sqlite:" + directory.resolve("catalog" + databases++ + ".db"));
  }
}
