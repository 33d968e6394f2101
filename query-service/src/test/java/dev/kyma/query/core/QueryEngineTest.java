package dev.kyma.query.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kyma.catalog.FreshnessToken;
import dev.kyma.catalog.TableDef;
import dev.kyma.format.tlm.TlmFormat;
import dev.kyma.format.type.Field;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.type.TableSchema;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.BytesVectorBuilder;
import dev.kyma.format.vector.DoubleVectorBuilder;
import dev.kyma.format.vector.LongVectorBuilder;
import dev.kyma.query.calcite.SqlFrontend;
import dev.kyma.query.core.frontend.StatementException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Statements over extents in TLM and a log, against a catalog in SQLite. */
final class QueryEngineTest {
  static final TableSchema SCHEMA =
      TableSchema.of(
          new Field(1, "ts", LogicalType.TIMESTAMP, false),
          new Field(2, "service", LogicalType.TEXT, true),
          new Field(3, "duration", LogicalType.INT64, true),
          new Field(4, "ratio", LogicalType.FLOAT64, true),
          new Field(5, "attributes", LogicalType.DYNAMIC, true));

  private TestCluster cluster;
  private QueryEngine engine;
  private TableDef table;

  @BeforeEach
  void start(@TempDir Path directory) {
    cluster = new TestCluster(directory, new TlmFormat());
    engine = cluster.engine(2, new SqlFrontend());
    table = cluster.createTable("spans", SCHEMA, 1, 0);
  }

  @AfterEach
  void stop() throws InterruptedException {
    cluster.close();
  }

  static Batch batch(int from, int to) {
    LongVectorBuilder ts = new LongVectorBuilder(LogicalType.TIMESTAMP, 16);
    BytesVectorBuilder service = new BytesVectorBuilder(LogicalType.TEXT, 16);
    LongVectorBuilder duration = new LongVectorBuilder(LogicalType.INT64, 16);
    DoubleVectorBuilder ratio = new DoubleVectorBuilder(LogicalType.FLOAT64, 16);
    BytesVectorBuilder attributes = new BytesVectorBuilder(LogicalType.DYNAMIC, 16);
    for (int i = from; i < to; i++) {
      ts.append(1_700_000_000_000_000_000L + i * 1_000_000_000L);
      service.append("service-" + i % 5);
      if (i % 10 == 9) {
        duration.appendNull();
      } else {
        duration.append(i);
      }
      ratio.append(i / 4.0);
      attributes.append("{\"user_id\":\"u" + i % 7 + "\",\"n\":" + i + "}");
    }
    return new Batch(
        List.of(ts.build(), service.build(), duration.build(), ratio.build(), attributes.build()),
        to - from);
  }

  @Test
  void readsExtentsAndTheLogBehindThem() {
    cluster.addExtent(table, List.of(batch(0, 1_000)));
    cluster.addExtent(table, List.of(batch(1_000, 1_500)));
    cluster.append(table, batch(1_500, 1_600), List.of());
    assertThat(Rows.of(engine, "SELECT count(*) FROM spans")).containsExactly("[1600]");
    assertThat(Rows.of(engine, "SELECT count(*), count(duration) FROM spans WHERE duration > 1498"))
        .containsExactly("[90,90]");
    assertThat(
            Rows.sorted(
                engine,
                "SELECT service, count(*), sum(duration), max(ts) FROM spans GROUP BY service"))
        .hasSize(5)
        .first()
        .isEqualTo("[\"service-0\",320,\"255200\",\"2023-11-14T22:39:55.000000000Z\"]");
    assertThat(
            Rows.of(
                engine,
                QueryRequest.sql("SELECT count(*) FROM spans").with(new Freshness.Committed())))
        .containsExactly("[1500]");
  }

  @Test
  void ordersAndLimits() {
    cluster.addExtent(table, List.of(batch(0, 20_000)));
    cluster.append(table, batch(20_000, 20_010), List.of());
    assertThat(
            Rows.of(
                engine,
                "SELECT duration, service FROM spans ORDER BY duration DESC NULLS LAST LIMIT 3"))
        .containsExactly("[20008,\"service-3\"]", "[20007,\"service-2\"]", "[20006,\"service-1\"]");
    assertThat(Rows.of(engine, "SELECT ratio FROM spans ORDER BY ts LIMIT 2 OFFSET 5"))
        .containsExactly("[1.25]", "[1.5]");
    assertThat(Rows.of(engine, "SELECT ts FROM spans LIMIT 7")).hasSize(7);
  }

  @Test
  void looksBareNamesUpInAttributes() {
    cluster.addExtent(table, List.of(batch(0, 70)));
    cluster.append(table, batch(70, 77), List.of());
    assertThat(
            Rows.sorted(engine, "SELECT user_id, count(*) FROM spans GROUP BY user_id").getFirst())
        .contains("u0")
        .contains("11");
  }

  @Test
  void groupsEqualJsonValuesTogether() {
    BytesVectorBuilder attributes = new BytesVectorBuilder(LogicalType.DYNAMIC, 4);
    for (String json :
        List.of(
            "{\"v\":1}", "{\"v\":1.0}", "{\"v\":{\"a\":1,\"b\":2}}", "{\"v\":{\"b\":2,\"a\":1}}")) {
      attributes.append(json);
    }
    Batch rest = batch(0, 4);
    cluster.append(
        table,
        new Batch(
            List.of(
                rest.column(0), rest.column(1), rest.column(2), rest.column(3), attributes.build()),
            4),
        List.of());
    assertThat(Rows.sorted(engine, "SELECT v, count(*) FROM spans GROUP BY v"))
        .containsExactly("[1,2]", "[{\"a\":1,\"b\":2},2]");
    assertThat(Rows.of(engine, "SELECT count(DISTINCT v) FROM spans")).containsExactly("[2]");
    assertThat(Rows.sorted(engine, "SELECT v FROM spans ORDER BY ts"))
        .contains("[1.0]", "[{\"b\":2,\"a\":1}]");
  }

