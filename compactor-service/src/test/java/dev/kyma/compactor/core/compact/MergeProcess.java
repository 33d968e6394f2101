package dev.kyma.compactor.core.compact;

import dev.kyma.catalog.Catalog;
import dev.kyma.catalog.Commit;
import dev.kyma.catalog.CommitOutcome;
import dev.kyma.catalog.ExtentRef;
import dev.kyma.catalog.FlushPolicy;
import dev.kyma.catalog.LogBinding;
import dev.kyma.catalog.SourceCursor;
import dev.kyma.catalog.TableChange;
import dev.kyma.catalog.TableDef;
import dev.kyma.catalog.WriteGrant;
import dev.kyma.catalog.jdbc.JdbcCatalog;
import dev.kyma.catalog.visibility.RowShape;
import dev.kyma.format.ExtentOptions;
import dev.kyma.format.ExtentWriter;
import dev.kyma.format.LogInterval;
import dev.kyma.format.WrittenExtent;
import dev.kyma.format.io.ObjectStore;
import dev.kyma.format.io.local.LocalObjectStore;
import dev.kyma.format.tlm.TlmFormat;
import dev.kyma.format.type.Field;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.type.SystemColumns;
import dev.kyma.format.type.TableSchema;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.BytesVectorBuilder;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.LongVectorBuilder;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Executors;

/**
 * A process of its own that writes log rows as flush would, or merges them, and prints what it
 * took: {@code write <directory> <rows> <rows a run>} and {@code merge <directory>}.
 */
final class MergeProcess {
  private static final TableSchema SCHEMA =
      TableSchema.of(
          new Field(1, "time", LogicalType.TIMESTAMP, false),
          new Field(2, "severity", LogicalType.TEXT, true),
          new Field(3, "service", LogicalType.TEXT, true),
          new Field(4, "body", LogicalType.TEXT, true),
          new Field(5, "trace_id", LogicalType.TEXT, true),
          new Field(6, "span_id", LogicalType.TEXT, true),
          new Field(7, "attributes", LogicalType.DYNAMIC, true));
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String[] SEVERITIES = {"INFO", "INFO", "INFO", "WARN", "ERROR"};

  private MergeProcess() {}

  public static void main(String[] arguments) throws IOException {
    Path directory = Path.of(arguments[1]);
    try (Catalog catalog = JdbcCatalog.open("jdbc:sqlite:" + directory.resolve("catalog.db"));
        ObjectStore store = LocalObjectStore.open(directory.resolve("objects"))) {
      switch (arguments[0]) {
        case "write" ->
            write(catalog, store, Long.parseLong(arguments[2]), Integer.parseInt(arguments[3]));
        case "merge" -> merge(catalog, store);
        default -> throw new IllegalArgumentException(arguments[0]);
      }
    }
  }

  private static void write(Catalog catalog, ObjectStore store, long rows, int rowsPerRun) {
    long id = catalog.allocateTableId();
    TableDef table =
        new TableDef(
            id,
            "default",
            "logs",
            1,
            SCHEMA,
            1,
            0,
            List.of(1),
            new FlushPolicy(1_000_000, 1 << 26, Duration.ofHours(1)),
            new LogBinding("logs", "logs", 2, catalog.allocateLogOrdinals(2)),
            Map.of());
    commit(
        catalog, Commit.ofTables(Commit.Kind.CREATE_TABLE, List.of(new TableChange.Create(table))));
    Random random = new Random(42);
    long bytes = 0;
    long stored = 0;
    for (long from = 0; from < rows; from += rowsPerRun) {
      int partition = (int) (from / rowsPerRun % 2);
      int log = table.log().ordinal(partition);
      SourceCursor cursor = catalog.snapshot().cursor(log).orElseThrow();
      // Runs of the two partitions overlap in time, by half.
      long firstTime = 1_760_000_000_000_000_000L + (from - rowsPerRun / 2) * 20_000L;
      Batch batch = batch(random, log, cursor.nextOffset(), firstTime, rowsPerRun);
      bytes += HeldBytes.of(batch);
      stored += flush(catalog, store, table, cursor, batch);
    }
    System.out.printf(
        Locale.ROOT, "wrote rows=%d raw_bytes=%d stored_bytes=%d%n", rows, bytes, stored);
  }

  private static long flush(
      Catalog catalog, ObjectStore store, TableDef table, SourceCursor cursor, Batch batch) {
    long to = cursor.nextOffset() + batch.rowCount();
    TlmFormat format = new TlmFormat(0);
    ExtentWriter writer =
        format.write(
            RowShape.inExtents(table),
            new ExtentOptions(
                1,
                List.of(1),
                List.of(new LogInterval(cursor.log(), cursor.nextOffset(), to)),
                ExtentOptions.Effort.FLUSH));
    writer.append(batch);
    WrittenExtent written = writer.finish();
    WriteGrant grant = catalog.openGrant("extents");
    String key = grant.keyPrefix() + "run";
    store.create(key, written.content());
    commit(
        catalog,
        new Commit(
            UUID.randomUUID(),
            Commit.Kind.FLUSH,
            grant,
            List.of(
                new ExtentRef(
                    key, table.id(), format.name(), written.length(), 1, written.summary())),
            List.of(),
            List.of(
                new Commit.CursorMove(
                    cursor, new SourceCursor(cursor.log(), cursor.topicId(), to, 0, 0))),
            List.of(),
            List.of()));
    return written.length();
  }

