package dev.kyma.standalone.simulation;

import dev.kyma.catalog.Catalog;
import dev.kyma.catalog.Commit;
import dev.kyma.catalog.CommitOutcome;
import dev.kyma.catalog.FlushPolicy;
import dev.kyma.catalog.Snapshot;
import dev.kyma.catalog.SourceCursor;
import dev.kyma.catalog.TableChange;
import dev.kyma.catalog.TableDef;
import dev.kyma.format.io.ObjectStore;
import dev.kyma.format.log.FrameWriter;
import dev.kyma.format.log.KeyedRows;
import dev.kyma.format.log.LogFrame;
import dev.kyma.format.log.SchemaStore;
import dev.kyma.format.type.Field;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.type.TableSchema;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.BytesVectorBuilder;
import dev.kyma.format.vector.LongVector;
import dev.kyma.service.log.LogPartition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** A table, the requests that were sent to it, and what it must therefore answer. */
final class SimulatedTable {
  static final int PARTITIONS = 2;

  private final TableDef definition;
  private final Model model = new Model(PARTITIONS);
  private long nextId = 1;

  private SimulatedTable(TableDef definition) {
    this.definition = definition;
  }

  /** Makes a table whose rows are only ever appended. */
  static SimulatedTable appendOnly(String name, Catalog catalog, SimulatedLog log) {
    long id = catalog.allocateTableId();
    TableDef created =
        new TableDef(
            id,
            "default",
            name,
            1,
            new TableSchema(
                List.of(
                    new Field(1, "id", LogicalType.INT64, false),
                    new Field(2, "v", LogicalType.INT64, true),
                    new Field(3, "name", LogicalType.TEXT, true))),
            0,
            0,
            List.of(1),
            new FlushPolicy(20, 1 << 20, Duration.ofSeconds(5)),
            log.create(id, PARTITIONS, catalog.allocateLogOrdinals(PARTITIONS)),
            Map.of());
    CommitOutcome outcome =
        catalog.commit(
            Commit.ofTables(Commit.Kind.CREATE_TABLE, List.of(new TableChange.Create(created))),
            Duration.ofSeconds(10));
    if (!(outcome instanceof CommitOutcome.Committed)) {
      throw new IllegalStateException(outcome.toString());
    }
    return new SimulatedTable(created);
  }

  TableDef definition() {
    return definition;
  }

  LogPartition partition(int number) {
    return new LogPartition(definition.log(), number);
  }

  /** The statement that reads all of it. */
  String select() {
    return "SELECT id, v, name FROM " + definition.name();
  }

  /** What {@link #select} must answer when it reads the log up to the given offsets. */
  List<String> expected(long[] ends) {
    return model.appended(ends);
  }

  /** Draws a request: new rows, or one with an idempotency key once more. */
  Model.Sent draw(SplittableRandom random, int partition) {
    List<Model.Sent> before = model.partition(partition);
    if (!before.isEmpty() && random.nextInt(6) == 0) {
      Model.Sent again = before.get(random.nextInt(before.size()));
      if (again.key() != 0) {
        return again;
      }
    }
    int count = 1 + random.nextInt(random.nextInt(8) == 0 ? 60 : 6);
    List<Model.Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long id = nextId++;
      rows.add(new Model.Row(id, random.nextInt(1000), "n" + id % 7, Model.Op.INSERT));
    }
    return new Model.Sent(random.nextInt(3) == 0 ? nextId++ : 0, rows);
  }

  /** The request was acknowledged. */
  void sent(int partition, Model.Sent request) {
    model.sent(partition, request);
  }

  /** The request as ingest writes it to the log. */
  byte[] frame(Model.Sent request, ObjectStore store) {
    int rows = request.rows().size();
    long[] ids = new long[rows];
    long[] values = new long[rows];
    BytesVectorBuilder names = new BytesVectorBuilder(LogicalType.TEXT, rows);
    for (int i = 0; i < rows; i++) {
      Model.Row row = request.rows().get(i);
      ids[i] = row.id();
      values[i] = row.value();
      names.append(row.name());
    }
    Batch batch =
        new Batch(
            List.of(
                new LongVector(LogicalType.INT64, ids),
                new LongVector(LogicalType.INT64, values),
                names.build()),
            rows);
    List<KeyedRows> keys =
        request.key() == 0
            ? List.of()
            : List.of(new KeyedRows(request.key(), 1, request.key(), 2, 0, 0, rows));
    return FrameWriter.write(
        new LogFrame(
            keys,
            List.of(
                new LogFrame.TableRows(
                    definition.id(),
                    new SchemaStore(store).store(definition.schema()),
                    0,
                    batch))));
  }

  /** How far extents hold the log at a snapshot. */
  long[] cursors(Snapshot snapshot) {
    long[] cursors = new long[PARTITIONS];
    for (int i = 0; i < PARTITIONS; i++) {
      cursors[i] =
          snapshot.cursor(definition.log().ordinal(i)).map(SourceCursor::nextOffset).orElse(0L);
    }
    return cursors;
  }

  /** How far the log goes. */
  long[] ends(SimulatedLog log) {
    long[] ends = new long[PARTITIONS];
    for (int i = 0; i < PARTITIONS; i++) {
      ends[i] = log.end(partition(i));
    }
    return ends;
  }
}
