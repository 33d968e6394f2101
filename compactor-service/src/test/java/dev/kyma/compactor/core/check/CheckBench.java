package dev.kyma.compactor.core.check;

import dev.kyma.catalog.Catalog;
import dev.kyma.catalog.Commit;
import dev.kyma.catalog.CommitOutcome;
import dev.kyma.catalog.ExtentRef;
import dev.kyma.catalog.FlushPolicy;
import dev.kyma.catalog.LogBinding;
import dev.kyma.catalog.Removal;
import dev.kyma.catalog.SourceCursor;
import dev.kyma.catalog.TableChange;
import dev.kyma.catalog.TableDef;
import dev.kyma.catalog.WriteGrant;
import dev.kyma.catalog.archive.Archiver;
import dev.kyma.catalog.jdbc.JdbcCatalog;
import dev.kyma.format.ExtentOptions;
import dev.kyma.format.ExtentSummary;
import dev.kyma.format.ExtentWriter;
import dev.kyma.format.LogInterval;
import dev.kyma.format.SegmentFormat;
import dev.kyma.format.WrittenExtent;
import dev.kyma.format.io.ObjectStore;
import dev.kyma.format.io.memory.MemoryObjectStore;
import dev.kyma.format.tlm.TlmFormat;
import dev.kyma.format.type.Field;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.type.SystemColumns;
import dev.kyma.format.type.TableSchema;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.BytesVectorBuilder;
import dev.kyma.format.vector.LongVectorBuilder;
import dev.kyma.service.log.LogIdentity;
import dev.kyma.service.log.LogPartition;
import dev.kyma.service.log.LogRange;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/** A catalog, a store and a log that tests damage on purpose. */
final class CheckBench implements LogBounds, AutoCloseable {
  static final int CHECKPOINT_EVERY = 5;

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final TableSchema SCHEMA =
      TableSchema.of(
          new Field(1, "id", LogicalType.INT64, false),
          new Field(2, "name", LogicalType.TEXT, true));

  final Catalog catalog;
  final ObjectStore store;
  final SegmentFormat format = new TlmFormat();
  final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  final WriteGrant grant;
  final Map<Integer, LogRange> logs = new HashMap<>();
  LogIdentity identity = new LogIdentity.Same();
  private int objects;

  CheckBench(Path directory) {
    this(directory, new MemoryObjectStore());
  }

  CheckBench(Path directory, ObjectStore store) {
    this.store = store;
    catalog = JdbcCatalog.open("jdbc:sqlite:" + directory.resolve("catalog.db"));
    grant = catalog.openGrant("extents");
  }

  TableDef table(String name) {
    long id = catalog.allocateTableId();
    int ordinal = catalog.allocateLogOrdinals(1);
    TableDef table =
        new TableDef(
            id,
            "default",
            name,
            1,
            SCHEMA,
            0,
            0,
            List.of(1),
            new FlushPolicy(1_000, 1 << 20, Duration.ofMinutes(1)),
            new LogBinding("kyma.t." + id, "topic-" + id, 1, ordinal),
            Map.of());
    logs.put(ordinal, new LogRange(0, 1_000_000));
    commit(Commit.ofTables(Commit.Kind.CREATE_TABLE, List.of(new TableChange.Create(table))));
    return table;
  }

  /** The extent of some records of one row each, in the store. */
  ExtentRef extent(TableDef table, int level, long fromOffset, long toOffset) {
    return extent(table, level, fromOffset, toOffset, id -> id);
  }

