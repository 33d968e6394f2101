package dev.kyma.catalog.bench;

import dev.kyma.catalog.Catalog;
import dev.kyma.catalog.Commit;
import dev.kyma.catalog.Commit.CursorMove;
import dev.kyma.catalog.CommitOutcome;
import dev.kyma.catalog.ExtentRef;
import dev.kyma.catalog.Snapshot;
import dev.kyma.catalog.SourceCursor;
import dev.kyma.catalog.TableChange;
import dev.kyma.catalog.TableDef;
import dev.kyma.catalog.WriteGrant;
import dev.kyma.catalog.jdbc.JdbcCatalog;
import dev.kyma.catalog.jdbc.JdbcCatalogConfig;
import dev.kyma.catalog.jdbc.PostgresServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;

/**
 * Many committers in several processes flush partitions of one table into a Postgres that syncs
 * every commit: {@code [--seconds N] [--processes N] [--committers N]}. Prints {@code
 * storage.commit_per_s} and {@code storage.commit_p99}, and fails if a commit is lost or doubled.
 */
public final class CommitBench {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String WORKER = "--worker";
  private static final String USER = "postgres";
  private static final long TABLE = 1;
  private static final int WARM_UP_SECONDS = 8;

  private CommitBench() {}

  /**
   * What was measured.
   *
   * @param fsync what the server answered to {@code SHOW fsync}
   */
  public record Result(
      String fsync,
      int committers,
      long commits,
      double perSecond,
      double p50Millis,
      double p99Millis) {}

  /** Runs the benchmark, or is one of its processes. */
  public static void main(String[] args) throws Exception {
    if (args.length > 0 && args[0].equals(WORKER)) {
      work(
          args[1], Integer.parseInt(args[2]), Integer.parseInt(args[3]), Integer.parseInt(args[4]));
      return;
    }
    int seconds = 20;
    int processes = 4;
    int committers = 25;
    for (int i = 0; i + 1 < args.length; i += 2) {
      int value = Integer.parseInt(args[i + 1]);
      switch (args[i]) {
        case "--seconds" -> seconds = value;
        case "--processes" -> processes = value;
        case "--committers" -> committers = value;
        default -> throw new IllegalArgumentException(args[i]);
      }
    }
    Result result = run(processes, committers, seconds);
    String about =
        String.format(
            Locale.ROOT,
            ",\"fsync\":\"%s\",\"processes\":%d,\"committers\":%d,\"equal\":true",
            result.fsync(),
            processes,
            result.committers());
    Figures.print("storage.commit_per_s", "commits/s", result.perSecond(), result.commits(), about);
    Figures.print("storage.commit_p50", "ms", result.p50Millis(), result.commits(), about);
    Figures.print("storage.commit_p99", "ms", result.p99Millis(), result.commits(), about);
  }

  /**
   * Commits for some seconds, after a warm-up that is not counted.
   *
   * @throws IllegalStateException if a commit was lost, doubled or refused
   */
  public static Result run(int processes, int committers, int seconds) throws Exception {
    try (PostgresServer server = new PostgresServer("fsync", "on")) {
      String url = server.newDatabase();
      JdbcCatalogConfig config = JdbcCatalogConfig.of(url, USER, USER);
      try (Catalog catalog = JdbcCatalog.open(config)) {
        long first = prepare(catalog, processes * committers);
        long[][] done = measure(url, processes, committers, seconds);
        long[] counted = done[0];
        long commits = done[1][0];
        requireAll(catalog, first, commits, processes * committers);
        Arrays.sort(counted);
        return new Result(
            fsync(url),
            processes * committers,
            counted.length,
            counted.length / (double) seconds,
            Figures.percentile(counted, 50) / 1e3,
            Figures.percentile(counted, 99) / 1e3);
      }
    }
  }

  private static String fsync(String url) throws Exception {
    try (Connection connection = DriverManager.getConnection(url, USER, USER);
        ResultSet row = connection.createStatement().executeQuery("SHOW fsync")) {
      row.next();
      return row.getString(1);
    }
  }

  private static long prepare(Catalog catalog, int partitions) {
    TableDef table = LogExtents.table(TABLE, 0, partitions);
    CommitOutcome outcome =
        catalog.commit(
            Commit.ofTables(Commit.Kind.CREATE_TABLE, List.of(new TableChange.Create(table))),
            PATIENCE);
    return committed(outcome);
  }

  private static long committed(CommitOutcome outcome) {
    if (outcome instanceof CommitOutcome.Committed(var record)) {
      return record.number();
    }
    throw new IllegalStateException("not committed: " + outcome);
  }

