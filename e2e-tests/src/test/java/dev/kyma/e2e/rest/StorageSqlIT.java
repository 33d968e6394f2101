package dev.kyma.e2e.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kyma.e2e.client.KymaClient;
import dev.kyma.e2e.client.QueryResult;
import dev.kyma.e2e.fixture.RunningKyma;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Statements about how tables are stored, through the public interface. */
@ExtendWith(RunningKyma.class)
class StorageSqlIT {
  private static final String LATE = " WITH (FLUSH_POLICY = 'rows:1000000,interval:3600s')";

  private static long number(QueryResult result, String column) {
    return Long.parseLong(result.text(0, column));
  }

  @Test
  void flushMovesTheTailIntoExtents(KymaClient client) {
    client.query("CREATE TABLE flushed (n INT)" + LATE);
    client.query("INSERT INTO flushed VALUES (1), (2), (3)");
    assertThat(number(client.query("SHOW TAIL flushed"), "rows")).isEqualTo(3);
    assertThat(number(client.query("SHOW CURSORS flushed"), "lag")).isEqualTo(1);
    assertThat(client.query("SHOW EXTENTS flushed").rows()).isEmpty();

    QueryResult flushed = client.query("STORAGE FLUSH TABLE flushed");
    assertThat(flushed.text(0, "table")).isEqualTo("default.flushed");
    assertThat(number(flushed, "offset")).isEqualTo(1);

    assertThat(number(client.query("SHOW TAIL flushed"), "rows")).isZero();
    assertThat(number(client.query("SHOW CURSORS flushed"), "next_offset")).isEqualTo(1);
    QueryResult extents = client.query("SHOW EXTENTS flushed");
    assertThat(extents.rows()).hasSize(1);
    assertThat(number(extents, "rows")).isEqualTo(3);
    QueryResult manifest = client.query("SHOW MANIFEST flushed");
    assertThat(number(manifest, "extents")).isEqualTo(1);
    assertThat(number(manifest, "snapshot")).isGreaterThanOrEqualTo(number(flushed, "snapshot"));
    assertThat(client.query("STORAGE FLUSH ALL IN default").rows().toString())
        .contains("default.flushed");
  }

  @Test
  void checkFindsNothingWhereNothingIsWrong(KymaClient client) {
    client.query("CREATE TABLE checked (n INT, s TEXT)" + LATE);
    client.query("INSERT INTO checked VALUES (1, 'a'), (2, 'b')");
    client.query("STORAGE FLUSH TABLE checked");
    assertThat(client.query("STORAGE CHECK checked").rows()).isEmpty();
    QueryResult all = client.query("STORAGE CHECK ALL EXTENDED");
    assertThat(all.columns())
        .containsExactly("severity", "code", "table", "object", "offset", "expected", "actual");
    assertThat(all.rows().stream().filter(row -> row.getFirst().asText().equals("error")))
        .isEmpty();
    assertThat(client.query("STORAGE CHECK storage").rows()).isEmpty();
  }

  @Test
  void jobsAreShown(KymaClient client) {
    client.query("CREATE TABLE jobbed (n INT)");
    client.query("STORAGE CHECK jobbed");
    QueryResult jobs = client.query("SHOW JOBS");
    assertThat(jobs.rows().stream().map(Object::toString))
        .anyMatch(
            row ->
                row.contains("check")
                    && row.contains("default.jobbed")
                    && row.contains("done")
                    && row.contains("nothing found"));
    long job = number(jobs, "job");
    assertThat(client.query("KILL JOB " + job).text(0, "state")).isEqualTo("done");
    assertThat(client.tryQuery("KILL JOB 987654321", Map.of()).status()).isEqualTo(400);
  }

  @Test
  void deleteHidesWhatWasThereAndNothingElse(KymaClient client) {
    client.query("CREATE TABLE unkeyed (n INT, s TEXT)" + LATE);
    client.query("INSERT INTO unkeyed VALUES (1, 'a'), (2, 'b'), (3, 'a')");
    client.query("STORAGE FLUSH TABLE unkeyed");
    client.query("INSERT INTO unkeyed VALUES (4, 'a'), (5, 'c')");
    QueryResult deleted = client.query("DELETE FROM unkeyed WHERE s = 'a'");
    assertThat(number(deleted, "rows")).isEqualTo(3);
    client.query("INSERT INTO unkeyed VALUES (6, 'a')");
    assertThat(client.query("SELECT n FROM unkeyed ORDER BY n").rows().toString())
        .isEqualTo("[[2], [5], [6]]");
    assertThat(number(client.query("DELETE FROM unkeyed WHERE s = 'zzz'"), "rows")).isZero();
    assertThat(
            number(
                client.query(
                    "DELETE FROM unkeyed x WHERE n > (SELECT avg(n) FROM unkeyed) OR EXISTS"
                        + " (SELECT 1 FROM unkeyed y WHERE y.n = x.n + 3)"),
                "rows"))
        .isEqualTo(3);
    assertThat(client.query("SELECT count(*) FROM unkeyed").single().asLong()).isZero();
    assertThat(client.query("STORAGE CHECK unkeyed EXTENDED").rows()).isEmpty();
  }

  @Test
  void tablesAreAlteredAndDropped(KymaClient client) {
    client.query("CREATE TABLE altered (n INT)" + LATE);
    client.query("INSERT INTO altered VALUES (1)");
    client.query("ALTER TABLE altered ADD COLUMN s TEXT DEFAULT 'new', ADD COLUMN m INT");
    client.query("ALTER TABLE altered ADD COLUMN IF NOT EXISTS s TEXT");
    client.query("INSERT INTO altered (n, m) VALUES (2, 5)");
    assertThat(client.query("SELECT n, s, m FROM altered ORDER BY n").rows().toString())
        .isEqualTo("[[1, null, null], [2, \"new\", 5]]");
    client.query("ALTER TABLE altered SET (RETENTION = '7d', FLUSH_POLICY = 'rows:1')");
    assertThat(client.query("DROP TABLE altered").text(0, "outcome")).isEqualTo("dropped");
    assertThat(client.query("DROP TABLE IF EXISTS altered").text(0, "outcome")).isEqualTo("absent");
    assertThat(client.tryQuery("SELECT * FROM altered", Map.of()).status()).isEqualTo(404);
    assertThat(client.tryQuery("DROP TABLE altered", Map.of()).status()).isEqualTo(400);
    client.query("CREATE TABLE altered (other TEXT)");
    assertThat(client.query("SELECT count(*) FROM altered").single().asLong()).isZero();
  }

  @Test
  void mistakesAreNamed(KymaClient client) {
    client.query("CREATE TABLE mistaken (n INT)");
    KymaClient.Answer near = client.tryQuery("STORAGE CHECK mistakn", Map.of());
    assertThat(near.status()).isEqualTo(404);
    assertThat(near.body().required("near").toString()).contains("mistaken");
    KymaClient.Answer update = client.tryQuery("UPDATE mistaken SET n = 1", Map.of());
    assertThat(update.status()).isEqualTo(501);
    assertThat(update.body().required("detail").asText()).contains("PRIMARY KEY");
  }
}
