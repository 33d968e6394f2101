package dev.kyma.catalog.jdbc;

import dev.kyma.catalog.Catalog;
import dev.kyma.catalog.CommitContractTest;
import dev.kyma.catalog.ConcurrencyContractTest;
import dev.kyma.catalog.FilterContractTest;
import dev.kyma.catalog.GrantContractTest;
import dev.kyma.catalog.JobsContractTest;
import dev.kyma.catalog.MaskContractTest;
import dev.kyma.catalog.PastContractTest;
import dev.kyma.catalog.TableContractTest;
import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

class PostgresCatalogTest {
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

  private JdbcCatalogConfig config(int checkpointEvery) throws SQLException {
    if (url.isEmpty()) {
      url = server.newDatabase();
    }
    return new JdbcCatalogConfig(
        url, Optional.of("postgres"), Optional.of("postgres"), checkpointEvery, 256);
  }

  private Catalog opened(int checkpointEvery) throws SQLException {
    return JdbcCatalog.open(config(checkpointEvery));
  }

  @AfterEach
  void audit() throws Exception {
    DatabaseAudit.check(config(1_000));
  }

  @Nested
  class Commits extends CommitContractTest {
    @Override
    protected Catalog open(int checkpointEvery) throws Exception {
      return opened(checkpointEvery);
    }
  }

  @Nested
  class Tables extends TableContractTest {
    @Override
    protected Catalog open(int checkpointEvery) throws Exception {
      return opened(checkpointEvery);
    }
  }

  @Nested
  class Masks extends MaskContractTest {
    @Override
    protected Catalog open(int checkpointEvery) throws Exception {
      return opened(checkpointEvery);
    }
  }

  @Nested
  class Past extends PastContractTest {
    @Override
    protected Catalog open(int checkpointEvery) throws Exception {
      return opened(checkpointEvery);
    }
  }

  @Nested
  class Grants extends GrantContractTest {
    @Override
    protected Catalog open(int checkpointEvery) throws Exception {
      return opened(checkpointEvery);
    }
  }

  @Nested
  class Filters extends FilterContractTest {
    @Override
    protected Catalog open(int checkpointEvery) throws Exception {
      return opened(checkpointEvery);
    }
  }

  @Nested
  class WorkInJobs extends JobsContractTest {
    @Override
    protected Catalog open(int checkpointEvery) throws Exception {
      return opened(checkpointEvery);
    }
  }

  @Nested
  class Concurrency extends ConcurrencyContractTest {
    @Override
    protected Catalog open(int checkpointEvery) throws Exception {
      return opened(checkpointEvery);
    }
  }
}
