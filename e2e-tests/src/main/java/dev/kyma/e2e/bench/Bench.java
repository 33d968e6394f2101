package dev.kyma.e2e.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kyma.e2e.client.KymaClient;
import dev.kyma.e2e.client.QueryResult;
import dev.kyma.e2e.process.KymaProcess;
import dev.kyma.e2e.process.ScratchDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * {@code ./kyma bench [ingest|storage|query] [--rows N] [--quick]}: loads generated log records
 * into Kyma through OTLP over HTTP and into DuckDB's Parquet, and prints what each cost and how
 * fast each answers. Without a suite, all of them.
 */
public final class Bench {
  private static final Set<String> SUITES = Set.of("ingest", "storage", "query");
  private static final long DEFAULT_ROWS = 5_000_000;
  private static final long STORAGE_ROWS = 20_971_520;
  private static final long QUICK_ROWS = 2_000_000;
  private static final int UPDATES_PER_SECOND = 50_000;
  private static final long SEED = 42;
  private static final Duration COMMIT_LIMIT = Duration.ofMinutes(5);

  private final Set<String> suites;
  private final long rows;
  private final boolean quick;
  private final List<String> inputs;
  private final Report report = new Report(System.out, Path.of("target", "bench"));

  private Bench(Set<String> suites, long rows, boolean quick, List<String> inputs) {
    this.suites = suites;
    this.rows = rows;
    this.quick = quick;
    this.inputs = List.copyOf(inputs);
  }

  /** Runs the suites named in the arguments. */
  public static void main(String[] args) throws IOException, SQLException {
    List<String> named = new ArrayList<>();
    OptionalLong rows = OptionalLong.empty();
    boolean quick = false;
    List<String> inputs = new ArrayList<>();
    for (int i = 0; i < args.length; i++) {
      switch (args[i]) {
        case "--quick" -> quick = true;
        case "--rows" -> rows = OptionalLong.of(Long.parseLong(args[++i].replace("_", "")));
        case "--input" -> inputs.add(args[++i]);
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
      Set<String> suites = named.isEmpty() ? SUITES : Set.copyOf(named);
      long usual = quick ? QUICK_ROWS : suites.contains("storage") ? STORAGE_ROWS : DEFAULT_ROWS;
      new Bench(suites, rows.orElse(usual), quick, inputs).run(scratch.path());
    }
  }

  private void run(Path directory) throws SQLException {
    System.out.printf(
        "%,d generated log records, seed %d; %d processors, Java %s%n",
        rows, SEED, Runtime.getRuntime().availableProcessors(), Runtime.version());
    if (suites.contains("storage")) {
      report.header();
      moduleBenches().forEach(bench -> bench.run(report));
      keyed(directory.resolve("keyed"));
    }
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
      Merging.toTheEnd(client, "otel_logs");
      try (DuckDbPeer peer = DuckDbPeer.load(new LogGenerator(SEED, rows), directory)) {
        if (suites.contains("storage")) {
          report.add(bytesPerRow(client, peer));
        }
        if (suites.contains("query")) {
          QueryRace race = new QueryRace(client, peer, rows);
          for (QueryRace.Race each : QueryRace.races(someTrace())) {
            report.add(race.run(each));
          }
        }
      }
    }
    if (suites.contains("storage")) {
      new NeedleFigures(data, rows).run(someTrace(), someToken(), report::add);
    }
  }

  private List<ModuleBench> moduleBenches() {
    List<String> speed = quick ? List.of("--quick") : List.of();
    List<ModuleBench> benches = new ArrayList<>();
    benches.add(new ModuleBench("dev.kyma.format.tlm.StorageBench", speed));
    benches.add(
        new ModuleBench(
            "dev.kyma.catalog.bench.CommitBench", quick ? List.of("--seconds", "5") : List.of()));
    benches.add(
        new ModuleBench(
            "dev.kyma.catalog.bench.PlanBench", quick ? List.of("--plans", "500") : List.of()));
    for (String input : inputs) {
      benches.add(new ModuleBench("dev.kyma.format.tlm.TextBench", List.of(input)));
    }
    return benches;
  }

  private void keyed(Path data) {
    try (KymaProcess kyma = KymaProcess.start(data, Map.of(), List.of())) {
      new KeyedFigures(kyma, quick ? 1_000_000 : 10_000_000)
          .run(
              UPDATES_PER_SECOND,
              quick ? Duration.ofSeconds(30) : Duration.ofMinutes(10),
              report::add);
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

  private Figure bytesPerRow(KymaClient client, DuckDbPeer peer) {
    QueryResult extents = client.query("SHOW EXTENTS otel_logs");
    long bytes = extents.column("bytes").stream().mapToLong(JsonNode::asLong).sum();
    return Figure.lessIsBetter(
        "storage.bytes_per_row",
        "B/row",
        (double) bytes / rows,
        (double) peer.bytes() / rows,
        rows,
        1,
        null);
  }

  /** A word of one body in the middle. */
  private String someToken() {
    return "needle" + rows / LogGenerator.RARE_WORD_EVERY / 2;
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
