package dev.kyma.e2e.bench;

import dev.kyma.e2e.client.KymaClient;
import dev.kyma.e2e.process.KymaProcess;
import dev.kyma.e2e.process.ScratchDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * {@code ./kyma bench [ingest|storage|query] [--rows N] [--quick]}: loads generated log records
 * into Kyma through OTLP over HTTP and into DuckDB's Parquet, and prints what each cost and how
 * fast each answers. Without a suite, all of them.
 */
public final class Bench {
  private static final Set<String> SUITES = Set.of("ingest", "storage", "query");
  private static final long DEFAULT_ROWS = 5_000_000;
  private static final long QUICK_ROWS = 2_000_000;
  private static final long SEED = 42;
  private static final Duration COMMIT_LIMIT = Duration.ofMinutes(5);

  private final Set<String> suites;
  private final long rows;
  private final Report report = new Report(System.out, Path.of("target", "bench"));

  private Bench(Set<String> suites, long rows) {
    this.suites = suites;
    this.rows = rows;
  }

  /** Runs the suites named in the arguments. */
  public static void main(String[] args) throws IOException, SQLException {
    List<String> named = new ArrayList<>();
    long rows = DEFAULT_ROWS;
    for (int i = 0; i < args.length; i++) {
      switch (args[i]) {
        case "--quick" -> rows = QUICK_ROWS;
        case "--rows" -> rows = Long.parseLong(args[++i].replace("_", ""));
        default -> {
          if (!SUITES.contains(args[i])) {
            System.err.println("no suite " + args[i] + "; there are " + SUITES);
            System.exit(2);
          }
          named.add(args[i]);
        }
      }
    }
    try (ScratchDirectory scratch = ScratchDirectory.create("kyma-bench")) {
      new Bench(named.isEmpty() ? SUITES : Set.copyOf(named), rows).run(scratch.path());
    }
  }

  private void run(Path directory) throws SQLException {
    System.out.printf(
        "%,d generated log records, seed %d; %d processors, Java %s%n",
        rows, SEED, Runtime.getRuntime().availableProcessors(), Runtime.version());
    Path data = directory.resolve("kyma");
    try (KymaProcess kyma = KymaProcess.start(data, Map.of(), List.of());
        KymaClient client = new KymaClient(kyma.http())) {
      Figure ingest = ingest(kyma, client);
      report.header();
      if (suites.contains("ingest")) {
        report.add(ingest);
      }
      if (!suites.contains("storage") && !suites.contains("query")) {
        return;
      }
      try (DuckDbPeer peer = DuckDbPeer.load(new LogGenerator(SEED, rows), directory)) {
        if (suites.contains("storage")) {
          report.add(bytesPerRow(data, peer));
        }
        if (suites.contains("query")) {
          QueryRace race = new QueryRace(client, peer, rows);
          for (QueryRace.Race each : QueryRace.races(someTrace())) {
            report.add(race.run(each));
          }
        }
      }
    }
  }

  /** Megabytes of OTLP protobuf a CPU-second of Kyma, broker included, brings into extents. */
  private Figure ingest(KymaProcess kyma, KymaClient client) {
    Duration before = kyma.cpuTime();
    Instant start = Instant.now();
    long bytes = new OtlpLoad(kyma.otlpHttp()).send(new LogGenerator(SEED, rows));
    Map<String, String> committed = Map.of("X-Kyma-Freshness", "committed");
    while (count(client, committed) < rows) {
      if (Duration.between(start, Instant.now()).compareTo(COMMIT_LIMIT) > 0) {
        throw new IllegalStateException(
            count(client, committed) + " of " + rows + " rows committed");
      }
      try {
        Thread.sleep(200);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", e);
      }
    }
    double seconds = Duration.between(start, Instant.now()).toMillis() / 1e3;
    double cpuSeconds = kyma.cpuTime().minus(before).toMillis() / 1e3;
    System.out.printf(
        "loaded %,d bytes of OTLP in %.1f s, %.1f CPU-seconds of Kyma's%n",
        bytes, seconds, cpuSeconds);
    return Figure.alone("ingest.otlp_http", "MB/CPU-s", bytes / 1e6 / cpuSeconds, rows);
  }

  private static long count(KymaClient client, Map<String, String> headers) {
    KymaClient.Answer answer = client.tryQuery("SELECT count(*) FROM otel_logs", headers);
    return answer.status() == 200 ? answer.body().at("/rows/0/0").asLong() : 0;
  }

  private Figure bytesPerRow(Path data, DuckDbPeer peer) {
    try (Stream<Path> files = Files.walk(data)) {
      long bytes =
          files
              .filter(file -> file.toString().contains("/extents/") && Files.isRegularFile(file))
              .mapToLong(file -> file.toFile().length())
              .sum();
      return Figure.lessIsBetter(
          "storage.bytes_per_row",
          "B/row",
          (double) bytes / rows,
          (double) peer.bytes() / rows,
          rows,
          1,
          null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String someTrace() {
    LogGenerator generator = new LogGenerator(SEED, rows);
    LogRow row = generator.next();
    for (long i = 1; i < rows / 2; i++) {
      row = generator.next();
    }
    return row.traceId();
  }
}
