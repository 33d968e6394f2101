package dev.kyma.catalog.jdbc;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class PostgresUpgradeTest extends UpgradeContractTest {
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
