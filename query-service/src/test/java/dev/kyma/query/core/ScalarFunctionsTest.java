package dev.kyma.query.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kyma.catalog.TableDef;
import dev.kyma.format.tlm.TlmFormat;
import dev.kyma.query.calcite.SqlFrontend;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values of functions, as Postgres gives them. Each is asked as a constant and of a column. */
final class ScalarFunctionsTest {
  /** An expression and its value as JSON. */
  private record Example(String sql, String value) {}

  private static final List<Example> EXAMPLES =
      List.of(
          new Example("7 / 2", "3"),
          new Example("-7 / 2", "-3"),
          new Example("-7 % 3", "-1"),
          new Example("CAST('1.005' AS DECIMAL(10, 2))", "\"1.01\""),
          new Example("CAST(2.5E0 AS INTEGER)", "2"),
          new Example("CAST(3.5E0 AS INTEGER)", "4"),
          new Example("CAST(2.5 AS INTEGER)", "3"),
          new Example("abs(-5)", "5"),
          new Example("sqrt(2.25E0)", "1.5"),
          new Example("power(2E0, 10E0)", "1024"),
          new Example("upper('straße')", "\"STRASSE\""),
          new Example("initcap('hello wORLD')", "\"Hello World\""),
          new Example("substring('Thomas', 2, 3)", "\"hom\""),
          new Example("substring('Thomas', -1, 4)", "\"Th\""),
          new Example("position('om' IN 'Thomas')", "3"),
          new Example("trim(BOTH 'xy' FROM 'yxTomxx')", "\"Tom\""),
          new Example("lpad('hi', 5, 'xy')", "\"xyxhi\""),
          new Example("rpad('hi', 5, 'xy')", "\"hixyx\""),
          new Example("left('abcde', -2)", "\"abc\""),
          new Example("right('abcde', 2)", "\"de\""),
          new Example("replace('abcdefabcdef', 'cd', 'XX')", "\"abXXefabXXef\""),
          new Example("translate('12345', '143', 'ax')", "\"a2x5\""),
          new Example("reverse('abcde')", "\"edcba\""),
          new Example("repeat('Pg', 3)", "\"PgPgPg\""),
          new Example("split_part('abc~@~def~@~ghi', '~@~', 2)", "\"def\""),
          new Example("split_part('abc,def,ghi,jkl', ',', -2)", "\"ghi\""),
          new Example("starts_with('alphabet', 'alph')", "true"),
          new Example("ascii('x')", "120"),
          new Example("chr(65)", "\"A\""),
          new Example("md5('abc')", "\"900150983cd24fb0d6963f7d28e17f72\""),
          new Example("length('jo€se')", "5"),
          new Example("octet_length('jo€se')", "7"),
          new Example("concat('abcde', 2, NULL, 22)", "\"abcde222\""),
          new Example("concat_ws(',', 'abcde', 2, NULL, 22)", "\"abcde,2,22\""),
          new Example("'abc' LIKE 'a%'", "true"),
          new Example("'abc' LIKE '_b_'", "true"),
          new Example("'ABC' ILIKE 'a%'", "true"),
          new Example("'a%c' LIKE 'a\\%c'", "true"),
          new Example("'abc' SIMILAR TO '%(b|d)%'", "true"),
          new Example("'thomat' ~ 't.*m'", "true"),
          new Example("'thomat' ~* 'T.*MA'", "true"),
          new Example("regexp_replace('foobarbaz', 'b..', 'X', 'g')", "\"fooXX\""),
          new Example("regexp_replace('foobarbaz', 'b(..)', 'X\\1Y', 'g')", "\"fooXarYXazY\""),
          new Example("coalesce(NULL, 'x')", "\"x\""),
          new Example("nullif(5, 5)", "null"),
          new Example("greatest(1, NULL, 3)", "3"),
          new Example("least('b', 'a')", "\"a\""),
          new Example("NULL AND FALSE", "false"),
          new Example("NULL OR TRUE", "true"),
          new Example("NOT NULL", "null"),
          new Example("NULL IS DISTINCT FROM 1", "true"),
          new Example("3 IN (1, 2, NULL)", "null"),
          new Example(
              "date_trunc('hour', TIMESTAMP '2001-02-16 20:38:40')",
              "\"2001-02-16T20:00:00.000000000Z\""),
          new Example(
              "date_trunc('week', TIMESTAMP '2001-02-16 20:38:40')",
              "\"2001-02-12T00:00:00.000000000Z\""),
          new Example(
              "date_bin(INTERVAL '15 minutes', TIMESTAMP '2020-02-11 15:44:17',"
                  + " TIMESTAMP '2001-01-01')",
              "\"2020-02-11T15:30:00.000000000Z\""),
          new Example("extract(year FROM TIMESTAMP '2001-02-16 20:38:40')", "2001"),
          new Example("extract(dow FROM TIMESTAMP '2001-02-16 20:38:40')", "5"),
          new Example("extract(epoch FROM TIMESTAMP '2001-02-16 20:38:40.12')", "982355920.12"),
          new Example(
              "TIMESTAMP '2001-01-31 00:00:00' + INTERVAL '1 month'",
              "\"2001-02-28T00:00:00.000000000Z\""),
          new Example(
              "TIMESTAMP '2001-09-28 01:00:00' + INTERVAL '23 hours'",
              "\"2001-09-29T00:00:00.000000000Z\""),
          new Example(
              "to_char(TIMESTAMP '2001-02-16 20:38:40', 'YYYY-MM-DD HH24:MI:SS')",
              "\"2001-02-16 20:38:40\""),
          new Example("CAST(PARSE_JSON('1.5') AS DOUBLE)", "1.5"),
          new Example("CAST(PARSE_JSON('7') AS BIGINT)", "7"),
          new Example("CAST(PARSE_JSON('\"8\"') AS BIGINT)", "8"),
          new Example("CAST(PARSE_JSON('1.5') AS BIGINT)", "null"),
          new Example("CAST(PARSE_JSON('\"a\"') AS BIGINT)", "null"),
          new Example("CAST(PARSE_JSON('true') AS BOOLEAN)", "true"),
          new Example("PARSE_JSON('1.0') = PARSE_JSON('1')", "true"),
          new Example(
              "PARSE_JSON('{\"a\":1,\"b\":2}') = PARSE_JSON('{\"b\":2, \"a\":1.0}')", "true"),
          new Example("CAST(1.5E0 AS TEXT)", "\"1.5\""),
          new Example("CAST(1E20 AS TEXT)", "\"1e+20\""),
          new Example(
              "CAST(TIMESTAMP '2026-01-02 03:04:05.6' AS TEXT)", "\"2026-01-02 03:04:05.6\""));

