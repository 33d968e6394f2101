package dev.kyma.catalog.jdbc;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteUpgradeTest extends UpgradeContractTest {
  @TempDir Path directory;

  @Override
  JdbcCatalogConfig newDatabase() {
    return JdbcCatalogConfig.of("jdbc:sqlite:" + directory.resolve("catalog.db"));
  }
}
