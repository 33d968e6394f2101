package dev.kyma.catalog.bench;

import dev.kyma.catalog.Candidates;
import dev.kyma.catalog.Catalog;
import dev.kyma.catalog.Commit;
import dev.kyma.catalog.CommitOutcome;
import dev.kyma.catalog.ExtentRef;
import dev.kyma.catalog.Snapshot;
import dev.kyma.catalog.TableChange;
import dev.kyma.catalog.TableDef;
import dev.kyma.catalog.WriteGrant;
import dev.kyma.catalog.commit.FoldedSnapshot;
import dev.kyma.catalog.jdbc.JdbcCatalog;
import dev.kyma.catalog.jdbc.JdbcCatalogConfig;
import dev.kyma.format.RowOrder;
import dev.kyma.format.predicate.ColumnPath;
import dev.kyma.format.predicate.Constant;
import dev.kyma.format.predicate.Predicate;
import dev.kyma.format.predicate.Predicate.Comparison;
import dev.kyma.format.stats.ColumnStats;
import dev.kyma.format.stats.Pruning;
import dev.kyma.format.stats.StatsLookup;
import dev.kyma.format.type.LogicalType;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.management.JMException;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/**
 * Planning over many extents in a SQLite catalog: {@code [--extents N] [--plans N]}. A plan takes
 * the mirror's snapshot and leaves of all extents those that a time range of twenty extents and
 * conditions on two more columns do not rule out, by summaries and then by whole statistics. Prints
 * {@code storage.plan_100k_p99} with whole extents kept within the usual bound, the same with none
 * kept at all, so that each plan fetches what it looks at, and what an extent takes in memory.
 */
public final class PlanBench {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration MAX_AGE = Duration.ofMinutes(1);
  private static final Set<RowOrder> ORDERS = EnumSet.of(RowOrder.TABLE);
  private static final int WINDOW = 20;
  private static final int FEW = 1_000;
  private static final int EXTENTS_PER_COMMIT = 10;
  private static final int COMMITTERS = 64;
  private static final int CHECKPOINT_EVERY = 4_000;

  private PlanBench() {}

  /**
   * What was measured, times in milliseconds.
   *
   * @param cpuP99 of the planning thread's CPU time, whatever else the machine did meanwhile
   * @param heapBytes of one extent, in the heap
   * @param offHeapBytes of one extent, outside it
   */
  public record Result(
      int extents,
      double p50,
      double p99,
      double cpuP99,
      double coldP50,
      double coldP99,
      double heapBytes,
      double offHeapBytes) {}

  /** Runs the benchmark. */
  public static void main(String[] args) throws Exception {
    int extents = 100_000;
    int plans = 2_000;
    for (int i = 0; i + 1 < args.length; i += 2) {
      int value = Integer.parseInt(args[i + 1]);
      switch (args[i]) {
        case "--extents" -> extents = value;
        case "--plans" -> plans = value;
        default -> throw new IllegalArgumentException(args[i]);
      }
    }
    Path directory = Files.createTempDirectory("kyma-plan-bench");
    try {
      Result result = run(directory, extents, plans);
      String about =
          String.format(
              Locale.ROOT,
              ",\"heap_bytes_per_extent\":%.1f,\"off_heap_bytes_per_extent\":%.1f,\"equal\":true",
              result.heapBytes(),
              result.offHeapBytes());
      Figures.print("storage.plan_100k_p50", "ms", result.p50(), extents, about);
      Figures.print("storage.plan_100k_p99", "ms", result.p99(), extents, about);
      Figures.print("storage.plan_100k_cpu_p99", "ms", result.cpuP99(), extents, about);
      Figures.print("storage.plan_100k_fetching_p50", "ms", result.coldP50(), extents, about);
      Figures.print("storage.plan_100k_fetching_p99", "ms", result.coldP99(), extents, about);
      Figures.print(
          "storage.plan_bytes_per_extent",
          "B",
          result.heapBytes() + result.offHeapBytes(),
          extents,
          about);
    } finally {
      delete(directory);
    }
  }

