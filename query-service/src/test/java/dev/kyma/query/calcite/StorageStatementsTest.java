package dev.kyma.query.calcite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.kyma.catalog.ColumnDefault;
import dev.kyma.format.type.Field;
import dev.kyma.format.type.LogicalType;
import dev.kyma.query.core.frontend.ColumnDefinition;
import dev.kyma.query.core.frontend.OutputColumn;
import dev.kyma.query.core.frontend.RowPlaces;
import dev.kyma.query.core.frontend.Session;
import dev.kyma.query.core.frontend.Statement;
import dev.kyma.query.core.frontend.StorageView;
import dev.kyma.query.core.frontend.StorageWork;
import dev.kyma.query.core.frontend.TableName;
import dev.kyma.query.core.frontend.TableOptions;
import dev.kyma.query.core.frontend.TableOptions.Keep;
import dev.kyma.query.core.frontend.TableShape;
import dev.kyma.query.core.plan.Plan;
import dev.kyma.query.core.plan.PlanText;
import dev.kyma.query.core.plan.ReadPoint;
import dev.kyma.query.core.plan.RowVersions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Statements about how tables are stored mean what they say. */
class StorageStatementsTest {
  private static final TestSchemas SCHEMAS = TestSchemas.telemetry();
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final TableShape T = table("t");
  private static final TableShape K = table("k");

  private final SqlFrontend frontend = new SqlFrontend();

  private static TableShape table(String name) {
    return SCHEMAS.table(new TableName("default", name)).orElseThrow();
  }

  private Statement parse(String sql) {
    return frontend.parse(sql, new Session(SCHEMAS, NOW));
  }

  static Stream<Arguments> statements() {
    return Stream.of(
        arguments("STORAGE FLUSH TABLE t", new StorageWork.FlushTable(T)),
        arguments("storage flush default.t;", new StorageWork.FlushTable(T)),
        arguments("STORAGE FLUSH ALL", new StorageWork.FlushAll(Optional.empty())),
        arguments("STORAGE FLUSH ALL IN app", new StorageWork.FlushAll(Optional.of("app"))),
        arguments(
            "STORAGE FLUSH ALL IN kyma.default", new StorageWork.FlushAll(Optional.of("default"))),
        arguments("STORAGE COMPACT TABLE t", new StorageWork.Compact(T)),
        arguments("STORAGE COMPACT kyma.default.t", new StorageWork.Compact(T)),
        arguments(
            "STORAGE CHECK t",
            new StorageWork.Check(new StorageWork.Target.Table(T), StorageWork.Depth.NORMAL)),
        arguments(
            "STORAGE CHECK TABLE t EXTENDED",
            new StorageWork.Check(new StorageWork.Target.Table(T), StorageWork.Depth.EXTENDED)),
        arguments(
            "STORAGE CHECK storage",
            new StorageWork.Check(new StorageWork.Target.Storage(), StorageWork.Depth.NORMAL)),
        arguments(
            "STORAGE CHECK ALL EXTENDED",
            new StorageWork.Check(new StorageWork.Target.All(), StorageWork.Depth.EXTENDED)),
        arguments("STORAGE ADOPT LOG t", new StorageWork.AdoptLog(T)),
        arguments("STORAGE ADOPT LOG TABLE t", new StorageWork.AdoptLog(T)));
  }

  @ParameterizedTest
  @MethodSource("statements")
  void workOnStoredRowsIsNamed(String sql, StorageWork work) {
    assertThat(parse(sql)).isEqualTo(new Statement.Maintain(work));
  }

  @ParameterizedTest
  @CsvSource({
    "SHOW MANIFEST t, MANIFEST",
    "SHOW EXTENTS t, EXTENTS",
    "SHOW EXTENTS FROM t, EXTENTS",
    "show cursors of default.t, CURSORS",
    "SHOW TAIL TABLE t, TAIL"
  })
  void viewsAreNamed(String sql, StorageView view) {
    assertThat(parse(sql)).isEqualTo(new Statement.ShowStorage(view, T));
  }

  @Test
  void jobsAreShownAndKilled() {
    assertThat(parse("SHOW JOBS")).isEqualTo(new Statement.ShowJobs());
    assertThat(parse("KILL JOB 17;")).isEqualTo(new Statement.KillJob(17));
  }

  @Test
  void keyMayStandAtColumnsOrAfterThem() {
    Statement.CreateTable one =
        (Statement.CreateTable)
            parse("CREATE TABLE x (id BIGINT PRIMARY KEY DEFAULT SNOWFLAKE_ID(), n INT)");
    assertThat(one.primaryKey()).containsExactly("id");
    assertThat(one.columns().getFirst())
        .isEqualTo(
            new ColumnDefinition(
                "id", LogicalType.INT64, false, Optional.of(new ColumnDefault.SnowflakeId())));
    Statement.CreateTable two =
        (Statement.CreateTable)
            parse(
                "CREATE TABLE x (b INT, a TEXT DEFAULT NULL, c TIMESTAMP DEFAULT current_timestamp"
                    + " NOT NULL, PRIMARY KEY (a, b)) WITH (HISTORY_RETENTION = '0',"
                    + " RETENTION = 'forever')");
    assertThat(two.primaryKey()).containsExactly("a", "b");
    assertThat(two.columns()).extracting(ColumnDefinition::nullable).containsOnly(false);
    assertThat(two.columns().get(1).defaultValue()).isEmpty();
    assertThat(two.columns().get(2).defaultValue()).contains(new ColumnDefault.Now());
    assertThat(two.options().retention()).contains(new Keep.Forever());
    assertThat(two.options().historyRetention()).contains(new Keep.For(Duration.ZERO));
  }

