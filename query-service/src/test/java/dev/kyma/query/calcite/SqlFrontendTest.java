package dev.kyma.query.calcite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kyma.query.core.frontend.OutputColumn;
import dev.kyma.query.core.frontend.Session;
import dev.kyma.query.core.frontend.Statement;
import dev.kyma.query.core.plan.PlanText;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What statements are planned to. */
class SqlFrontendTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final Session SESSION = new Session(TestSchemas.telemetry(), NOW);

  private final SqlFrontend frontend = new SqlFrontend();

  private Statement.Query query(String sql) {
    return (Statement.Query) frontend.parse(sql, SESSION);
  }

  private String plan(String sql) {
    return String.join("\n", PlanText.lines(query(sql).plan()));
  }

  private List<String> columns(String sql) {
    return query(sql).columns().stream()
        .map(column -> column.name() + " " + column.type())
        .toList();
  }

  @Test
  void theMissionsStatementReadsOnlyWhatItNeeds() {
    String sql =
        """
        SELECT u.email, COUNT(*) AS errors FROM pg_prod.public.users u
        JOIN otel_logs l ON l.user_id = u.id
        WHERE l.severity_text = 'ERROR' AND l._timestamp > now() - INTERVAL '1 hour'
        GROUP BY u.email ORDER BY errors DESC LIMIT 5""";
    assertThat(columns(sql)).containsExactly("email text", "errors int64");
    assertThat(plan(sql))
        .isEqualTo(
            """
            top errors desc nulls first limit=5
              aggregate by email compute count(*)
                inner join on id = user_id build=left
                  scan pg_prod.public.users columns=[id, email]
                  scan default.otel_logs columns=[user_id (path user_id as int64)] \
            where=(#4 = 'ERROR' and #1 > timestamp '2026-01-02T02:04:05Z')""");
  }

  @Test
  void nowIsThatOfEachExecutionAlsoFromTheCache() {
    String sql = "SELECT count(*) FROM otel_logs WHERE timestamp > now() - INTERVAL '1 minute'";
    query(sql);
    Session later = new Session(SESSION.schemas(), NOW.plusSeconds(3600));
    Statement.Query again = (Statement.Query) frontend.parse(sql, later);
    assertThat(PlanText.lines(again.plan()).getLast()).contains("2026-01-02T04:03:05Z");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "otel_logs",
        "default.otel_logs",
        "kyma.default.otel_logs",
        "\"otel_logs\"",
        "OTEL_LOGS"
      })
  void tablesHaveUpToThreeNames(String table) {
    assertThat(plan("SELECT body FROM " + table))
        .isEqualTo("scan default.otel_logs columns=[body]");
  }

  @Test
  void wordsThatSqlReservesElsewhereAreColumns() {
    assertThat(
            columns(
                "SELECT timestamp, value, scope, count, min, max, sum, type, resource"
                    + " FROM otel_metrics"))
        .containsExactly(
            "timestamp timestamp",
            "value float64",
            "scope dynamic",
            "count int64",
            "min float64",
            "max float64",
            "sum float64",
            "type text",
            "resource dynamic");
  }

  @Test
  void namesThatAreNoColumnArePathsIntoTheOverflow() {
    assertThat(plan("SELECT status, name FROM otel_metrics WHERE host = 'a'"))
        .isEqualTo(
            "scan default.otel_metrics columns=[status (path status as dynamic),"
                + " name (path name as dynamic)] where=(#10['host'] = 'a')");
    assertThat(plan("SELECT e.http.method FROM app.events e"))
        .contains("path http.method as dynamic");
  }

  @Test
  void dynamicValuesTakeTheTypeTheyMeet() {
    assertThat(
            plan(
                "SELECT id FROM t WHERE j['a']['b'] > 5 AND j->>'x' LIKE 'abc%' AND j['n'] = 3"
                    + " AND j->'o'->>'p' = 'q'"))
        .isEqualTo(
            "scan default.t columns=[id] where=(#10['a']['b'] > 5.0 and #10['x'] like 'abc%'"
                + " and #10['n'] = 3 and #10['o']['p'] = 'q')");
  }

  @Test
  void pathsAreReadThroughProjectionsAndJoins() {
    assertThat(
            plan(
                "SELECT s.a['m'] FROM (SELECT attributes AS a, trace_id FROM otel_traces) s"
                    + " JOIN otel_logs l ON l.trace_id = s.trace_id WHERE l.attributes['k'] = 'v'"))
        .contains("m (path m as dynamic)")
        .doesNotContain("[attributes");
  }

  @Test
  void aggregatesOfPathsReadNumbers() {
    assertThat(plan("SELECT sum(attributes['y']) FROM otel_logs"))
        .contains("columns=[y (path y as float64)]");
  }

  @Test
  void sumsOfIntervalsAreExactAndShownAsIntervals() {
    assertThat(plan("SELECT sum(at - at), max(at - at) FROM t"))
        .startsWith("project nanos_to_text(cast(sum as int64)) as sum, nanos_to_text(max) as max");
  }

  @Test
  void theEventTimeHasOneNameEverywhere() {
    assertThat(plan("SELECT _timestamp FROM otel_traces"))
        .isEqualTo("scan default.otel_traces columns=[start_time]");
    assertThat(columns("SELECT _timestamp FROM otel_traces"))
        .containsExactly("_timestamp timestamp");
  }

  @Test
  void countsReadNoColumn() {
    assertThat(plan("SELECT count(*), count(id) FROM t WHERE has(s, 'x') AND a IN (1, 2)"))
        .isEqualTo(
            "project count, count\n  aggregate compute count(*)\n"
                + "    scan default.t columns=[] where=(has(#6, 'x') and #2 in (1, 2))");
  }

  @Test
  void groupingIsByColumnBeforeAlias() {
    assertThat(
            plan(
                "SELECT date_trunc('minute', timestamp) AS minute, count(*) FROM otel_logs"
                    + " GROUP BY minute ORDER BY minute"))
        .isEqualTo(
            """
            sort minute
              aggregate by minute compute count(*)
                project date_trunc('minute', timestamp) as minute
                  scan default.otel_logs columns=[timestamp]""");
    assertThat(plan("SELECT lower(s) AS a, count(*) FROM t GROUP BY a, s ORDER BY 1"))
        .contains("aggregate by a, s")
        .contains("project lower(s) as a");
  }

  @Test
  void numbersAreTypedAsInPostgres() {
    assertThat(columns("SELECT a / 2, b + 1, c * 2, d * d, d / 3, small + small, 1.5 + 1 FROM t"))
        .extracting(column -> column.substring(column.indexOf(' ') + 1))
        .containsExactly(
            "int32",
            "int64",
            "float64",
            "decimal(20,4)",
            "decimal(38,16)",
            "int16",
            "decimal(12,1)");
    assertThat(columns("SELECT sum(a), sum(b), sum(d), avg(a), avg(c), count(*) FROM t"))
        .containsExactly(
            "sum int64",
            "sum decimal(38,0)",
            "sum decimal(38,2)",
            "avg decimal(38,16)",
            "avg float64",
            "count int64");
  }

  @Test
  void timesAndIntervalsAreExactToTheNanosecond() {
    assertThat(plan("SELECT at + INTERVAL '1 month 2 days', at - at, day + 3 FROM t"))
        .startsWith(
            "project add_nanos(add_months(at, 1), 172800000000000) as ?column?,"
                + " nanos_to_text(nanos_between(at, at)) as ?column?, add_days(day, 3)");
    assertThat(plan("SELECT id FROM t WHERE at - at > INTERVAL '1 ns'"))
        .contains("nanos_between(at, at) > 1");
    assertThat(plan("SELECT id FROM t WHERE day < date '2026-01-01' + INTERVAL '1 month'"))
        .isEqualTo("scan default.t columns=[id] where=(#8 < date '2026-02-01')");
  }

  @Test
  void subqueriesBecomeJoins() {
    assertThat(plan("SELECT id FROM t WHERE id IN (SELECT id FROM u WHERE amount > 5)"))
        .isEqualTo(
            """
            semi join on id = id build=right
              scan default.t columns=[id]
              scan default.u columns=[id] where=(#4 > 5.0000)""");
    assertThat(plan("SELECT id FROM t WHERE NOT EXISTS (SELECT 1 FROM u WHERE u.id = t.id)"))
        .contains("left join on id = id");
    assertThat(plan("SELECT id, (SELECT count(*) FROM u WHERE u.id = t.id) FROM t"))
        .contains("case when is_null(count) then 0 else count end as count");
    assertThat(plan("SELECT id FROM t WHERE a NOT IN (SELECT a FROM u)")).contains("count(a)");
  }

  @Test
  void theSmallerSideIsBuilt() {
    assertThat(plan("SELECT 1 FROM otel_logs l JOIN u ON u.name = l.body")).contains("build=right");
    assertThat(plan("SELECT 1 FROM u JOIN otel_logs l ON u.name = l.body")).contains("build=left");
  }

  @Test
  void pastStatesAreNamed() {
    assertThat(plan("SELECT id FROM t AS OF SNAPSHOT 5 x WHERE x.a = 1"))
        .isEqualTo("scan default.t as of snapshot 5 columns=[id] where=(#2 = 1)");
    assertThat(plan("SELECT id FROM t FOR SYSTEM_TIME AS OF TIMESTAMP '2026-01-01 00:00:00'"))
        .startsWith("scan default.t as of 2026-01-01T00:00:00Z");
    assertThat(plan("SELECT id FROM t AS OF now() - INTERVAL '1 day'"))
        .startsWith("scan default.t as of 2026-01-01T03:04:05Z");
    assertThat(plan("SELECT id FROM history(t) h")).startsWith("scan default.t history");
  }

  @Test
  void columnsAreNamedAsInPostgres() {
    assertThat(
            columns(
                "SELECT id, count(*) OVER (), a::bigint, a + 1, CASE WHEN flag THEN 1 END, j->>'k',"
                    + " upper(s) AS Up FROM t"))
        .extracting(column -> column.substring(0, column.indexOf(' ')))
        .containsExactly("id", "count", "a", "?column?", "case", "k", "up");
    assertThat(query("SELECT t.id, u.id FROM t JOIN u ON t.id = u.id").columns())
        .extracting(OutputColumn::name)
        .containsExactly("id", "id");
  }

  @Test
  void constantsAreFoldedAndFalseReadsNothing() {
    assertThat(plan("SELECT id FROM t WHERE 1 = 2")).isEqualTo("values rows=0");
    assertThat(plan("SELECT id FROM t WHERE 2 > 1 AND a = 1 + 1"))
        .isEqualTo("scan default.t columns=[id] where=(#2 = 2)");
    // What fails to compute is left to the rows that meet it.
    assertThat(plan("SELECT CASE WHEN flag THEN 1 / 0 ELSE 1 END FROM t")).contains("(1 / 0)");
  }

  @Test
  void everyPlanIsOfTheTypesItAnnounces() {
    for (String sql :
        List.of(
            "SELECT * FROM t JOIN u USING (id)",
            "SELECT a FROM t UNION ALL SELECT id FROM u",
            "SELECT 'x' UNION SELECT s FROM t",
            "SELECT a, grouping(a) FROM t GROUP BY ROLLUP (a)",
            "SELECT string_agg(s, ',' ORDER BY id), percentile_cont(0.5) WITHIN GROUP (ORDER BY a)"
                + " FROM t",
            "SELECT lag(b, 1) OVER (PARTITION BY a ORDER BY id) FROM t",
            "VALUES (1, 'a'), (2, NULL)",
            "SELECT coalesce(j['a'], 1), nullif(a, 1), greatest(a, b) FROM t",
            "SELECT cosine_distance(v, '[1,2,3]') FROM t")) {
      Statement.Query query = query(sql);
      assertThat(query.plan().output())
          .as(sql)
          .extracting(column -> column.type())
          .isEqualTo(query.columns().stream().map(OutputColumn::type).toList());
    }
  }
}