  /** Measures in a new catalog. */
  public static Result run(Path directory, int extents, int plans) throws Exception {
    JdbcCatalogConfig config = config(directory.resolve("catalog.db"));
    TableDef table = fill(config, extents);
    // What an open catalog takes with few extents is not what an extent takes.
    JdbcCatalogConfig small = config(directory.resolve("small.db"));
    fill(small, FEW);
    long before;
    try (Catalog catalog = JdbcCatalog.open(small.withMaxExtentBytes(0))) {
      before = heap();
      requireEqual(catalog.snapshot(), table, FEW);
    }
    // Stores the checkpoints that are due, in the background; closing waits for that.
    JdbcCatalog.open(config).close();
    double heapBytes;
    double offHeapBytes;
    long[][] cold;
    try (Catalog catalog = JdbcCatalog.open(config.withMaxExtentBytes(0))) {
      heapBytes = (heap() - before) / (double) (extents - FEW);
      offHeapBytes = ((FoldedSnapshot) catalog.snapshot()).summaryBytes() / (double) extents;
      requireEqual(catalog.snapshot(), table, extents);
      cold = plan(catalog, table, extents, Math.max(200, plans / 10));
    }
    long[][] warm;
    try (Catalog catalog = JdbcCatalog.open(config)) {
      warm = plan(catalog, table, extents, plans);
    }
    return new Result(
        extents,
        Figures.percentile(warm[0], 50) / 1e6,
        Figures.percentile(warm[0], 99) / 1e6,
        Figures.percentile(warm[1], 99) / 1e6,
        Figures.percentile(cold[0], 50) / 1e6,
        Figures.percentile(cold[0], 99) / 1e6,
        heapBytes,
        offHeapBytes);
  }

  private static JdbcCatalogConfig config(Path file) {
    return new JdbcCatalogConfig(
        "jdbc:sqlite:" + file, Optional.empty(), Optional.empty(), CHECKPOINT_EVERY, 256);
  }

  private static TableDef fill(JdbcCatalogConfig config, int extents) throws Exception {
    try (Catalog catalog = JdbcCatalog.open(config);
        ExecutorService threads = Executors.newFixedThreadPool(COMMITTERS)) {
      TableDef table = LogExtents.table(catalog.allocateTableId(), 0, 1);
      commit(
          catalog,
          Commit.ofTables(Commit.Kind.CREATE_TABLE, List.of(new TableChange.Create(table))));
      WriteGrant grant = catalog.openGrant("extents");
      List<Callable<Void>> commits = new ArrayList<>();
      for (int from = 0; from < extents; from += EXTENTS_PER_COMMIT) {
        int first = from;
        commits.add(
            () -> {
              List<ExtentRef> add = new ArrayList<>();
              for (int n = first; n < Math.min(first + EXTENTS_PER_COMMIT, extents); n++) {
                String key = grant.keyPrefix() + "t" + table.id() + "-" + n;
                add.add(LogExtents.extent(table, key, 0, n, n + 1, n));
              }
              commit(
                  catalog,
                  new Commit(
                      UUID.randomUUID(),
                      Commit.Kind.COMPACT,
                      grant,
                      add,
                      List.of(),
                      List.of(),
                      List.of(),
                      List.of()));
              return null;
            });
      }
      for (Future<Void> done : threads.invokeAll(commits)) {
        done.get();
      }
      return table;
    }
  }

  private static void commit(Catalog catalog, Commit commit) {
    CommitOutcome outcome = catalog.commit(commit, PATIENCE);
    if (!(outcome instanceof CommitOutcome.Committed)) {
      throw new IllegalStateException("not committed: " + outcome);
    }
  }