  @Test
  void joinsAndUnites() {
    cluster.addExtent(table, List.of(batch(0, 100)));
    assertThat(
            Rows.of(
                engine,
                "SELECT a.service, count(*) FROM spans a JOIN spans b ON a.service = b.service"
                    + " WHERE a.duration < 5 GROUP BY a.service ORDER BY a.service"))
        .containsExactly(
            "[\"service-0\",20]",
            "[\"service-1\",20]",
            "[\"service-2\",20]",
            "[\"service-3\",20]",
            "[\"service-4\",20]");
    assertThat(
            Rows.of(
                engine, "SELECT count(*) FROM (SELECT service FROM spans UNION SELECT 'other') x"))
        .containsExactly("[6]");
    assertThat(Rows.of(engine, "SELECT count(*) FROM spans WHERE service IN (SELECT 'service-1')"))
        .containsExactly("[20]");
  }

  @Test
  void computesPercentilesPerMinute() {
    cluster.addExtent(table, List.of(batch(0, 600)));
    List<String> rows =
        Rows.of(
            engine,
            "SELECT date_trunc('minute', ts) AS m, percentile_cont(0.5) WITHIN GROUP (ORDER BY"
                + " ratio) AS p FROM spans GROUP BY 1 ORDER BY 1");
    assertThat(rows).hasSize(11);
    assertThat(rows.get(1)).isEqualTo("[\"2023-11-14T22:14:00.000000000Z\",17.375]");
  }

  @Test
  void describesItself() {
    assertThat(Rows.of(engine, "SHOW TABLES")).containsExactly("[\"default\",\"spans\"]");
    assertThat(Rows.of(engine, "DESCRIBE spans"))
        .hasSize(5)
        .contains("[\"ts\",\"TIMESTAMP\",\"NO\",null,null]");
    assertThat(
            Rows.of(
                engine,
                "SELECT column_name FROM information_schema.columns WHERE table_name = 'spans'"
                    + " ORDER BY ordinal_position"))
        .hasSize(5)
        .first()
        .isEqualTo("[\"ts\"]");
    cluster.addExtent(table, List.of(batch(0, 10)));
    assertThat(
            String.join("\n", Rows.of(engine, "EXPLAIN SELECT * FROM spans WHERE duration > 99")))
        .contains("extents 0 of 1");
  }

  @Test
  void namesTheLimitThatWasReached() {
    cluster.addExtent(table, List.of(batch(0, 200_000)));
    QueryRequest request =
        new QueryRequest(
            "sql",
            "SELECT attributes, count(*) FROM spans GROUP BY attributes",
            new Freshness.Hot(),
            OptionalLong.of(100_000),
            java.util.Optional.empty());
    assertThatThrownBy(() -> Rows.of(engine, request))
        .isInstanceOfSatisfying(
            QueryException.class,
            e -> {
              assertThat(e.code()).isEqualTo(QueryException.Code.QUERY_LIMIT_EXCEEDED);
              assertThat(e.properties()).containsEntry("limit", "kyma.query.max-memory");
            });
    assertThat(Rows.of(engine, "SELECT count(*) FROM spans")).containsExactly("[200000]");
  }

  @Test
  void failsOnValuesThatDoNotFit() {
    cluster.addExtent(table, List.of(batch(0, 10)));
    for (String sql :
        List.of(
            "SELECT duration / (duration - 1) FROM spans",
            "SELECT 9223372036854775807 + duration FROM spans",
            "SELECT CAST(service AS BIGINT) FROM spans")) {
      assertThatThrownBy(() -> Rows.of(engine, sql))
          .as(sql)
          .isInstanceOfSatisfying(
              QueryException.class,
              e -> assertThat(e.code()).isEqualTo(QueryException.Code.INVALID_VALUE));
    }
    assertThatThrownBy(() -> Rows.of(engine, "SELECT nothing FROM nowhere"))
        .isInstanceOf(StatementException.class);
    assertThat(
            Rows.of(
                engine,
                "SELECT CASE WHEN duration = 1 THEN 0 ELSE 10 / (duration - 1) END FROM spans"
                    + " WHERE duration < 3"))
        .containsExactly("[-10]", "[0]", "[10]");
  }

  @Test
  void waitsForTokensAndSaysWhatIsMissing() {
    long offset = cluster.append(table, batch(0, 3), List.of());
    int log = table.log().firstOrdinal();
    Freshness seen =
        new Freshness.Token(new FreshnessToken(List.of(new FreshnessToken.Entry(log, offset))));
    assertThat(Rows.of(engine, QueryRequest.sql("SELECT count(*) FROM spans").with(seen)))
        .containsExactly("[3]");
    Freshness ahead =
        new Freshness.Token(new FreshnessToken(List.of(new FreshnessToken.Entry(log, offset + 5))));
    assertThatThrownBy(
            () -> Rows.of(engine, QueryRequest.sql("SELECT count(*) FROM spans").with(ahead)))
        .isInstanceOfSatisfying(
            QueryException.class,
            e -> assertThat(e.code()).isEqualTo(QueryException.Code.FRESHNESS_TIMEOUT));
  }
}
