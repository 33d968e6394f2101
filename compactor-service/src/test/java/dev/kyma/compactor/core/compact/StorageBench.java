package dev.kyma.compactor.core.compact;

import dev.kyma.catalog.Catalog;
import dev.kyma.catalog.Commit;
import dev.kyma.catalog.CommitOutcome;
import dev.kyma.catalog.ExtentRef;
import dev.kyma.catalog.FlushPolicy;
import dev.kyma.catalog.LogBinding;
import dev.kyma.catalog.Mask;
import dev.kyma.catalog.Snapshot;
import dev.kyma.catalog.SourceCursor;
import dev.kyma.catalog.TableChange;
import dev.kyma.catalog.TableDef;
import dev.kyma.catalog.WriteGrant;
import dev.kyma.catalog.jdbc.JdbcCatalog;
import dev.kyma.catalog.visibility.RowShape;
import dev.kyma.compactor.core.ExtentObjects;
import dev.kyma.compactor.core.WriteGrants;
import dev.kyma.format.DeletionVector;
import dev.kyma.format.ExtentOptions;
import dev.kyma.format.ExtentWriter;
import dev.kyma.format.LogInterval;
import dev.kyma.format.RowOrder;
import dev.kyma.format.ScanCursor;
import dev.kyma.format.ScanRequest;
import dev.kyma.format.SegmentFormat;
import dev.kyma.format.WrittenExtent;
import dev.kyma.format.io.ObjectStore;
import dev.kyma.format.io.memory.MemoryObjectStore;
import dev.kyma.format.predicate.ColumnPath;
import dev.kyma.format.predicate.Predicate;
import dev.kyma.format.tlm.TlmFormat;
import dev.kyma.format.type.Field;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.type.SystemColumns;
import dev.kyma.format.type.TableSchema;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.BytesVectorBuilder;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.LongVector;
import dev.kyma.format.vector.LongVectorBuilder;
import dev.kyma.format.vector.RowSorter;
import dev.kyma.format.vector.SortOrder;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A SQLite catalog and a store, and tables whose extents are written without a log. */
final class StorageBench implements AutoCloseable {
  static final TableSchema SCHEMA =
      TableSchema.of(
          new Field(1, "id", LogicalType.INT64, false),
          new Field(2, "at", LogicalType.TIMESTAMP, false),
          new Field(3, "note", LogicalType.TEXT, true));
  private static final FlushPolicy POLICY =
      new FlushPolicy(1_000_000, 1 << 26, Duration.ofHours(1));
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** A row; {@code op} is null in tables without a primary key. */
  record Row(long id, long at, String note, String op, int log, long seq) {}

  final Catalog catalog;
  final ObjectStore store;
  final SegmentFormat format = new TlmFormat();
  private long objects;

  StorageBench(Path directory) {
    this(
        JdbcCatalog.open("jdbc:sqlite:" + directory.resolve("catalog.db")),
        new MemoryObjectStore());
  }

  StorageBench(Catalog catalog, ObjectStore store) {
    this.catalog = catalog;
    this.store = store;
  }

  TableDef createTable(String name, boolean keyed, Map<String, String> options) {
    long id = catalog.allocateTableId();
    LogBinding log = new LogBinding("topic-" + id, "id-" + id, 2, catalog.allocateLogOrdinals(2));
    TableDef table =
        new TableDef(
            id,
            "default",
            name,
            1,
            SCHEMA,
            2,
            0,
            List.of(keyed ? 1 : 2),
            keyed ? List.of(1) : List.of(),
            POLICY,
            log,
            options);
    commit(Commit.ofTables(Commit.Kind.CREATE_TABLE, List.of(new TableChange.Create(table))));
    return table;
  }

  TableDef table(TableDef table) {
    return catalog.snapshot().table(table.id()).orElseThrow();
  }

  void commit(Commit commit) {
    CommitOutcome outcome = catalog.commit(commit, PATIENCE);
    if (!(outcome instanceof CommitOutcome.Committed)) {
      throw new AssertionError(outcome);
    }
  }