  /** What live objects take, by the virtual machine's own count; holes between them aside. */
  private static long heap() throws JMException {
    Object histogram =
        ManagementFactory.getPlatformMBeanServer()
            .invoke(
                new ObjectName("com.sun.management:type=DiagnosticCommand"),
                "gcClassHistogram",
                new Object[] {new String[0]},
                new String[] {String[].class.getName()});
    long bytes = 0;
    for (String line : histogram.toString().lines().toList()) {
      String[] words = line.strip().split("\\s+");
      if (words.length >= 4 && words[0].endsWith(":") && !words[3].contains("FillerElement")) {
        bytes += Long.parseLong(words[2]);
      }
    }
    return bytes;
  }

  /** Some twenty extents' time, one service and slow requests. */
  private static Predicate predicate(Random random, int extents) {
    long from = LogExtents.START + random.nextInt(Math.max(1, extents - WINDOW)) * LogExtents.SPAN;
    ColumnPath time = ColumnPath.of(LogExtents.TIME, LogicalType.TIMESTAMP);
    return new Predicate.And(
        List.of(
            new Predicate.Compare(
                time, Comparison.GREATER_OR_EQUAL, Constant.of(LogicalType.TIMESTAMP, from)),
            new Predicate.Compare(
                time,
                Comparison.LESS,
                Constant.of(LogicalType.TIMESTAMP, from + WINDOW * LogExtents.SPAN)),
            new Predicate.Compare(
                ColumnPath.of(LogExtents.SERVICE, LogicalType.TEXT),
                Comparison.EQUAL,
                Constant.of(LogExtents.service(random.nextInt(60)))),
            new Predicate.Compare(
                ColumnPath.of(LogExtents.DURATION, LogicalType.FLOAT64),
                Comparison.GREATER,
                Constant.of(200.0))));
  }

  /** How long plans took, and how much CPU time, both sorted. */
  private static long[][] plan(Catalog catalog, TableDef table, int extents, int plans) {
    Random random = new Random(42);
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long[] nanos = new long[plans];
    long[] cpu = new long[plans];
    long kept = 0;
    for (int i = -plans / 4; i < plans; i++) {
      Predicate predicate = predicate(random, extents);
      long cpuStart = threads.getCurrentThreadCpuTime();
      long start = System.nanoTime();
      kept += left(catalog.snapshot(MAX_AGE), table, predicate).size();
      if (i >= 0) {
        nanos[i] = System.nanoTime() - start;
        cpu[i] = threads.getCurrentThreadCpuTime() - cpuStart;
      }
    }
    if (kept == 0) {
      throw new IllegalStateException("nothing was ever left");
    }
    Arrays.sort(nanos);
    Arrays.sort(cpu);
    return new long[][] {nanos, cpu};
  }

  private static List<ExtentRef> left(Snapshot snapshot, TableDef table, Predicate predicate) {
    Candidates candidates = snapshot.candidates(table.id(), predicate, ORDERS);
    return exactly(candidates.extents(), predicate);
  }

  private static List<ExtentRef> exactly(List<ExtentRef> extents, Predicate predicate) {
    List<ExtentRef> left = new ArrayList<>();
    for (ExtentRef extent : extents) {
      if (Pruning.mayMatch(predicate, statistics(extent)) != Pruning.Match.NONE) {
        left.add(extent);
      }
    }
    return left;
  }

  private static StatsLookup statistics(ExtentRef extent) {
    return column -> stats(extent, column.column());
  }

  private static @Nullable ColumnStats stats(ExtentRef extent, int column) {
    for (ColumnStats stats : extent.summary().columns()) {
      if (stats.column() == column) {
        return stats;
      }
    }
    return null;
  }

  /** Summaries change no answer. */
  private static void requireEqual(Snapshot snapshot, TableDef table, int extents) {
    Random random = new Random(7);
    List<ExtentRef> all = snapshot.extents(table.id());
    for (int i = 0; i < 5; i++) {
      Predicate predicate = predicate(random, extents);
      if (!left(snapshot, table, predicate).equals(exactly(all, predicate))) {
        throw new IllegalStateException("another answer for " + predicate);
      }
    }
  }

  private static void delete(Path directory) throws IOException {
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
              throws IOException {
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
