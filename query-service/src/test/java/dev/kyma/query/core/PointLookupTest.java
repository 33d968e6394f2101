package dev.kyma.query.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kyma.catalog.Commit;
import dev.kyma.catalog.CommitOutcome;
import dev.kyma.catalog.ExtentRef;
import dev.kyma.catalog.FlushPolicy;
import dev.kyma.catalog.LogBinding;
import dev.kyma.catalog.Mask;
import dev.kyma.catalog.TableChange;
import dev.kyma.catalog.TableDef;
import dev.kyma.catalog.WriteGrant;
import dev.kyma.catalog.visibility.RowShape;
import dev.kyma.format.DeletionVector;
import dev.kyma.format.ExtentOptions;
import dev.kyma.format.ExtentWriter;
import dev.kyma.format.LogInterval;
import dev.kyma.format.WrittenExtent;
import dev.kyma.format.tlm.TlmFormat;
import dev.kyma.format.type.Field;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.type.TableSchema;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.BytesVectorBuilder;
import dev.kyma.format.vector.LongVector;
import dev.kyma.query.calcite.SqlFrontend;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One row of many by its key: the rows answered, and how few are looked at. With {@code
 * -Dkyma.rows=n} the table has n rows and how long lookups take is printed.
 */
class PointLookupTest {
  private static final int EXTENT_ROWS = 1_000_000;
  private static final TableSchema SCHEMA =
      TableSchema.of(
          new Field(1, "id", LogicalType.INT64, false),
          new Field(2, "v", LogicalType.INT64, true),
          new Field(3, "name", LogicalType.TEXT, true));

  @Test
  void aKeyIsFoundWithoutAScan(@TempDir Path directory) throws Exception {
    int rows = Integer.getInteger("kyma.rows", 60_000);
    int step = Math.min(EXTENT_ROWS, (rows + 3) / 4);
    try (TestCluster cluster = new TestCluster(directory, new TlmFormat())) {
      TableDef table = createTable(cluster);
      // Every extent spans all keys, so that bounds rule none out.
      for (int from = 0; from < rows; from += step) {
        addExtent(cluster, table, from / step, (rows + step - 1) / step, step);
      }
      QueryEngine engine = cluster.engine(2, new SqlFrontend());
      Random random = new Random(3);
      List<Long> nanos = new ArrayList<>();
      for (int i = 0; i < 600; i++) {
        long id = random.nextInt(rows);
        long begin = System.nanoTime();
        List<String> found = Rows.of(engine, "SELECT id, v, name FROM t WHERE id = " + id);
        nanos.add(System.nanoTime() - begin);
        List<String> expected =
            id % 11 == 7 ? List.of() : List.of("[" + id + "," + id * 3 + ",\"n" + id % 99 + "\"]");
        assertThat(found).isEqualTo(expected);
      }
      assertThat(Rows.of(engine, "SELECT id FROM t WHERE id = " + (rows + 5))).isEmpty();
      if (Integer.getInteger("kyma.rows") != null) {
        List<Long> warm = new ArrayList<>(nanos.subList(200, nanos.size()));
        warm.sort(null);
        System.out.printf(
            "%d rows: lookup p50 %.2f ms, p99 %.2f ms%n",
            rows, warm.get(warm.size() / 2) / 1e6, warm.get(warm.size() * 99 / 100) / 1e6);
      }
    }
  }

  private static TableDef createTable(TestCluster cluster) {
    long id = cluster.catalog.allocateTableId();
    TableDef table =
        new TableDef(
            id,
            "default",
            "t",
            1,
            SCHEMA,
            0,
            0,
            List.of(2),
            List.of(1),
            new FlushPolicy(1_000_000, 1 << 30, Duration.ofSeconds(2)),
            new LogBinding("kyma.t." + id, "topic", 1, cluster.catalog.allocateLogOrdinals(1)),
            Map.of());
    commit(
        cluster, Commit.ofTables(Commit.Kind.CREATE_TABLE, List.of(new TableChange.Create(table))));
    return table;
  }

  private static void commit(TestCluster cluster, Commit commit) {
    assertThat(cluster.catalog.commit(commit, Duration.ofSeconds(10)))
        .isInstanceOf(CommitOutcome.Committed.class);
  }

  /** Every {@code stride}-th key from {@code first} on; every eleventh key is deleted. */
  private static void addExtent(
      TestCluster cluster, TableDef table, int first, int stride, int count) {
    ExtentWriter writer =
        cluster.format.write(
            RowShape.inExtents(table),
            new ExtentOptions(
                    0,
                    List.of(),
                    List.of(new LogInterval(table.log().firstOrdinal(), first, first + 1)),
                    ExtentOptions.Effort.FLUSH)
                .withPrimaryKey(table.primaryKey()));
    long[] ids = new long[count];
    Arrays.setAll(ids, i -> first + (long) i * stride);
    // In an order that is not the key's.
    Random random = new Random(first);
    for (int i = count - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      long id = ids[i];
      ids[i] = ids[other];
      ids[other] = id;
    }
    long[] values = Arrays.stream(ids).map(id -> id * 3).toArray();
    BytesVectorBuilder names = new BytesVectorBuilder(LogicalType.TEXT, count);
    BytesVectorBuilder ops = new BytesVectorBuilder(LogicalType.TEXT, count);
    int[] deleted = new int[count];
    int deletedCount = 0;
    for (int row = 0; row < count; row++) {
      names.append("n" + ids[row] % 99);
      ops.append("c");
      if (ids[row] % 11 == 7) {
        deleted[deletedCount++] = row;
      }
    }
    writer.append(
        new Batch(
            List.of(
                new LongVector(LogicalType.INT64, ids),
                new LongVector(LogicalType.INT64, values),
                names.build(),
                ops.build(),
                new LongVector(LogicalType.INT32, new long[count]),
                new LongVector(LogicalType.INT64, new long[count])),
            count));
    WrittenExtent written = writer.finish();
    WriteGrant grant = cluster.catalog.openGrant("extents");
    String key = grant.keyPrefix() + UUID.randomUUID();
    cluster.store.create(key, written.content());
    ExtentRef extent =
        new ExtentRef(
            key, table.id(), cluster.format.name(), written.length(), 1, written.summary());
    assertThat(
            cluster.catalog.commit(
                new Commit(
                    UUID.randomUUID(),
                    Commit.Kind.FLUSH,
                    grant,
                    List.of(extent),
                    List.of(),
                    List.of(new Mask(key, DeletionVector.of(Arrays.copyOf(deleted, deletedCount)))),
                    List.of(),
                    List.of(),
                    List.of()),
                Map.of(key, written.filters()),
                Duration.ofSeconds(10)))
        .isInstanceOf(CommitOutcome.Committed.class);
  }
}