  /** The offset behind the last record of a log partition. */
  long next(TableDef table, int partition) {
    return catalog.snapshot().cursor(table.log().ordinal(partition)).orElseThrow().nextOffset();
  }

  /**
   * Flushes rows as one extent; each is a record of its own.
   *
   * @param rows whose log and offset are set here
   * @return the extent
   */
  ExtentRef flush(TableDef table, int partition, List<Row> rows) {
    int log = table.log().ordinal(partition);
    SourceCursor cursor = catalog.snapshot().cursor(log).orElseThrow();
    long offset = cursor.nextOffset();
    List<Row> placed = new ArrayList<>();
    for (Row row : rows) {
      placed.add(
          new Row(row.id(), row.at(), row.note(), row.op(), log, SystemColumns.seq(offset++, 0)));
    }
    LogInterval covered = new LogInterval(log, cursor.nextOffset(), offset);
    WriteGrant grant = catalog.openGrant("extents");
    ExtentRef extent = write(table, grant, placed, covered);
    commit(
        new Commit(
            UUID.randomUUID(),
            Commit.Kind.FLUSH,
            grant,
            List.of(extent),
            List.of(),
            List.of(
                new Commit.CursorMove(
                    cursor, new SourceCursor(log, cursor.topicId(), offset, 0, 0))),
            List.of(),
            List.of()));
    return extent;
  }

  private ExtentRef write(TableDef table, WriteGrant grant, List<Row> rows, LogInterval covered) {
    TableSchema stored = RowShape.inExtents(table);
    Batch sorted = RowSorter.sort(batch(table, rows), SortOrder.byIds(stored, table.sortColumns()));
    ExtentWriter writer =
        format.write(
            stored,
            new ExtentOptions(
                    table.timeColumn(),
                    table.sortColumns(),
                    List.of(covered),
                    ExtentOptions.Effort.FLUSH)
                .withPrimaryKey(table.primaryKey()));
    writer.append(sorted);
    WrittenExtent written = writer.finish();
    String key = grant.keyPrefix() + "f" + table.id() + "-" + ++objects;
    store.create(key, written.content());
    return new ExtentRef(
        key, table.id(), format.name(), written.length(), table.schemaVersion(), written.summary());
  }

  private static Batch batch(TableDef table, List<Row> rows) {
    TableSchema stored = RowShape.inExtents(table);
    int count = rows.size();
    List<ColumnVector> columns = new ArrayList<>();
    for (Field field : stored.fields()) {
      if (field.type().physical() == LogicalType.Physical.BYTES) {
        BytesVectorBuilder texts = new BytesVectorBuilder(field.type(), count);
        for (Row row : rows) {
          String text = field.id() == SystemColumns.OP.id() ? row.op() : row.note();
          if (text == null) {
            texts.appendNull();
          } else {
            texts.append(text);
          }
        }
        columns.add(texts.build());
      } else {
        LongVectorBuilder longs = new LongVectorBuilder(field.type(), count);
        for (Row row : rows) {
          longs.append(
              switch (field.id()) {
                case 1 -> row.id();
                case 2 -> row.at();
                case -1 -> row.log();
                case -2 -> row.seq();
                default -> throw new AssertionError(field);
              });
        }
        columns.add(longs.build());
      }
    }
    return new Batch(columns, count);
  }

  /** Deletes rows of live extents by what they hold. */
  void mask(TableDef table, java.util.function.Predicate<Row> gone) {
    Snapshot snapshot = catalog.snapshot();
    List<Mask> masks = new ArrayList<>();
    for (ExtentRef extent : snapshot.extents(table.id())) {
      if (extent.summary().order() == RowOrder.HISTORY) {
        continue;
      }
      DeletionVector deleted = snapshot.deleted(extent.key());
      List<Row> rows = rows(table, extent);
      int[] places =
          java.util.stream.IntStream.range(0, rows.size())
              .filter(i -> gone.test(rows.get(i)) && !deleted.contains(i))
              .toArray();
      if (places.length > 0) {
        masks.add(new Mask(extent.key(), DeletionVector.of(places)));
      }
    }
    if (!masks.isEmpty()) {
      commit(Commit.ofMasks(masks));
    }
  }

