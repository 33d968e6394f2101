package dev.kyma.query.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kyma.catalog.TableDef;
import dev.kyma.format.tlm.TlmFormat;
import dev.kyma.query.calcite.SqlFrontend;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Invariant 2: query nodes are stateless. A node that never saw a table answers as one that has
 * been reading it all along, and both see at once what others committed.
 */
final class QueryNodesAreStatelessTest {
  private static final String SQL =
      "SELECT service, count(*), sum(duration), max(ratio) FROM spans GROUP BY service ORDER BY 1";

  @Test
  void aNewNodeAnswersAsAnOldOne(@TempDir Path directory) throws Exception {
    try (TestCluster cluster = new TestCluster(directory, new TlmFormat())) {
      QueryEngine old = cluster.engine(2, new SqlFrontend());
      TableDef table = cluster.createTable("spans", QueryEngineTest.SCHEMA, 1, 0);
      for (int round = 0; round < 5; round++) {
        int from = round * 100;
        if (round % 2 == 0) {
          cluster.addExtent(table, List.of(QueryEngineTest.batch(from, from + 100)));
        } else {
          cluster.append(table, QueryEngineTest.batch(from, from + 100), List.of());
        }
        List<String> answer = Rows.of(old, SQL);
        assertThat(Rows.of(cluster.engine(1, new SqlFrontend()), SQL))
            .as("round %d", round)
            .isEqualTo(answer);
        assertThat(Rows.of(old, "SELECT count(*) FROM spans"))
            .containsExactly("[" + (from + 100) + "]");
      }
    }
  }
}