  @Test
  void tablesAreAltered() {
    assertThat(parse("ALTER TABLE t ADD COLUMN extra TEXT, ADD IF NOT EXISTS a INT, ADD y DATE"))
        .isEqualTo(
            new Statement.AddColumns(
                T,
                List.of(
                    new ColumnDefinition("extra", LogicalType.TEXT, true, Optional.empty()),
                    new ColumnDefinition("y", LogicalType.DATE, true, Optional.empty()))));
    Statement.SetOptions set =
        (Statement.SetOptions)
            parse(
                "ALTER TABLE t SET (RETENTION = '7d', ORDER_BY = 's, at',"
                    + " FLUSH_POLICY = 'rows:5')");
    assertThat(set.table()).isEqualTo(T);
    assertThat(set.options().retention()).contains(new Keep.For(Duration.ofDays(7)));
    assertThat(set.options().orderBy()).containsExactly("s", "at");
    assertThat(set.options().flush().rows()).hasValue(5);
    assertThat(set.options().historyRetention()).isEmpty();
    assertThat(set.options()).isNotEqualTo(TableOptions.NONE);
  }

  @Test
  void updateReadsWholeNewVersionsAndTheOldKeys() {
    Statement.Update update =
        (Statement.Update)
            parse(
                "UPDATE k AS x SET n = a + 1, name = DEFAULT, at = now()"
                    + " WHERE x.id IN (SELECT id FROM u) AND a > 3");
    assertThat(update.table()).isEqualTo(K);
    assertThat(update.versions().columns())
        .extracting(OutputColumn::type)
        .containsExactly(
            LogicalType.INT64,
            LogicalType.INT32,
            LogicalType.TEXT,
            LogicalType.TIMESTAMP,
            LogicalType.INT16,
            LogicalType.INT64);
    assertThat(String.join("\n", PlanText.lines(update.versions().plan())))
        .contains("'none'")
        .contains("scan default.k")
        .contains("scan default.u");
  }

  @Test
  void deleteOfKeyedRowsReadsTheirKeys() {
    Statement.DeleteKeys delete =
        (Statement.DeleteKeys) parse("DELETE FROM k WHERE name LIKE 'x%'");
    assertThat(delete.table()).isEqualTo(K);
    assertThat(delete.keys().columns()).containsExactly(new OutputColumn("id", LogicalType.INT64));
  }

  @Test
  void deleteOfOtherRowsReadsTheirPlaces() {
    Statement.DeleteRows delete =
        (Statement.DeleteRows)
            parse("DELETE FROM t x WHERE x.s = 'a' AND id IN (SELECT id FROM u)");
    assertThat(delete.table()).isEqualTo(T);
    assertThat(delete.rows().columns())
        .extracting(OutputColumn::type)
        .containsExactlyElementsOf(RowPlaces.COLUMNS.stream().map(Field::type).toList());
    assertThat(((Statement.DeleteRows) parse("DELETE FROM t")).rows().columns()).hasSize(3);
  }

  @Test
  void historyShowsWhatWasDoneAndWhere() {
    assertThat(query("SELECT * FROM history(k)").columns())
        .extracting(OutputColumn::name)
        .containsExactly("id", "a", "name", "at", "n", "_kyma_op", "_log", "_seq");
    assertThat(query("SELECT _seq FROM history(t) h WHERE h._log = 1").columns()).hasSize(1);
    assertThat(scan("SELECT id FROM history(k)").versions()).isEqualTo(RowVersions.HISTORY);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "FOR SYSTEM_TIME AS OF '2026-01-01' | 2026-01-01T00:00:00Z",
        "FOR SYSTEM_TIME AS OF TIMESTAMP '2026-01-01 10:00:00' | 2026-01-01T10:00:00Z",
        "AS OF now() - INTERVAL '1 hour' | 2026-01-02T02:04:05Z",
        "FOR SYSTEM_TIME AS OF date_trunc('day', now()) | 2026-01-02T00:00:00Z",
        "AS OF '2026-01-01'::timestamp + INTERVAL '1 s' | 2026-01-01T00:00:01Z",
        "AS OF now() | 2026-01-02T03:04:05Z"
      })
  void statesOfThePastAreAnyTime(String asOf, Instant time) {
    assertThat(scan("SELECT id FROM t " + asOf).point()).isEqualTo(new ReadPoint.Time(time));
    assertThat(scan("SELECT x.id FROM t " + asOf + " x WHERE x.a = 1").point())
        .isEqualTo(new ReadPoint.Time(time));
    assertThat(scan("SELECT x.id FROM t " + asOf + " AS x JOIN u ON u.id = x.id").point())
        .isEqualTo(new ReadPoint.Time(time));
  }

  private Statement.Query query(String sql) {
    return (Statement.Query) parse(sql);
  }

  private Plan.Scan scan(String sql) {
    Plan plan = query(sql).plan();
    while (!(plan instanceof Plan.Scan)) {
      plan = plan.inputs().getFirst();
    }
    return (Plan.Scan) plan;
  }
}
