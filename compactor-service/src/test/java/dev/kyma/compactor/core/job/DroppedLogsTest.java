package dev.kyma.compactor.core.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kyma.catalog.Catalog;
import dev.kyma.catalog.Commit;
import dev.kyma.catalog.CommitOutcome;
import dev.kyma.catalog.FlushPolicy;
import dev.kyma.catalog.LogBinding;
import dev.kyma.catalog.TableChange;
import dev.kyma.catalog.TableDef;
import dev.kyma.catalog.jdbc.JdbcCatalog;
import dev.kyma.format.type.Field;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.type.TableSchema;
import dev.kyma.service.log.LogException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The topics of dropped tables go, late, and no other topic ever does. */
class DroppedLogsTest {
  private Catalog catalog;
  private final List<LogBinding> deleted = new ArrayList<>();

  @BeforeEach
  void open(@TempDir Path directory) {
    catalog = JdbcCatalog.open("jdbc:sqlite:" + directory.resolve("catalog.db"));
  }

  @AfterEach
  void close() {
    catalog.close();
  }

  private TableDef table(String name) {
    long id = catalog.allocateTableId();
    TableDef table =
        new TableDef(
            id,
            "default",
            name,
            1,
            TableSchema.of(new Field(1, "n", LogicalType.INT64, true)),
            0,
            0,
            List.of(),
            new FlushPolicy(1, 1, Duration.ofSeconds(1)),
            new LogBinding("kyma.t." + id, "topic-" + id, 1, catalog.allocateLogOrdinals(1)),
            Map.of());
    commit(Commit.Kind.CREATE_TABLE, new TableChange.Create(table));
    return table;
  }

  private void commit(Commit.Kind kind, TableChange change) {
    assertThat(catalog.commit(Commit.ofTables(kind, List.of(change)), Duration.ofSeconds(5)))
        .isInstanceOf(CommitOutcome.Committed.class);
  }

  @Test
  void onlyDroppedTablesLoseTheirTopics() {
    TableDef kept = table("kept");
    TableDef gone = table("gone");
    DroppedLogs logs = new DroppedLogs(catalog, deleted::add, Duration.ZERO);
    logs.step();
    assertThat(deleted).isEmpty();
    commit(Commit.Kind.DROP_TABLE, new TableChange.Drop(gone.id()));
    logs.step();
    logs.step();
    assertThat(deleted).containsExactly(gone.log());
    // A process that starts later finds it again, which does no harm.
    deleted.clear();
    new DroppedLogs(catalog, deleted::add, Duration.ZERO).step();
    assertThat(deleted).containsExactly(gone.log()).doesNotContain(kept.log());
  }

  @Test
  void theLogTheTableHadLastIsDeleted() {
    TableDef table = table("switched");
    LogBinding log = new LogBinding(table.log().topic(), "anew", 1, catalog.allocateLogOrdinals(1));
    commit(Commit.Kind.SWITCH_LOG, new TableChange.SwitchLog(table.id(), 1, log, List.of(0L)));
    commit(Commit.Kind.DROP_TABLE, new TableChange.Drop(table.id()));
    new DroppedLogs(catalog, deleted::add, Duration.ZERO).step();
    assertThat(deleted).containsExactly(log);
  }

  @Test
  void nothingIsDeletedBeforeItsTimeOrWhileTheLogDoesNotAnswer() {
    TableDef table = table("young");
    commit(Commit.Kind.DROP_TABLE, new TableChange.Drop(table.id()));
    new DroppedLogs(catalog, deleted::add, Duration.ofHours(1)).step();
    assertThat(deleted).isEmpty();
    AtomicBoolean down = new AtomicBoolean(true);
    DroppedLogs logs =
        new DroppedLogs(
            catalog,
            log -> {
              if (down.get()) {
                throw new LogException.Unavailable("down", new IllegalStateException());
              }
              deleted.add(log);
            },
            Duration.ZERO);
    logs.step();
    assertThat(deleted).isEmpty();
    down.set(false);
    logs.step();
    assertThat(deleted).containsExactly(table.log());
  }
}
