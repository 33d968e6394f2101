package dev.kyma.catalog;

import static dev.kyma.catalog.Catalogs.PATIENCE;
import static dev.kyma.catalog.Catalogs.committed;
import static dev.kyma.catalog.Catalogs.compact;
import static dev.kyma.catalog.Catalogs.create;
import static dev.kyma.catalog.Catalogs.extent;
import static dev.kyma.catalog.Catalogs.flush;
import static dev.kyma.catalog.Catalogs.moved;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kyma.catalog.Commit.Kind;
import dev.kyma.catalog.CommitOutcome.Reason;
import dev.kyma.format.type.Field;
import dev.kyma.format.type.LogicalType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tables: made, changed, dropped. */
public abstract class TableContractTest extends CatalogContract {

  @Test
  void aCreatedTableIsSeenByBothWithCursorsAtTheStart() {
    TableDef table = create(catalog, "logs", 3);
    for (Catalog each : List.of(catalog, other)) {
      Snapshot snapshot = each.snapshot();
      assertThat(snapshot.number()).isEqualTo(1);
      assertThat(snapshot.table(table.id())).contains(table);
      assertThat(snapshot.table("default", "logs")).contains(table);
      assertThat(snapshot.table("default", "Logs")).isEmpty();
      for (int partition = 0; partition < 3; partition++) {
        int log = table.log().ordinal(partition);
        assertThat(snapshot.cursor(log)).contains(SourceCursor.start(log, table.log().topicId()));
      }
    }
  }

  @Test
  void namesAndIdsAndLogsAreTakenOnce() {
    TableDef table = create(catalog, "logs", 1);
    TableDef same = Catalogs.table(catalog, "logs", 1);
    assertConflict(other.commit(creating(same), PATIENCE), Reason.NAME_TAKEN);
    int log = catalog.allocateLogOrdinals(1);
    assertConflict(
        other.commit(creating(Catalogs.table(table.id(), "else", log, 1)), PATIENCE),
        Reason.NAME_TAKEN);
    assertConflict(
        other.commit(
            creating(
                Catalogs.table(catalog.allocateTableId(), "else", table.log().firstOrdinal(), 1)),
            PATIENCE),
        Reason.NAME_TAKEN);
    assertThat(other.snapshot().tables()).containsExactly(table);
  }

  @Test
  void aSchemaWidensOnceFromEachVersion() {
    TableDef table = create(catalog, "logs", 1);
    var wider = table.schema().plus(List.of(new Field(3, "level", LogicalType.INT32, true)));
    Commit widen =
        Commit.ofTables(Kind.WIDEN_SCHEMA, List.of(new TableChange.Widen(table.id(), 1, wider)));
    committed(catalog.commit(widen, PATIENCE));
    TableDef now = other.snapshot().table(table.id()).orElseThrow();
    assertThat(now).isEqualTo(table.withSchema(wider));
    assertThat(now.schemaVersion()).isEqualTo(2);
    Commit late =
        Commit.ofTables(Kind.WIDEN_SCHEMA, List.of(new TableChange.Widen(table.id(), 1, wider)));
    assertConflict(other.commit(late, PATIENCE), Reason.SCHEMA_CHANGED);
    Commit narrower =
        Commit.ofTables(
            Kind.WIDEN_SCHEMA, List.of(new TableChange.Widen(table.id(), 2, table.schema())));
    assertConflict(other.commit(narrower, PATIENCE), Reason.SCHEMA_CHANGED);
    Commit nowhere =
        Commit.ofTables(Kind.WIDEN_SCHEMA, List.of(new TableChange.Widen(99, 1, wider)));
    assertConflict(other.commit(nowhere, PATIENCE), Reason.TABLE_GONE);
  }

  @Test
  void extentsOfOlderSchemasAreTakenNewerOnesAreNot() {
    TableDef table = create(catalog, "logs", 1);
    WriteGrant grant = catalog.openGrant("extents");
    var wider = table.schema().plus(List.of(new Field(3, "level", LogicalType.INT32, true)));
    TableDef next = table.withSchema(wider);
    assertConflict(
        catalog.commit(flush(next, grant, cursor(table), 10, "a"), PATIENCE),
        Reason.SCHEMA_CHANGED);
    committed(
        catalog.commit(
            Commit.ofTables(
                Kind.WIDEN_SCHEMA, List.of(new TableChange.Widen(table.id(), 1, wider))),
            PATIENCE));
    committed(catalog.commit(flush(table, grant, cursor(table), 10, "a"), PATIENCE));
    committed(catalog.commit(flush(next, grant, cursor(table), 20, "b"), PATIENCE));
  }

  @Test
  void aDroppedTableTakesItsExtentsAndCursorsAndFreesItsName() {
    TableDef table = create(catalog, "logs", 2);
    WriteGrant grant = catalog.openGrant("extents");
    SourceCursor start = cursor(table);
    committed(catalog.commit(flush(table, grant, start, 10, "a"), PATIENCE));
    Commit drop = Commit.ofTables(Kind.DROP_TABLE, List.of(new TableChange.Drop(table.id())));
    committed(catalog.commit(drop, PATIENCE));
    Snapshot snapshot = other.snapshot();
    assertThat(snapshot.tables()).isEmpty();
    assertThat(snapshot.table("default", "logs")).isEmpty();
    assertThat(snapshot.extents(table.id())).isEmpty();
    assertThat(snapshot.cursor(table.log().ordinal(0))).isEmpty();
    assertThat(snapshot.cursor(table.log().ordinal(1))).isEmpty();
    assertConflict(
        other.commit(
            Commit.ofTables(Kind.DROP_TABLE, List.of(new TableChange.Drop(table.id()))), PATIENCE),
        Reason.TABLE_GONE);
    assertConflict(
        other.commit(
            compact(grant, List.of(extent(table, grant.keyPrefix() + "z", 0, 0, 1)), List.of()),
            PATIENCE),
        Reason.TABLE_GONE);
    assertConflict(
        other.commit(flush(table, grant, moved(start, 10), 20, "b"), PATIENCE),
        Reason.CURSOR_MOVED);
    assertThat(create(other, "logs", 1).id()).isNotEqualTo(table.id());
  }