  /**
   * The extent of some records of one row each, in the store.
   *
   * @param ids changes the ids of rows, which are as their offsets otherwise
   */
  ExtentRef extent(
      TableDef table, int level, long fromOffset, long toOffset, UnaryOperator<Long> ids) {
    int rows = (int) (toOffset - fromOffset);
    LongVectorBuilder id = new LongVectorBuilder(LogicalType.INT64, rows);
    BytesVectorBuilder name = new BytesVectorBuilder(LogicalType.TEXT, rows);
    LongVectorBuilder log = new LongVectorBuilder(SystemColumns.LOG.type(), rows);
    LongVectorBuilder seq = new LongVectorBuilder(SystemColumns.SEQ.type(), rows);
    for (long offset = fromOffset; offset < toOffset; offset++) {
      id.append(ids.apply(offset));
      name.append("row " + offset);
      log.append(table.log().firstOrdinal());
      seq.append(SystemColumns.seq(offset, 0));
    }
    ExtentWriter writer =
        format.write(
            SCHEMA.plus(List.of(SystemColumns.LOG, SystemColumns.SEQ)),
            new ExtentOptions(
                    0,
                    List.of(1),
                    List.of(new LogInterval(table.log().firstOrdinal(), fromOffset, toOffset)),
                    ExtentOptions.Effort.FLUSH)
                .withLevel(level));
    writer.append(new Batch(List.of(id.build(), name.build(), log.build(), seq.build()), rows));
    WrittenExtent written = writer.finish();
    String key = grant.keyPrefix() + "x" + ++objects;
    store.create(key, written.content());
    return new ExtentRef(key, table.id(), format.name(), written.length(), 1, written.summary());
  }

  /** Moves the cursor over records and adds the extent of their rows. */
  ExtentRef flush(TableDef table, long fromOffset, long toOffset) {
    ExtentRef extent = extent(table, 0, fromOffset, toOffset);
    flush(table, fromOffset, toOffset, List.of(extent));
    return extent;
  }

  void flush(TableDef table, long fromOffset, long toOffset, List<ExtentRef> extents) {
    int log = table.log().firstOrdinal();
    SourceCursor from = catalog.snapshot().cursor(log).orElseThrow();
    if (from.nextOffset() != fromOffset) {
      throw new AssertionError(from);
    }
    commit(
        new Commit(
            UUID.randomUUID(),
            Commit.Kind.FLUSH,
            extents.isEmpty() ? null : grant,
            extents,
            List.of(),
            List.of(
                new Commit.CursorMove(from, new SourceCursor(log, from.topicId(), toOffset, 0, 0))),
            List.of(),
            List.of()));
  }

  void replace(Commit.Kind kind, List<Removal> remove, List<ExtentRef> add) {
    commit(
        new Commit(
            UUID.randomUUID(),
            kind,
            add.isEmpty() ? null : grant,
            add,
            remove,
            List.of(),
            List.of(),
            List.of()));
  }

  void commit(Commit commit) {
    CommitOutcome outcome = catalog.commit(commit, PATIENCE);
    if (!(outcome instanceof CommitOutcome.Committed)) {
      throw new AssertionError(outcome);
    }
  }

  void archive() {
    new Archiver(catalog, store, CHECKPOINT_EVERY).run(1_000);
  }

  /** The object's bytes changed and stored again under its key. */
  void rewrite(String key, UnaryOperator<byte[]> change) {
    byte[] bytes = bytes(key);
    store.delete(List.of(key));
    store.create(key, List.of(ByteBuffer.wrap(change.apply(bytes))));
  }

  byte[] bytes(String key) {
    ByteBuffer content =
        store.read(key, 0, Math.toIntExact(store.stat(key).orElseThrow().length()));
    byte[] bytes = new byte[content.remaining()];
    content.get(bytes);
    return bytes;
  }

  /** An extent as the catalog is to know it, with another summary than its footer. */
  static ExtentRef with(ExtentRef ref, UnaryOperator<ExtentSummary> change) {
    return new ExtentRef(
        ref.key(),
        ref.table(),
        ref.format(),
        ref.length(),
        ref.schemaVersion(),
        change.apply(ref.summary()));
  }

  List<Finding> check(CheckScope scope) {
    return new StorageCheck(catalog, store, format, this, workers, 4, CHECKPOINT_EVERY)
        .run(scope, "test", CheckProgress.NONE)
        .findings();
  }

  @Override
  public Map<LogBinding, LogIdentity> verify(Collection<LogBinding> bindings) {
    Map<LogBinding, LogIdentity> identities = new HashMap<>();
    bindings.forEach(binding -> identities.put(binding, identity));
    return identities;
  }

  @Override
  public Map<LogPartition, LogRange> bounds(Collection<LogPartition> partitions) {
    Map<LogPartition, LogRange> bounds = new HashMap<>();
    partitions.forEach(p -> bounds.put(p, logs.get(p.ordinal())));
    return bounds;
  }

  @Override
  public void close() {
    workers.close();
    catalog.close();
  }
}
