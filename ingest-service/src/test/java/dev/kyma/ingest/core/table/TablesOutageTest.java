package dev.kyma.ingest.core.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kyma.catalog.Catalog;
import dev.kyma.catalog.CatalogException;
import dev.kyma.catalog.FlushPolicy;
import dev.kyma.catalog.LogBinding;
import dev.kyma.catalog.TableDef;
import dev.kyma.catalog.jdbc.JdbcCatalog;
import dev.kyma.format.type.Field;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.type.TableSchema;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What ingest knows of tables while the catalog does not answer. */
class TablesOutageTest {
  private static final class Topics implements TableTopics {
    @Override
    public LogBinding create(long table, int partitions, int firstOrdinal) {
      return new LogBinding("kyma.t." + table, "id" + table, partitions, firstOrdinal);
    }

    @Override
    public void discard(LogBinding log) {}
  }

  private Duration down = Duration.ZERO;

  private Catalog failing(Catalog real) {
    return (Catalog)
        Proxy.newProxyInstance(
            Catalog.class.getClassLoader(),
            new Class<?>[] {Catalog.class},
            (self, method, arguments) -> {
              boolean goesOn =
                  method.getName().equals("snapshot")
                      && arguments != null
                      && arguments.length == 2
                      && down.compareTo((Duration) arguments[1]) <= 0;
              if (!down.isZero() && !goesOn) {
                throw new CatalogException.Unavailable("down", new IOException("down"));
              }
              try {
                return method.invoke(real, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @Test
  void tablesThatAreKnownTakeRowsThroughAnyOutageOthersAreRefused(@TempDir Path directory) {
    try (Catalog real = JdbcCatalog.open("jdbc:sqlite:" + directory.resolve("catalog.db"))) {
      Tables tables = new Tables(failing(real), new Topics(), Duration.ofSeconds(1));
      TableName known = new TableName("default", "known");
      TableDef table =
          tables
              .create(
                  new TableSpec(
                      known,
                      TableSchema.of(new Field(1, "n", LogicalType.INT64, true)),
                      0,
                      0,
                      List.of(),
                      List.of(),
                      new FlushPolicy(1, 1, Duration.ofSeconds(1)),
                      1,
                      Map.of()))
              .table();
      assertThat(tables.find(known)).contains(table);
      down = Duration.ofHours(5);
      assertThat(tables.find(known)).contains(table);
      assertThat(tables.snapshot().table(table.id())).contains(table);
      assertThatThrownBy(() -> tables.find(new TableName("default", "other")))
          .isInstanceOf(CatalogException.Unavailable.class);
      assertThatThrownBy(() -> tables.widen(table, table.schema()))
          .isInstanceOf(CatalogException.Unavailable.class);
      down = Duration.ZERO;
      assertThat(tables.find(new TableName("default", "other"))).isEmpty();
    }
  }
}