  /** The latencies counted, in microseconds, and the number of all commits. */
  private static long[][] measure(String url, int processes, int committers, int seconds)
      throws Exception {
    List<Process> running = new ArrayList<>();
    try {
      List<BufferedReader> outputs = new ArrayList<>();
      for (int p = 0; p < processes; p++) {
        Process process = start(url, p * committers, committers, seconds);
        running.add(process);
        outputs.add(process.inputReader(StandardCharsets.UTF_8));
      }
      for (BufferedReader output : outputs) {
        requireLine(output, "ready");
      }
      for (Process process : running) {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
      }
      LongStream.Builder latencies = LongStream.builder();
      long all = 0;
      Set<Long> numbers = new HashSet<>();
      for (BufferedReader output : outputs) {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
          String[] parts = line.split(" ");
          if (!numbers.add(Long.parseLong(parts[0]))) {
            throw new IllegalStateException("two commits were answered number " + parts[0]);
          }
          all++;
          if (!parts[1].equals("-")) {
            latencies.add(Long.parseLong(parts[1]));
          }
        }
      }
      for (Process process : running) {
        if (process.waitFor() != 0) {
          throw new IllegalStateException("a process ended with " + process.exitValue());
        }
      }
      return new long[][] {latencies.build().toArray(), {all}};
    } finally {
      running.forEach(Process::destroyForcibly);
    }
  }

  private static void requireLine(BufferedReader output, String wanted) throws IOException {
    String line = output.readLine();
    if (!wanted.equals(line)) {
      throw new IllegalStateException("a process said " + line);
    }
  }

  private static Process start(String url, int firstLog, int committers, int seconds)
      throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "--add-modules=jdk.incubator.vector",
            "-cp",
            System.getProperty("java.class.path"),
            CommitBench.class.getName(),
            WORKER,
            url,
            Integer.toString(firstLog),
            Integer.toString(committers),
            Integer.toString(seconds))
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  /** One process: each committer flushes a log of its own, one commit after the other. */
  private static void work(String url, int firstLog, int committers, int seconds) throws Exception {
    try (Catalog catalog = JdbcCatalog.open(JdbcCatalogConfig.of(url, USER, USER));
        ExecutorService threads = Executors.newFixedThreadPool(committers);
        BufferedReader in =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      TableDef table = catalog.snapshot().table(TABLE).orElseThrow();
      WriteGrant grant = catalog.openGrant("extents");
      System.out.println("ready");
      in.readLine();
      long begin = System.nanoTime() + Duration.ofSeconds(WARM_UP_SECONDS).toNanos();
      long end = begin + Duration.ofSeconds(seconds).toNanos();
      List<Callable<List<String>>> work = new ArrayList<>();
      for (int c = 0; c < committers; c++) {
        int log = firstLog + c;
        work.add(() -> commit(catalog, table, grant, log, begin, end));
      }
      StringBuilder out = new StringBuilder();
      for (Future<List<String>> lines : threads.invokeAll(work)) {
        lines.get().forEach(line -> out.append(line).append('\n'));
      }
      System.out.print(out);
      System.out.flush();
    }
  }

  private static List<String> commit(
      Catalog catalog, TableDef table, WriteGrant grant, int log, long begin, long end) {
    List<String> lines = new ArrayList<>();
    SourceCursor at = SourceCursor.start(log, table.log().topicId());
    while (true) {
      long asked = System.nanoTime();
      if (asked >= end) {
        return lines;
      }
      SourceCursor next = new SourceCursor(log, at.topicId(), at.nextOffset() + 1, 1, 0);
      ExtentRef extent =
          LogExtents.extent(
              table,
              grant.keyPrefix() + log + "-" + next.nextOffset(),
              log,
              at.nextOffset(),
              next.nextOffset(),
              next.nextOffset());
      Commit commit =
          new Commit(
              UUID.randomUUID(),
              Commit.Kind.FLUSH,
              grant,
              List.of(extent),
              List.of(),
              List.of(new CursorMove(at, next)),
              List.of(),
              List.of());
      long number = committed(catalog.commit(commit, PATIENCE));
      long answered = System.nanoTime();
      // Counted is what was answered within the time, so the rate is one of finished commits.
      boolean counts = answered >= begin && answered < end;
      lines.add(number + " " + (counts ? Long.toString((answered - asked) / 1_000) : "-"));
      at = next;
    }
  }

  private static void requireAll(Catalog catalog, long first, long commits, int logs) {
    Snapshot snapshot = catalog.snapshot();
    long moved = 0;
    for (int log = 0; log < logs; log++) {
      moved += snapshot.cursor(log).orElseThrow().nextOffset();
    }
    long extents = snapshot.extents(TABLE).size();
    if (snapshot.number() != first + commits || moved != commits || extents != commits) {
      throw new IllegalStateException(
          commits
              + " commits were answered, but there are snapshot "
              + snapshot.number()
              + " after "
              + first
              + ", "
              + extents
              + " extents, and cursors moved by "
              + moved);
    }
  }
}
