package dev.kyma.query.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kyma.catalog.TableDef;
import dev.kyma.format.tlm.TlmFormat;
import dev.kyma.format.type.Field;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.type.TableSchema;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.BytesVector;
import dev.kyma.format.vector.BytesVectorBuilder;
import dev.kyma.format.vector.LongVector;
import dev.kyma.query.calcite.SqlFrontend;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looking for one identifier or rare token among many extents, nothing being in memory. */
final class NeedleTest {
  private static final int EXTENT_ROWS = 6_000;
  private static final TableSchema SCHEMA =
      new TableSchema(
          List.of(
              new Field(1, "ts", LogicalType.TIMESTAMP, false),
              new Field(2, "trace_id", LogicalType.TEXT, false),
              new Field(3, "body", LogicalType.TEXT, false)));

  private static String trace(int number) {
    SplittableRandom random = new SplittableRandom(number);
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong());
  }

  private static Batch rows(int from, int size) {
    SplittableRandom random = new SplittableRandom(from);
    long[] times = new long[size];
    BytesVectorBuilder traces = new BytesVectorBuilder(LogicalType.TEXT, size);
    BytesVectorBuilder bodies = new BytesVectorBuilder(LogicalType.TEXT, size);
    for (int i = 0; i < size; i++) {
      int row = from + i;
      times[i] = 1_767_225_600_000_000_000L + row * 1_000_000L;
      traces.append(trace(row / 9).getBytes(StandardCharsets.UTF_8));
      String body =
          "worker-%d took %d ms for /api/v%d/items/%s, request %016x"
              .formatted(
                  random.nextInt(40),
                  random.nextInt(9_000),
                  random.nextInt(3),
                  Integer.toString(random.nextInt(1 << 24), 36),
                  random.nextLong());
      bodies.append(
          (row % 7_001 == 0 ? body + " needle" + row : body).getBytes(StandardCharsets.UTF_8));
    }
    return new Batch(
        List.of(new LongVector(LogicalType.TIMESTAMP, times), traces.build(), bodies.build()),
        size);
  }

  private record Cost(long gets, long bytes, String rows) {}

  /** Asks a node that has read nothing yet. */
  private static Cost cold(TestCluster cluster, String sql) throws Exception {
    cluster.counted.reset();
    String rows = Rows.of(cluster.engine(2, new SqlFrontend()), sql).toString();
    return new Cost(cluster.counted.gets(), cluster.counted.bytes(), rows);
  }

  @Test
  void anIdentifierOrRareTokenTakesAFewReadsHoweverManyExtentsThereAre(@TempDir Path directory)
      throws Exception {
    long[] bytes = new long[2];
    for (int run = 0; run < 2; run++) {
      int extents = run == 0 ? 6 : 60;
      Path own = Files.createDirectory(directory.resolve("run" + run));
      try (TestCluster cluster = new TestCluster(own, new TlmFormat(0))) {
        TableDef table = cluster.createTable("logs", SCHEMA, 1, 0);
        long length = 0;
        for (int i = 0; i < extents; i++) {
          length += cluster.addExtent(table, List.of(rows(i * EXTENT_ROWS, EXTENT_ROWS))).length();
        }
        Cost trace =
            cold(cluster, "SELECT ts, body FROM logs WHERE trace_id = '" + trace(3_000) + "'");
        assertThat(trace.rows.split("worker-")).hasSize(10);
        Cost token = cold(cluster, "SELECT ts, body FROM logs WHERE has(body, 'needle28004')");
        assertThat(token.rows).contains("needle28004").doesNotContain("needle21003");
        Cost absent = cold(cluster, "SELECT ts FROM logs WHERE trace_id = 'nowhere'");
        assertThat(absent).isEqualTo(new Cost(0, 0, "[]"));
        System.out.printf(
            "%d extents of %,d bytes: trace %d GETs %,d bytes, token %d GETs %,d bytes%n",
            extents, length / extents, trace.gets, trace.bytes, token.gets, token.bytes);
        assertThat(trace.gets).isLessThanOrEqualTo(8);
        assertThat(token.gets).isLessThanOrEqualTo(8);
        bytes[run] = trace.bytes + token.bytes;
      }
    }
    assertThat(bytes[1]).isLessThan(bytes[0] * 5 / 4);
  }

  @Test
  void whateverIsThereIsFoundThroughFilters(@TempDir Path directory) throws Exception {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    int size = 700;
    int extents = 12;
    try (TestCluster cluster = new TestCluster(directory, new TlmFormat())) {
      TableDef table = cluster.createTable("logs", SCHEMA, 1, 0);
      for (int i = 0; i < extents; i++) {
        cluster.addExtent(table, List.of(rows(i * size, size)));
      }
      QueryEngine engine = cluster.engine(2, new SqlFrontend());
      for (int i = 0; i < 40; i++) {
        int row = random.nextInt(extents * size);
        String label = "seed " + seed + ", row " + row;
        BytesVector bodies = (BytesVector) rows(row / size * size, size).column(2);
        String body = bodies.text(row % size);
        String request = body.replaceAll(".*request (\\w+).*", "$1");
        String count = "SELECT count(*) FROM logs WHERE ";
        int sameTrace = Math.min(9, extents * size - row / 9 * 9);
        assertThat(Rows.of(engine, count + "trace_id = '" + trace(row / 9) + "'"))
            .as(label)
            .containsExactly("[" + sameTrace + "]");
        assertThat(
                Rows.of(
                    engine,
                    count + "trace_id IN ('x', '" + trace(row / 9) + "', '" + trace(1) + "')"))
            .as(label)
            .containsExactly("[" + (row / 9 == 1 ? sameTrace : sameTrace + 9) + "]");
        assertThat(Rows.of(engine, count + "has(body, '" + request + " REQUEST')"))
            .as(label)
            .containsExactly("[1]");
        assertThat(Rows.of(engine, count + "body = '" + body + "'"))
            .as(label)
            .containsExactly("[1]");
      }
    }
  }
}
