package dev.kyma.query.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kyma.catalog.Catalog;
import dev.kyma.catalog.CatalogException;
import dev.kyma.catalog.Snapshot;
import dev.kyma.catalog.TableDef;
import dev.kyma.format.tlm.TlmFormat;
import dev.kyma.query.calcite.SqlFrontend;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Queries while the catalog does not answer: on what is known for a minute, then not at all. */
class CatalogOutageTest {
  private TestCluster cluster;
  private QueryEngine engine;
  private TableDef table;

  /** For how long the catalog has not answered; zero while it does. */
  private Duration down = Duration.ZERO;

  @BeforeEach
  void open(@TempDir Path directory) {
    cluster = new TestCluster(directory, new TlmFormat());
    table = cluster.createTable("spans", QueryEngineTest.SCHEMA, 1, 0);
    Catalog real = cluster.catalog;
    Catalog seen =
        (Catalog)
            Proxy.newProxyInstance(
                Catalog.class.getClassLoader(),
                new Class<?>[] {Catalog.class},
                (self, method, arguments) -> {
                  if (!down.isZero()) {
                    boolean goesOn =
                        method.getName().equals("snapshot")
                            && arguments != null
                            && arguments.length == 2
                            && down.compareTo((Duration) arguments[1]) <= 0;
                    if (!goesOn) {
                      throw new CatalogException.Unavailable("down", new IOException("down"));
                    }
                  }
                  try {
                    return method.invoke(real, arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
    engine = cluster.engine(seen, 2, new SqlFrontend());
  }

  @AfterEach
  void close() throws Exception {
    cluster.close();
  }

  @Test
  void queriesAreAnsweredFromASnapshotOfTheLastMinuteAndTheLogBehindIt() {
    for (int i = 0; i < 6; i++) {
      cluster.addExtent(table, List.of(QueryEngineTest.batch(i * 100, i * 100 + 100)));
    }
    Snapshot before = cluster.catalog.snapshot();
    down = Duration.ofSeconds(59);
    cluster.append(table, QueryEngineTest.batch(600, 640), List.of());
    assertThat(Rows.of(engine, "SELECT count(*) FROM spans")).containsExactly("[640]");
    // Filters in the catalog would help here; the answer is the same without.
    assertThat(Rows.of(engine, "SELECT count(*) FROM spans WHERE duration = 250"))
        .containsExactly("[1]");
    assertThat(Rows.of(engine, "SHOW TABLES")).containsExactly("[\"default\",\"spans\"]");
    assertThat(engine.snapshot().number()).isEqualTo(before.number());
    down = Duration.ofSeconds(61);
    assertThatThrownBy(() -> Rows.of(engine, "SELECT count(*) FROM spans"))
        .isInstanceOfSatisfying(
            QueryException.class,
            e -> assertThat(e.code()).isEqualTo(QueryException.Code.STORAGE_UNAVAILABLE));
    down = Duration.ZERO;
    assertThat(Rows.of(engine, "SELECT count(*) FROM spans")).containsExactly("[640]");
  }
}