  @Test
  void oneCommitMayCreateSeveralTablesOrNone() {
    TableDef first = Catalogs.table(catalog, "first", 1);
    TableDef second = Catalogs.table(catalog, "second", 1);
    create(catalog, "second", 1);
    Commit both =
        Commit.ofTables(
            Kind.CREATE_TABLE,
            List.of(new TableChange.Create(first), new TableChange.Create(second)));
    assertConflict(catalog.commit(both, PATIENCE), Reason.NAME_TAKEN);
    assertThat(other.snapshot().table("default", "first")).isEmpty();
    committed(catalog.commit(creating(first), PATIENCE));
  }

  @Test
  void settingsChangeOnceFromEachVersion() {
    TableDef table = create(catalog, "logs", 1);
    FlushPolicy policy = new FlushPolicy(7, 8, Duration.ofSeconds(9));
    TableChange.Alter change =
        new TableChange.Alter(
            table.id(), 1, policy, List.of(2, 1), Map.of("retention", "PT1H", "other", "x"));
    committed(catalog.commit(Commit.ofTables(Kind.ALTER_TABLE, List.of(change)), PATIENCE));
    TableDef now = other.snapshot().table(table.id()).orElseThrow();
    assertThat(now).isEqualTo(table.withSettings(policy, List.of(2, 1), change.options()));
    assertThat(now.schemaVersion()).isEqualTo(2);
    assertThat(now.primaryKey()).isEqualTo(table.primaryKey());
    assertConflict(
        other.commit(Commit.ofTables(Kind.ALTER_TABLE, List.of(change)), PATIENCE),
        Reason.SCHEMA_CHANGED);
    TableChange.Alter nowhere = new TableChange.Alter(99, 1, policy, List.of(), Map.of());
    assertConflict(
        other.commit(Commit.ofTables(Kind.ALTER_TABLE, List.of(nowhere)), PATIENCE),
        Reason.TABLE_GONE);
    TableChange.Alter again = new TableChange.Alter(table.id(), 2, policy, List.of(), Map.of());
    committed(other.commit(Commit.ofTables(Kind.ALTER_TABLE, List.of(again)), PATIENCE));
    assertThat(catalog.snapshot().table("default", "logs").orElseThrow().options()).isEmpty();
  }

  @Test
  void aLogIsSwitchedOnceAndItsCursorsWithIt() {
    TableDef table = create(catalog, "logs", 2);
    WriteGrant grant = catalog.openGrant("extents");
    SourceCursor start = SourceCursor.start(table.log().ordinal(0), table.log().topicId());
    committed(catalog.commit(flush(table, grant, start, 10, "a"), PATIENCE));
    LogBinding log =
        new LogBinding(table.log().topic(), "another", 3, catalog.allocateLogOrdinals(3));
    TableChange.SwitchLog change =
        new TableChange.SwitchLog(table.id(), 1, log, List.of(5L, 0L, 7L));
    committed(catalog.commit(Commit.ofTables(Kind.SWITCH_LOG, List.of(change)), PATIENCE));
    Snapshot now = other.snapshot();
    assertThat(now.table(table.id())).contains(table.withLog(log));
    assertThat(now.table(table.id()).orElseThrow().schemaVersion()).isEqualTo(2);
    assertThat(now.cursor(start.log())).isEmpty();
    assertThat(now.cursor(table.log().ordinal(1))).isEmpty();
    assertThat(now.cursor(log.ordinal(2)))
        .contains(new SourceCursor(log.ordinal(2), "another", 7, -1, 0));
    assertThat(now.extents(table.id())).hasSize(1);
    // Who still flushes the old log loses, and who switches it too.
    assertConflict(
        other.commit(flush(table, grant, moved(start, 10), 20, "b"), PATIENCE),
        Reason.CURSOR_MOVED);
    assertConflict(
        other.commit(Commit.ofTables(Kind.SWITCH_LOG, List.of(change)), PATIENCE),
        Reason.SCHEMA_CHANGED);
    TableChange.SwitchLog taken =
        new TableChange.SwitchLog(table.id(), 2, log, List.of(0L, 0L, 0L));
    assertConflict(
        other.commit(Commit.ofTables(Kind.SWITCH_LOG, List.of(taken)), PATIENCE),
        Reason.NAME_TAKEN);
    SourceCursor next = now.cursor(log.ordinal(0)).orElseThrow();
    committed(other.commit(flush(table.withLog(log), grant, next, 20, "c"), PATIENCE));
    assertThat(catalog.snapshot().extents(table.id())).hasSize(2);
  }

  @Test
  void aKeyedTableKeepsItsKey() {
    TableDef table =
        Catalogs.keyedTable(catalog.allocateTableId(), "users", catalog.allocateLogOrdinals(2), 2);
    committed(catalog.commit(creating(table), PATIENCE));
    TableDef known = other.snapshot().table(table.id()).orElseThrow();
    assertThat(known).isEqualTo(table);
    assertThat(known.isKeyed()).isTrue();
    assertThat(known.primaryKey()).containsExactly(2, 1);
  }
}
