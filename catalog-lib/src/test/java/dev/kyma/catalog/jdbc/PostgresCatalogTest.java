package dev.kyma.catalog.jdbc;

import dev.kyma.catalog.Catalog;
import dev.kyma.catalog.CatalogContractTest;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class PostgresCatalogTest extends CatalogContractTest {
  private static PostgresServer server;

  private String url = "";

  @BeforeAll
  static void start() throws Exception {
    server = new PostgresServer();
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @Override
  protected Catalog open(int checkpointEvery) throws Exception {
    if (url.isEmpty()) {
      url = server.newDatabase();
    }
    return JdbcCatalog.open(
        new JdbcCatalogConfig(
            url, Optional.of("postgres"), Optional.of("postgres"), checkpointEvery, 256));
  }
}