  /** Every row of an extent, in its order. */
  List<Row> rows(TableDef table, ExtentRef extent) {
    boolean keyed = table.isKeyed();
    List<ColumnPath> columns = new ArrayList<>();
    for (Field field : SCHEMA.fields()) {
      columns.add(ColumnPath.of(field.id(), field.type()));
    }
    columns.add(ColumnPath.of(SystemColumns.LOG.id(), SystemColumns.LOG.type()));
    columns.add(ColumnPath.of(SystemColumns.SEQ.id(), SystemColumns.SEQ.type()));
    if (keyed) {
      columns.add(ColumnPath.of(SystemColumns.OP.id(), SystemColumns.OP.type()));
    }
    ScanCursor cursor =
        format
            .open(store, extent.key(), extent.length())
            .scan(ScanRequest.of(columns, new Predicate.And(List.of())));
    List<Row> rows = new ArrayList<>();
    for (ScanCursor.Rows read = cursor.next(); read != null; read = cursor.next()) {
      Batch batch = read.batch();
      for (int i = 0; i < batch.rowCount(); i++) {
        rows.add(
            new Row(
                longs(batch, 0)[i],
                longs(batch, 1)[i],
                text(batch.column(2), i),
                keyed ? text(batch.column(5), i) : null,
                (int) longs(batch, 3)[i],
                longs(batch, 4)[i]));
      }
    }
    return rows;
  }

  private static long[] longs(Batch batch, int column) {
    return ((LongVector) batch.column(column)).values();
  }

  private static String text(ColumnVector column, int row) {
    return column.isNull(row)
        ? null
        : ((dev.kyma.format.vector.BytesVector) dev.kyma.format.vector.Flatten.of(column))
            .text(row);
  }

  /** The rows queries of the table see, in the order of extents. */
  List<Row> visible(TableDef table) {
    return read(table, false);
  }

  /** All versions of rows there are. */
  List<Row> history(TableDef table) {
    return read(table, true);
  }

  private List<Row> read(TableDef table, boolean all) {
    Snapshot snapshot = catalog.snapshot();
    List<Row> found = new ArrayList<>();
    for (ExtentRef extent : snapshot.extents(table.id())) {
      if (!all && extent.summary().order() == RowOrder.HISTORY) {
        continue;
      }
      DeletionVector deleted = snapshot.deleted(extent.key());
      List<Row> rows = rows(table, extent);
      for (int i = 0; i < rows.size(); i++) {
        if (all || !deleted.contains(i)) {
          found.add(rows.get(i));
        }
      }
    }
    return found;
  }

  List<ExtentRef> extents(TableDef table) {
    return catalog.snapshot().extents(table.id());
  }

  Compaction.Ports ports() {
    return ports(catalog, store);
  }

  Compaction.Ports ports(Catalog aCatalog, ObjectStore aStore) {
    return new Compaction.Ports(
        aCatalog,
        aStore,
        new TlmFormat(0),
        new ExtentObjects(aStore),
        new WriteGrants(aCatalog, Clock.systemUTC(), Duration.ofMinutes(10)),
        Duration.ofSeconds(1));
  }

  static CompactionLimits limits(int runs, int extentRows) {
    return new CompactionLimits(
        runs, 1 << 20, Duration.ofHours(1), extentRows, 64 << 20, 24, 1 << 20, 25);
  }

  /** A task over all extents of one order. */
  CompactionTask everything(TableDef table, RowOrder order) {
    return new CompactionTask(
        table.id(),
        order,
        CompactionTask.Reason.ASKED,
        extents(table).stream().filter(e -> e.summary().order() == order).toList());
  }

  CompactionResult compact(TableDef table, CompactionLimits limits) {
    return new Compaction(ports(), limits, everything(table, RowOrder.TABLE), Progress.NONE)
        .attempt();
  }

  static Optional<String> firstNote(List<Row> rows) {
    return rows.stream().map(Row::note).findFirst();
  }

  @Override
  public void close() {
    catalog.close();
  }
}
