package dev.kyma.query.calcite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.kyma.query.core.frontend.Session;
import dev.kyma.query.core.frontend.StatementException;
import dev.kyma.query.core.frontend.StatementException.Code;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Errors say what is wrong, and where. */
class StatementErrorsTest {
  private static final Session SESSION = new Session(TestSchemas.telemetry(), Instant.EPOCH);

  private final SqlFrontend frontend = new SqlFrontend();

  private StatementException error(String sql) {
    return catchThrowableOfType(StatementException.class, () -> frontend.parse(sql, SESSION));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT FROM t | SYNTAX | 1 | 8",
        "SELECT a b c FROM t | SYNTAX | 1 | 12",
        "SELECT a FROM t WHERE | SYNTAX | 1 | 22",
        "SELECT a FROM t ORDER a | SYNTAX | 1 | 23",
        "SELECT 'abc | SYNTAX | 1 | 8",
        "SELECT (1 + 2 | SYNTAX | 1 | 14",
        "SELECT 1 FROM t; SELECT 2 | SYNTAX | 1 | 18",
        "SELECT nope FROM t | UNKNOWN_COLUMN | 1 | 8",
        "SELECT x.a FROM t | UNKNOWN_TABLE | 1 | 8",
        "SELECT t.amout FROM t | UNKNOWN_COLUMN | 1 | 10",
        "SELECT id FROM t JOIN u ON t.id = u.id | UNKNOWN_COLUMN | 1 | 8",
        "SELECT a FROM nope | UNKNOWN_TABLE | 1 | 15",
        "SELECT nope(a) FROM t | UNKNOWN_FUNCTION | 1 | 8",
        "SELECT upper(a, b) FROM t | UNKNOWN_FUNCTION | 1 | 8",
        "SELECT a, sum(s) FROM t GROUP BY a | UNKNOWN_FUNCTION | 1 | 11",
        "SELECT a, b FROM t GROUP BY a | INVALID | 1 | 11",
        "SELECT s + 1 FROM t | INVALID | 1 | 8",
        "SELECT a FROM t WHERE s = 1 | INVALID | 1 | 23",
        "SELECT a::nothing FROM t | INVALID | 1 | 11",
        "SELECT a FROM t UNION SELECT a, id FROM u | INVALID | 1 | 23",
        "SELECT * FROM live(pg_prod.public.users) | UNSUPPORTED | 1 | 15",
        "WITH RECURSIVE x AS (SELECT 1) SELECT * FROM x | UNSUPPORTED | 1 | 6",
        "SELECT INTERVAL '1 hourr' | VALUE | 1 | 17",
        "CREATE TABLE x (id BIGINT PRIMARY KEY, k INT PRIMARY KEY) | INVALID | 1 | 46",
        "CREATE TABLE x (id BIGINT PRIMARY KEY, PRIMARY KEY (id)) | INVALID | 1 | 40",
        "CREATE TABLE x (id BIGINT, PRIMARY KEY (id, ip)) | UNKNOWN_COLUMN | 1 | 45",
        "CREATE TABLE x (id BIGINT, PRIMARY KEY (id, id)) | INVALID | 1 | 45",
        "CREATE TABLE x (j JSONB PRIMARY KEY) | INVALID | 1 | 17",
        "CREATE TABLE x (id BIGINT PRIMARY) | SYNTAX | 1 | 27",
        "CREATE TABLE x (id BIGINT UNIQUE) | UNSUPPORTED | 1 | 27",
        "CREATE TABLE x (id BIGINT, CHECK (id > 1)) | UNSUPPORTED | 1 | 28",
        "CREATE TABLE x (at TIMESTAMP DEFAULT now() - INTERVAL '1 day') | UNSUPPORTED | 1 | 38",
        "CREATE TABLE x (id BIGINT DEFAULT now()) | INVALID | 1 | 35",
        "CREATE TABLE x (s TEXT DEFAULT snowflake_id()) | INVALID | 1 | 32",
        "CREATE TABLE x (id BIGINT DEFAULT 'x') | VALUE | 1 | 35",
        "CREATE TABLE x (id BIGINT DEFAULT random()) | UNSUPPORTED | 1 | 35",
        "CREATE TABLE x (id BIGINT) WITH (TYPE = 'USER') | UNSUPPORTED | 1 | 41",
        "CREATE TABLE x (id BIGINT) WITH (TYPE = 'STREAM') | UNSUPPORTED | 1 | 41",
        "CREATE TABLE x (id BIGINT) WITH (FLUSH_POLICY = 'rows:x') | INVALID | 1 | 49",
        "CREATE TABLE x (id BIGINT, id INT) | INVALID | 1 | 28",
        "CREATE TABLE x (id BIGINT) WITH (RETENTON = '1d') | INVALID | 1 | 34",
        "CREATE TABLE x (id BIGINT) WITH (RETENTION = '1d', RETENTION = '2d') | INVALID | 1 | 52",
        "CREATE TABLE x (id BIGINT) WITH (RETENTION = 'soon') | INVALID | 1 | 46",
        "CREATE TABLE x (id BIGINT) WITH (RETENTION = '0') | INVALID | 1 | 46",
        "CREATE TABLE x (id BIGINT) WITH (HISTORY_RETENTION = '-1d') | INVALID | 1 | 54",
        "CREATE TABLE x (id BIGINT) WITH (FLUSH_POLICY = 'rows:0') | INVALID | 1 | 49",
        "ALTER TABLE nope ADD COLUMN a INT | UNKNOWN_TABLE | 1 | 13",
        "ALTER TABLE u ADD COLUMN name TEXT | INVALID | 1 | 26",
        "ALTER TABLE u ADD COLUMN x INT, ADD COLUMN x INT | INVALID | 1 | 44",
        "ALTER TABLE u ADD COLUMN x INT NOT NULL | INVALID | 1 | 26",
        "ALTER TABLE u ADD COLUMN x INT PRIMARY KEY | UNSUPPORTED | 1 | 40",
        "ALTER TABLE u ADD PRIMARY KEY (id) | UNSUPPORTED | 1 | 15",
        "ALTER TABLE u DROP COLUMN name | UNSUPPORTED | 1 | 15",
        "ALTER TABLE u RENAME TO v | UNSUPPORTED | 1 | 15",
        "ALTER TABLE u SET (TYPE = 'SHARED') | INVALID | 1 | 20",
        "ALTER TABLE u SET () | SYNTAX | 1 | 20",
        "ALTER TABLE u FROB | SYNTAX | 1 | 15",
        "ALTER INDEX u | UNSUPPORTED | 1 | 7",
        "DROP VIEW u | UNSUPPORTED | 1 | 6",
        "INSERT INTO u (id, nope) VALUES (1, 2) | UNKNOWN_COLUMN | 1 | 20",
        "INSERT INTO u (id) VALUES ('x') | VALUE | 1 | 28",
        "INSERT INTO u (id) VALUES (NULL) | VALUE | 1 | 28",
        "INSERT INTO u (id) SELECT 1 | UNSUPPORTED | 1 | 20",
        "UPDATE u SET a = 1 | UNSUPPORTED | 1 | 8",
        "UPDATE k SET nope = 1 | UNKNOWN_COLUMN | 1 | 14",
        "UPDATE k SET a = 1, a = 2 | INVALID | 1 | 21",
        "UPDATE k SET a = nope | UNKNOWN_COLUMN | 1 | 18",
        "UPDATE k SET a = 1 WHERE nope = 1 | UNKNOWN_COLUMN | 1 | 26",
        "UPDATE k SET a = 1 WHERE a | INVALID | 1 | 26",
        "UPDATE k SET id = DEFAULT | UNSUPPORTED | 1 | 14",
        "UPDATE k SET a = 1 FROM u | UNSUPPORTED | 1 | 20",
        "UPDATE k SET a = 1 RETURNING a | UNSUPPORTED | 1 | 20",
        "UPDATE k a = 1 | SYNTAX | 1 | 12",
        "UPDATE nope SET a = 1 | UNKNOWN_TABLE | 1 | 8",
        "DELETE k | SYNTAX | 1 | 8",
        "DELETE FROM nope | UNKNOWN_TABLE | 1 | 13",
        "DELETE FROM t WHERE nope = 1 | UNKNOWN_COLUMN | 1 | 21",
        "DELETE FROM t USING u | UNSUPPORTED | 1 | 15",
        "DELETE FROM t RETURNING a | UNSUPPORTED | 1 | 15",
        "STORAGE FLUSH TABLE nope | UNKNOWN_TABLE | 1 | 21",
        "STORAGE FLUSH ALL IN nope | UNKNOWN_TABLE | 1 | 22",
        "STORAGE FLUSH ALL x | SYNTAX | 1 | 19",
        "STORAGE COMPACT TABLE nope | UNKNOWN_TABLE | 1 | 23",
        "STORAGE CHECK nope EXTENDED | UNKNOWN_TABLE | 1 | 15",
        "STORAGE CHECK t DEEPLY | SYNTAX | 1 | 17",
        "STORAGE CHECK information_schema.tables | INVALID | 1 | 15",
        "STORAGE ADOPT t | SYNTAX | 1 | 15",
        "STORAGE CHEK t | UNSUPPORTED | 1 | 9",
        "SHOW EXTENT t | UNSUPPORTED | 1 | 6",
        "SHOW EXTENTS nope | UNKNOWN_TABLE | 1 | 14",
        "SHOW JOBS t | SYNTAX | 1 | 11",
        "KILL QUERY 5 | UNSUPPORTED | 1 | 6",
        "KILL JOB x | SYNTAX | 1 | 10",
        "SELECT * FROM t AS OF SNAPSHOT x | SYNTAX | 1 | 32",
        "SELECT * FROM t FOR SYSTEM_TIME AS OF 'soon' | VALUE | 1 | 39",
        "SELECT * FROM t FOR SYSTEM_TIME AS OF NULL | VALUE | 1 | 39",
        "SELECT * FROM t FOR SYSTEM_TIME AS OF nope | UNKNOWN_COLUMN | 1 | 39",
        "SELECT * FROM t FOR SYSTEM_TIME AS OF 1 | INVALID | 1 | 39",
        "SELECT * FROM history(nope) | UNKNOWN_TABLE | 1 | 23",
        "DESCRIBE nope | UNKNOWN_TABLE | 1 | 10",
        "banana | SYNTAX | 1 | 1"
      })
  void theyNameTheirPlace(String sql, Code code, int line, int column) {
    StatementException error = error(sql.strip());
    assertThat(error).as(sql).isNotNull();
    assertThat(error.code()).as(error.getMessage()).isEqualTo(code);
    assertThat(error.position())
        .as(error.getMessage())
        .contains(new StatementException.Position(line, column));
    assertThat(error.getMessage())
        .endsWithIgnoringCase(error.getMessage().endsWith("?") ? "?" : ".")
        .doesNotContain("org.apache")
        .doesNotContain("Exception");
  }

  @Test
  void theyCountLinesOfTheUsersText() {
    StatementException error = error("SELECT a,\n  /* x\n y */ nope\nFROM t");
    assertThat(error.position()).contains(new StatementException.Position(3, 7));
  }

  @Test
  void theyNameWhatMayHaveBeenMeant() {
    assertThat(error("SELECT coutn(*) FROM t").near()).containsExactly("count");
    assertThat(error("SELECT * FROM otel_log").near()).containsExactly("otel_logs");
    assertThat(error("SELECT u.nmae FROM u").near()).containsExactly("name");
    assertThat(error("SELECT * FROM users").near()).containsExactly("pg_prod.public.users");
    assertThat(error("SELECT x.id FROM t AS y").near()).containsExactly("y");
    assertThat(error("SHOW EXTENT t").near()).containsExactly("EXTENTS");
    assertThat(error("STORAGE CHEK t").near()).containsExactly("CHECK");
    assertThat(error("STORAGE CHECK otel_log").near()).containsExactly("otel_logs");
    assertThat(error("UPDATE k SET nmae = 'x'").near()).containsExactly("name");
    assertThat(error("CREATE TABLE x (a INT) WITH (RETENTON = '1d')").near())
        .containsExactly("RETENTION");
  }

  @Test
  void deepNestingIsRefusedAndLongListsAreNot() {
    String deep = "SELECT " + "(".repeat(5_000) + "1" + ")".repeat(5_000);
    assertThat(error(deep).code()).isEqualTo(Code.SYNTAX);
    StringBuilder list = new StringBuilder("SELECT id FROM t WHERE a IN (0");
    StringBuilder disjunction = new StringBuilder("SELECT id FROM t WHERE a = 0");
    for (int i = 1; i < 10_000; i++) {
      list.append(", ").append(i);
      if (i < 2_000) {
        disjunction.append(" OR a = ").append(i);
      }
    }
    frontend.parse(list.append(")").toString(), SESSION);
    frontend.parse(disjunction.toString(), SESSION);
  }

  /** Broken statements end in our own error, whatever they are broken to. */
  @Test
  void nothingButStatementErrorsComesOfBrokenText() {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    String[] statements = Tpch.QUERIES.toArray(String[]::new);
    Session tpch = new Session(Tpch.schemas(), Instant.EPOCH);
    for (int i = 0; i < 300; i++) {
      StringBuilder text = new StringBuilder(statements[random.nextInt(statements.length)]);
      for (int change = random.nextInt(4); change >= 0; change--) {
        int at = random.nextInt(text.length());
        switch (random.nextInt(3)) {
          case 0 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(12)));
          case 1 -> text.insert(at, "()'\"[]->;,.1axé ".charAt(random.nextInt(16)));
          default -> text.setCharAt(at, (char) (32 + random.nextInt(95)));
        }
      }
      try {
        dev.kyma.query.calcite.parse.StatementGrammar.parse(text.toString());
      } catch (StatementException expected) {
        assertThat(expected.getMessage()).isNotBlank();
      }
      if (i % 10 == 0) {
        try {
          frontend.parse(text.toString(), tpch);
        } catch (StatementException expected) {
          assertThat(expected.getMessage()).isNotBlank();
        }
      }
    }
  }
}
