package dev.kyma.query.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kyma.catalog.TableDef;
import dev.kyma.format.SegmentFormat;
import dev.kyma.format.tlm.TlmFormat;
import dev.kyma.query.calcite.SqlFrontend;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Invariant 4: the format is pluggable. The same statements over a second format, which shares no
 * code with TLM, have the same answers.
 */
final class FormatIsPluggableTest {
  private static final List<String> STATEMENTS =
      List.of(
          "SELECT count(*) FROM spans",
          "SELECT * FROM spans WHERE duration BETWEEN 100 AND 140",
          "SELECT service, count(*), sum(duration), avg(ratio) FROM spans GROUP BY service",
          "SELECT user_id, max(duration) FROM spans WHERE service LIKE '%-3' GROUP BY user_id",
          "SELECT duration FROM spans ORDER BY duration DESC NULLS LAST LIMIT 5",
          "SELECT count(*) FROM spans a JOIN spans b ON a.ts = b.ts WHERE b.duration IS NULL",
          "SELECT count(*) FROM spans WHERE ts >= TIMESTAMP '2023-11-14 22:20:00'");

  @Test
  void everyFormatGivesTheSameAnswers(@TempDir Path directory) throws Exception {
    List<List<String>> answers = new ArrayList<>();
    for (SegmentFormat format : List.of(new TlmFormat(), new RowFormat())) {
      Path own = Files.createDirectory(directory.resolve(format.name()));
      try (TestCluster cluster = new TestCluster(own, format)) {
        TableDef table = cluster.createTable("spans", QueryEngineTest.SCHEMA, 1, 0);
        cluster.addExtent(table, List.of(QueryEngineTest.batch(0, 900)));
        cluster.addExtent(table, List.of(QueryEngineTest.batch(900, 1_000)));
        cluster.append(table, QueryEngineTest.batch(1_000, 1_050), List.of());
        assertThat(cluster.catalog.snapshot().extents(table.id()))
            .allMatch(extent -> extent.format().equals(format.name()));
        QueryEngine engine = cluster.engine(2, new SqlFrontend());
        List<String> all = new ArrayList<>();
        for (String sql : STATEMENTS) {
          all.add(sql + " " + Rows.sorted(engine, sql));
        }
        answers.add(all);
      }
    }
    assertThat(answers.get(1)).isEqualTo(answers.get(0));
    assertThat(answers.get(0).get(0)).endsWith("[[1050]]");
  }
}
