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
import dev.kyma.format.type.SystemColumns;
import dev.kyma.format.type.TableSchema;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.BytesVectorBuilder;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.LongVectorBuilder;
import dev.kyma.service.log.LogPartition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** A table, the requests that were sent to it, and what it must therefore answer. */
final class SimulatedTable {
  static final int PARTITIONS = 2;

  private static final int KEYS = 40;

  private final TableDef definition;
  private final Model model = new Model(PARTITIONS);
  private long nextId = 1;

  private SimulatedTable(TableDef definition) {
    this.definition = definition;
  }

  /** Makes a table whose rows are only ever appended. */
  static SimulatedTable appendOnly(String name, Catalog catalog, SimulatedLog log) {
    return create(name, List.of(), catalog, log);
  }

  /** Makes a table whose rows replace each other by their id. */
  static SimulatedTable keyed(String name, Catalog catalog, SimulatedLog log) {
    return create(name, List.of(1), catalog, log);
  }

  private static SimulatedTable create(
      String name, List<Integer> primaryKey, Catalog catalog, SimulatedLog log) {
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
            primaryKey,
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

  boolean isKeyed() {
    return !definition.primaryKey().isEmpty();
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

  /** The statement that reads all of it as it was at a snapshot. */
  String selectAsOf(long number) {
    return select() + " AS OF SNAPSHOT " + number;
  }

  /** What {@link #select} must answer when it reads the log up to the given offsets. */
  List<String> expected(long[] ends) {
    return isKeyed() ? model.current(ends) : model.appended(ends);
  }

  /** The statement that reads every version of a keyed table. */
  String selectHistory() {
    return "SELECT id, v, name, _kyma_op FROM history(" + definition.name() + ")";
  }

  /** What {@link #selectHistory} must answer. */
  List<String> expectedHistory(long[] ends) {
    return model.versions(ends);
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
      rows.add(isKeyed() ? version(random, partition) : appended(random));
    }
    return new Model.Sent(random.nextInt(3) == 0 ? nextId++ : 0, rows);
  }

  private Model.Row appended(SplittableRandom random) {
    long id = nextId++;
    return new Model.Row(id, (long) random.nextInt(1000), "n" + id % 7, Model.Op.INSERT);
  }

  /** A version of one of few keys, all of which belong to the partition. */
  private Model.Row version(SplittableRandom random, int partition) {
    long id = (long) random.nextInt(KEYS) * PARTITIONS + partition;
    int draw = random.nextInt(10);
    return draw < 2
        ? new Model.Row(id, null, null, Model.Op.DELETE)
        : new Model.Row(
            id, nextId++, "n" + nextId % 7, draw < 5 ? Model.Op.INSERT : Model.Op.UPDATE);
  }

  /** The request was acknowledged. */
  void sent(int partition, Model.Sent request) {
    model.sent(partition, request);
  }

  /** The request as ingest writes it to the log. */
  byte[] frame(Model.Sent request, ObjectStore store) {
    int count = request.rows().size();
    LongVectorBuilder ids = new LongVectorBuilder(LogicalType.INT64, count);
    LongVectorBuilder values = new LongVectorBuilder(LogicalType.INT64, count);
    BytesVectorBuilder names = new BytesVectorBuilder(LogicalType.TEXT, count);
    BytesVectorBuilder ops = new BytesVectorBuilder(LogicalType.TEXT, count);
    for (Model.Row row : request.rows()) {
      ids.append(row.id());
      Long value = row.value();
      String name = row.name();
      if (value == null) {
        values.appendNull();
      } else {
        values.append(value);
      }
      if (name == null) {
        names.appendNull();
      } else {
        names.append(name);
      }
      ops.append(row.op().code());
    }
    List<ColumnVector> columns =
        new ArrayList<>(List.of(ids.build(), values.build(), names.build()));
    TableSchema schema = definition.schema();
    if (isKeyed()) {
      columns.add(ops.build());
      schema = schema.plus(List.of(SystemColumns.OP));
    }
    List<KeyedRows> keys =
        request.key() == 0
            ? List.of()
            : List.of(new KeyedRows(request.key(), 1, request.key(), 2, 0, 0, count));
    return FrameWriter.write(
        new LogFrame(
            keys,
            List.of(
                new LogFrame.TableRows(
                    definition.id(),
                    new SchemaStore(store).store(schema),
                    0,
                    new Batch(columns, count)))));
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