  @Test
  void valuesAreThoseOfPostgres(@TempDir Path directory) throws Exception {
    List<String> wrong = new ArrayList<>();
    try (TestCluster cluster = new TestCluster(directory, new TlmFormat())) {
      TableDef table = cluster.createTable("spans", QueryEngineTest.SCHEMA, 1, 0);
      cluster.addExtent(table, List.of(QueryEngineTest.batch(0, 3)));
      QueryEngine engine = cluster.engine(1, new SqlFrontend());
      for (Example example : EXAMPLES) {
        String expected = "[" + example.value + "]";
        check(engine, "SELECT " + example.sql, List.of(expected), wrong);
        check(
            engine,
            "SELECT " + example.sql + " FROM spans WHERE duration < 2",
            List.of(expected, expected),
            wrong);
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static void check(
      QueryEngine engine, String sql, List<String> expected, List<String> wrong) {
    try {
      List<String> actual = Rows.of(engine, sql);
      if (!actual.equals(expected)) {
        wrong.add(sql + " is " + actual + ", not " + expected);
      }
    } catch (RuntimeException e) {
      wrong.add(sql + " fails: " + e);
    }
  }

  @Test
  void valuesWithoutOneAreErrors(@TempDir Path directory) throws Exception {
    try (TestCluster cluster = new TestCluster(directory, new TlmFormat())) {
      TableDef table = cluster.createTable("spans", QueryEngineTest.SCHEMA, 1, 0);
      cluster.addExtent(table, List.of(QueryEngineTest.batch(0, 3)));
      QueryEngine engine = cluster.engine(1, new SqlFrontend());
      for (String expression :
          List.of(
              "1 / (duration - duration)",
              "duration + 9223372036854775807",
              "CAST(service AS INTEGER)",
              "sqrt(ratio - 100)",
              "ln(ratio - ratio)",
              "CAST(ratio + 1E10 AS INTEGER)",
              "substring(service, 1, -1)",
              "chr(CAST(duration - 1 AS INTEGER))")) {
        assertThatThrownBy(() -> Rows.of(engine, "SELECT " + expression + " FROM spans"))
            .as(expression)
            .isInstanceOfSatisfying(
                QueryException.class,
                e -> assertThat(e.code()).isEqualTo(QueryException.Code.INVALID_VALUE));
      }
    }
  }
}
