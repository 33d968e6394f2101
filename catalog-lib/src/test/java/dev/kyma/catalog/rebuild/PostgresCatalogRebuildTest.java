package dev.kyma.catalog.rebuild;

import dev.kyma.catalog.jdbc.JdbcCatalogConfig;
import dev.kyma.catalog.jdbc.PostgresServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class PostgresCatalogRebuildTest extends CatalogRebuildContractTest {
  private static PostgresServer server;

  @BeforeAll
  static void start() throws Exception {
    server = new PostgresServer();
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @Override
  JdbcCatalogConfig newDatabase() throws Exception {
    return JdbcCatalogConfig.of(server.newDatabase(), "postgres", "postgres");
  }
}