  private static Batch batch(Random random, int log, long offset, long firstTime, int rows) {
    LongVectorBuilder times = new LongVectorBuilder(LogicalType.TIMESTAMP, rows);
    LongVectorBuilder logs = new LongVectorBuilder(SystemColumns.LOG.type(), rows);
    LongVectorBuilder seqs = new LongVectorBuilder(SystemColumns.SEQ.type(), rows);
    List<BytesVectorBuilder> texts = new ArrayList<>();
    for (Field field : SCHEMA.fields().subList(1, SCHEMA.size())) {
      texts.add(new BytesVectorBuilder(field.type(), rows));
    }
    byte[] id = new byte[16];
    long time = firstTime;
    for (int row = 0; row < rows; row++) {
      time += random.nextInt(40_000);
      times.append(time);
      logs.append(log);
      seqs.append(SystemColumns.seq(offset + row, 0));
      int service = random.nextInt(25);
      texts.get(0).append(SEVERITIES[random.nextInt(SEVERITIES.length)]);
      texts.get(1).append("service-" + service);
      texts
          .get(2)
          .append(
              "request to /api/v1/orders/"
                  + random.nextInt(1_000_000)
                  + " took "
                  + random.nextInt(2_000)
                  + " ms, answered "
                  + (200 + 100 * random.nextInt(4))
                  + " from node-"
                  + random.nextInt(40));
      random.nextBytes(id);
      String hex = HexFormat.of().formatHex(id);
      texts.get(3).append(hex);
      texts.get(4).append(hex.substring(16));
      texts
          .get(5)
          .append(
              "{\"http.method\":\"GET\",\"http.status_code\":"
                  + (200 + random.nextInt(4))
                  + ",\"k8s.pod.name\":\"service-"
                  + service
                  + "-"
                  + random.nextInt(200)
                  + "\",\"thread.id\":"
                  + random.nextInt(64)
                  + ",\"user.id\":\"u"
                  + random.nextInt(500_000)
                  + "\"}");
    }
    List<ColumnVector> columns = new ArrayList<>();
    columns.add(times.build());
    texts.forEach(builder -> columns.add(builder.build()));
    columns.add(logs.build());
    columns.add(seqs.build());
    return new Batch(columns, rows);
  }

  private static void commit(Catalog catalog, Commit commit) {
    CommitOutcome outcome = catalog.commit(commit, PATIENCE);
    if (!(outcome instanceof CommitOutcome.Committed)) {
      throw new IllegalStateException(outcome.toString());
    }
  }

  private static void merge(Catalog catalog, ObjectStore store) throws IOException {
    TableDef table = catalog.snapshot().table("default", "logs").orElseThrow();
    long before = hash(catalog, table);
    int extentsBefore = catalog.snapshot().extents(table.id()).size();
    CompactionSettings usual = CompactionSettings.defaults();
    CompactionSettings settings =
        new CompactionSettings(
            limits(usual.limits()),
            1,
            Duration.ZERO,
            Duration.ZERO,
            PATIENCE,
            usual.setAside(),
            usual.firstBackoff(),
            usual.mostBackoff(),
            usual.attempts());
    long start = System.nanoTime();
    CompactionStatus status;
    try (var workers = Executors.newSingleThreadExecutor()) {
      CompactionLoop loop =
          new CompactionLoop(
              new CompactionLoop.Ports(
                  new StorageBench(catalog, store).ports(),
                  WorkClaims.UNSHARED,
                  (task, result) -> System.out.println(task.reason() + " " + summary(result)),
                  workers,
                  Clock.systemUTC(),
                  new Random(7)),
              settings);
      var done = loop.compact(table.id());
      while (!done.isDone()) {
        loop.step();
        Thread.onSpinWait();
        java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
      }
      status = loop.status();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    long bytes = catalog.snapshot().extents(table.id()).stream().mapToLong(ExtentRef::length).sum();
    System.out.printf(
        Locale.ROOT,
        "merged rows=%d seconds=%.1f extents_before=%d extents_after=%d stored_bytes=%d"
            + " same_rows=%b heap_peak=%d resident_peak=%d%n",
        status.rows(),
        seconds,
        extentsBefore,
        catalog.snapshot().extents(table.id()).size(),
        bytes,
        hash(catalog, table) == before,
        heapPeak(),
        residentPeak());
  }

  /** The usual limits, or others for experiments. */
  private static CompactionLimits limits(CompactionLimits usual) {
    return new CompactionLimits(
        usual.runs(),
        usual.pendingRows(),
        usual.runAge(),
        usual.extentRows(),
        Long.getLong("kyma.merge.extent.bytes", usual.extentBytes()),
        Integer.getInteger("kyma.merge.inputs", usual.inputs()),
        usual.taskRows(),
        usual.deletedPercent());
  }

  private static String summary(CompactionResult result) {
    return result instanceof CompactionResult.Committed(var _, var figures)
        ? figures.toString()
        : result.toString();
  }

  private static long hash(Catalog catalog, TableDef table) {
    long hash = 0;
    for (ExtentRef extent : catalog.snapshot().extents(table.id())) {
      hash += extent.summary().rowsHash() + extent.summary().rows();
    }
    return hash;
  }

  private static long heapPeak() {
    long peak = 0;
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      if (pool.getType() == MemoryType.HEAP) {
        peak += pool.getPeakUsage().getUsed();
      }
    }
    return peak;
  }

  /** The most memory of the process that was resident, -1 where the system does not say. */
  private static long residentPeak() throws IOException {
    Path file = Path.of("/proc/self/status");
    if (!Files.exists(file)) {
      return -1;
    }
    for (String line : Files.readAllLines(file)) {
      if (line.startsWith("VmHWM:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) << 10;
      }
    }
    return -1;
  }
}
