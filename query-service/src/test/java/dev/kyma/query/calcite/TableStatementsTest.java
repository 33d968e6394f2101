package dev.kyma.query.calcite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kyma.catalog.ColumnDefault;
import dev.kyma.format.predicate.Constant;
import dev.kyma.format.type.LogicalType;
import dev.kyma.query.core.frontend.ColumnDefinition;
import dev.kyma.query.core.frontend.Session;
import dev.kyma.query.core.frontend.Statement;
import dev.kyma.query.core.frontend.TableName;
import dev.kyma.query.core.frontend.TableOptions.Keep;
import dev.kyma.query.core.plan.Expr;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Statements about tables. */
class TableStatementsTest {
  private static final Session SESSION =
      new Session(TestSchemas.telemetry(), Instant.parse("2026-01-02T03:04:05Z"));

  private final SqlFrontend frontend = new SqlFrontend();

  private Statement parse(String sql) {
    return frontend.parse(sql, SESSION);
  }

  @Test
  void createTableKeepsTypesDefaultsAndOptions() {
    Statement.CreateTable create =
        (Statement.CreateTable)
            parse(
                """
                CREATE TABLE IF NOT EXISTS app.messages (
                  id BIGINT NOT NULL, content TEXT NOT NULL DEFAULT 'none',
                  created_at TIMESTAMP DEFAULT NOW(), price NUMERIC(10,2) DEFAULT 1 + 1,
                  "Odd Name" jsonb, timestamp timestamptz, v vector(3))
                WITH (TYPE = 'SHARED', FLUSH_POLICY = 'rows:1000,bytes:16MiB,interval:60',
                  RETENTION = '30d', ORDER_BY = 'id, created_at');""");
    assertThat(create.name()).isEqualTo(new TableName("app", "messages"));
    assertThat(create.ifExists()).isEqualTo(Statement.CreateTable.IfExists.KEEP);
    assertThat(create.columns())
        .extracting(ColumnDefinition::name)
        .containsExactly("id", "content", "created_at", "price", "Odd Name", "timestamp", "v");
    assertThat(create.columns())
        .extracting(ColumnDefinition::type)
        .containsExactly(
            LogicalType.INT64,
            LogicalType.TEXT,
            LogicalType.TIMESTAMP,
            LogicalType.decimal(10, 2),
            LogicalType.DYNAMIC,
            LogicalType.TIMESTAMP,
            LogicalType.vector(3));
    assertThat(create.columns().get(0).nullable()).isFalse();
    assertThat(create.columns().get(1).defaultValue()).contains(new ColumnDefault.Literal("none"));
    assertThat(create.columns().get(2).defaultValue()).contains(new ColumnDefault.Now());
    assertThat(create.columns().get(3).defaultValue()).contains(new ColumnDefault.Literal("2.00"));
    assertThat(create.options().flush().rows()).hasValue(1000);
    assertThat(create.options().flush().bytes()).hasValue(16 << 20);
    assertThat(create.options().flush().interval()).contains(Duration.ofMinutes(1));
    assertThat(create.options().retention()).contains(new Keep.For(Duration.ofDays(30)));
    assertThat(create.options().historyRetention()).isEmpty();
    assertThat(create.options().orderBy()).containsExactly("id", "created_at");
  }

  @Test
  void insertComputesItsValuesInTheColumnsTypes() {
    Statement.Insert insert =
        (Statement.Insert)
            parse(
                "INSERT INTO t (id, a, d, s, at, j, flag) VALUES"
                    + " (1, 1 + 1, 1.239, upper('x'), now() - INTERVAL '5 s', '{\"a\": 1}', true),"
                    + " (-9223372036854775808, '7', 2, NULL, '2026-01-01', NULL, 'f')");
    assertThat(insert.table()).isEqualTo(new TableName("default", "t"));
    assertThat(insert.columns()).containsExactly("id", "a", "d", "s", "at", "j", "flag");
    assertThat(insert.rows().get(0))
        .extracting(Expr.Literal::value)
        .containsExactly(
            Constant.of(LogicalType.INT64, 1),
            Constant.of(LogicalType.INT32, 2),
            Constant.of(LogicalType.decimal(10, 2), 124),
            Constant.of("X"),
            Constant.of(LogicalType.TIMESTAMP, 1_767_323_040_000_000_000L),
            insert.rows().get(0).get(5).value(),
            Constant.of(LogicalType.BOOL, 1));
    assertThat(insert.rows().get(0).get(5).type()).isEqualTo(LogicalType.DYNAMIC);
    assertThat(insert.rows().get(1).get(0).value())
        .isEqualTo(Constant.of(LogicalType.INT64, Long.MIN_VALUE));
    assertThat(insert.rows().get(1).get(3).isNull()).isTrue();
    assertThat(insert.rows().get(1).get(6).value()).isEqualTo(Constant.of(LogicalType.BOOL, 0));
  }

  @Test
  void insertWithoutColumnsTakesThemInOrder() {
    Statement.Insert insert = (Statement.Insert) parse("INSERT INTO u VALUES (1, 2, 'n')");
    assertThat(insert.columns()).containsExactly("id", "a", "name");
    assertThat(insert.rows()).hasSize(1);
  }

  @Test
  void wideDecimalsAreExact() {
    Statement.Query query =
        (Statement.Query) parse("SELECT 12345678901234567890123456789.123456789");
    assertThat(query.columns().getFirst().type()).isEqualTo(LogicalType.decimal(38, 9));
    assertThat(query.plan().toString())
        .contains(new BigInteger("12345678901234567890123456789123456789").toString());
  }

  @Test
  void smallStatementsAreUnderstood() {
    assertThat(parse("show tables")).isEqualTo(new Statement.ShowTables(Optional.empty()));
    assertThat(parse("SHOW TABLES IN kyma.default"))
        .isEqualTo(new Statement.ShowTables(Optional.of("default")));
    assertThat(parse("SHOW DATABASES")).isEqualTo(new Statement.ShowDatabases());
    assertThat(parse("DROP TABLE IF EXISTS a.b"))
        .isEqualTo(
            new Statement.DropTable(new TableName("a", "b"), Statement.DropTable.IfMissing.IGNORE));
    assertThat(((Statement.Describe) parse("DESCRIBE otel_logs")).table().schema().size())
        .isEqualTo(17);
    assertThat(((Statement.Explain) parse("EXPLAIN ANALYZE SELECT 1")).mode())
        .isEqualTo(Statement.Explain.Mode.ANALYZE);
    assertThat(List.of(parse("SELECT 1;"), parse("-- c\nSELECT 1"))).hasSize(2);
  }
}
