package dev.kyma.query.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kyma.catalog.TableDef;
import dev.kyma.format.tlm.TlmFormat;
import dev.kyma.query.calcite.SqlFrontend;
import dev.kyma.query.core.frontend.StatementException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Invariant 5: the parser is pluggable. A second language, registered beside SQL, is answered by
 * the same engine from the same tables.
 */
final class ParserIsPluggableTest {
  @Test
  void anotherLanguageIsAnsweredByTheSameEngine(@TempDir Path directory) throws Exception {
    try (TestCluster cluster = new TestCluster(directory, new TlmFormat())) {
      TableDef table = cluster.createTable("spans", QueryEngineTest.SCHEMA, 1, 0);
      cluster.addExtent(table, List.of(QueryEngineTest.batch(0, 500)));
      cluster.append(table, QueryEngineTest.batch(500, 520), List.of());
      QueryEngine engine = cluster.engine(2, new SqlFrontend(), new PipeFrontend());

      List<String> piped = Rows.of(engine, pipe("spans | above duration 99 | count service"));
      piped.sort(null);
      assertThat(piped)
          .isEqualTo(
              Rows.sorted(
                  engine, "SELECT service, count(*) FROM spans WHERE duration > 99 GROUP BY 1"))
          .hasSize(5);
      assertThat(Rows.of(engine, pipe("spans | take 3"))).hasSize(3);
      assertThatThrownBy(() -> Rows.of(engine, pipe("spans | dance")))
          .isInstanceOf(StatementException.class);
      assertThatThrownBy(() -> Rows.of(cluster.engine(1, new SqlFrontend()), pipe("spans")))
          .isInstanceOf(QueryException.class);
    }
  }

  private static QueryRequest pipe(String text) {
    return new QueryRequest(
        "pipe", text, new Freshness.Hot(), OptionalLong.empty(), Optional.empty());
  }
}
