package dev.kyma.compactor.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kyma.catalog.Catalog;
import dev.kyma.catalog.Commit;
import dev.kyma.catalog.CommitOutcome;
import dev.kyma.catalog.ExtentRef;
import dev.kyma.catalog.FlushPolicy;
import dev.kyma.catalog.LogBinding;
import dev.kyma.catalog.Mask;
import dev.kyma.catalog.Snapshot;
import dev.kyma.catalog.TableChange;
import dev.kyma.catalog.TableDef;
import dev.kyma.catalog.WriteGrant;
import dev.kyma.catalog.jdbc.JdbcCatalog;
import dev.kyma.catalog.visibility.RowShape;
import dev.kyma.format.LogInterval;
import dev.kyma.format.SegmentFormat;
import dev.kyma.format.io.ObjectStore;
import dev.kyma.format.io.memory.MemoryObjectStore;
import dev.kyma.format.tlm.TlmFormat;
import dev.kyma.format.type.Field;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.type.SystemColumns;
import dev.kyma.format.type.TableSchema;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.BytesVectorBuilder;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.LongVector;
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
 * Flushes of random updates over many extents: every row is hidden but the newest of its key. With
 * {@code -Dkyma.rows=n} it prints how long flushes of 250,000 updates over n keys take.
 */
class ReplacedRowsTest {
  private static final TableSchema SCHEMA =
      TableSchema.of(
          new Field(1, "id", LogicalType.INT64, false),
          new Field(2, "v", LogicalType.INT64, true),
          new Field(3, "name", LogicalType.TEXT, true));

  private final SegmentFormat format = new TlmFormat();
  private final ObjectStore store = new MemoryObjectStore();
  private final ExtentBuilder builder = new ExtentBuilder(format);
  private final ReplacedRows replaced = new ReplacedRows(store, format);
  private final Random random = new Random(7);
  private long offset;

  @Test
  void onlyTheNewestRowOfAKeyIsLeft(@TempDir Path directory) {
    int keys = Integer.getInteger("kyma.rows", 40_000);
    int updates = Math.min(250_000, keys / 4);
    try (Catalog catalog = JdbcCatalog.open("jdbc:sqlite:" + directory.resolve("catalog.db"))) {
      TableDef table = createTable(catalog);
      int step = Math.min(1_000_000, (keys + 3) / 4);
      for (int from = 0; from < keys; from += step) {
        int first = from;
        long[] ids = new long[Math.min(step, keys - from)];
        Arrays.setAll(ids, i -> first + i);
        flush(catalog, table, ids);
      }
      for (int round = 0; round < 8; round++) {
        flush(catalog, table, random.longs(updates, 0, keys).toArray());
      }
      Snapshot snapshot = catalog.snapshot();
      long live = 0;
      for (ExtentRef extent : snapshot.extents(table.id())) {
        live += extent.summary().rows() - snapshot.deleted(extent.key()).cardinality();
      }
      assertThat(live).isEqualTo(keys);
    }
  }

  private void flush(Catalog catalog, TableDef table, long[] ids) {
    long begin = System.nanoTime();
    ExtentBuilder.Built built =
        builder.build(table, rows(ids), new LogInterval(0, offset, offset + 1));
    long builtAt = System.nanoTime();
    List<Mask> masks =
        new ArrayList<>(
            replaced.masks(catalog.snapshot(), table.id(), 0, built.keys().orElseThrow()));
    long found = System.nanoTime();
    WriteGrant grant = catalog.openGrant("extents");
    List<ExtentRef> refs = new ArrayList<>();
    for (ExtentBuilder.Part part : built.parts()) {
      String key = grant.keyPrefix() + UUID.randomUUID();
      store.create(key, part.written().content());
      refs.add(
          new ExtentRef(
              key,
              table.id(),
              format.name(),
              part.written().length(),
              1,
              part.written().summary()));
      if (!part.hidden().isEmpty()) {
        masks.add(new Mask(key, part.hidden()));
      }
    }
    CommitOutcome outcome =
        catalog.commit(
            new Commit(
                UUID.randomUUID(),
                Commit.Kind.FLUSH,
                grant,
                refs,
                List.of(),
                masks,
                List.of(),
                List.of(),
                List.of()),
            Duration.ofSeconds(10));
    assertThat(outcome).isInstanceOf(CommitOutcome.Committed.class);
    offset++;
    if (Integer.getInteger("kyma.rows") != null) {
      System.out.printf(
          "flush of %d rows: built in %d ms, %d masks found in %d ms, committed in %d ms%n",
          ids.length,
          (builtAt - begin) / 1_000_000,
          masks.size(),
          (found - builtAt) / 1_000_000,
          (System.nanoTime() - found) / 1_000_000);
    }
  }

  private Batch rows(long[] ids) {
    int count = ids.length;
    long[] values = random.longs(count, 0, 1_000_000).toArray();
    BytesVectorBuilder names = new BytesVectorBuilder(LogicalType.TEXT, count);
    BytesVectorBuilder ops = new BytesVectorBuilder(LogicalType.TEXT, count);
    long[] seqs = new long[count];
    for (int row = 0; row < count; row++) {
      names.append("customer " + values[row] % 1_000);
      ops.append(SystemColumns.UPDATE);
      seqs[row] = SystemColumns.seq(offset, row);
    }
    List<ColumnVector> columns =
        List.of(
            new LongVector(LogicalType.INT64, ids),
            new LongVector(LogicalType.INT64, values),
            names.build(),
            ops.build(),
            new LongVector(LogicalType.INT32, new long[count]),
            new LongVector(LogicalType.INT64, seqs));
    return new Batch(columns, count);
  }

  private static TableDef createTable(Catalog catalog) {
    long id = catalog.allocateTableId();
    TableDef table =
        new TableDef(
            id,
            "default",
            "t",
            1,
            SCHEMA,
            0,
            0,
            List.of(1),
            List.of(1),
            new FlushPolicy(1_000_000, 1 << 30, Duration.ofSeconds(5)),
            new LogBinding("kyma.t." + id, "topic", 1, catalog.allocateLogOrdinals(1)),
            Map.of());
    assertThat(RowShape.inExtents(table).size()).isEqualTo(6);
    assertThat(
            catalog.commit(
                Commit.ofTables(Commit.Kind.CREATE_TABLE, List.of(new TableChange.Create(table))),
                Duration.ofSeconds(10)))
        .isInstanceOf(CommitOutcome.Committed.class);
    return table;
  }
}
