package dev.kyma.e2e.demo;

import dev.kyma.e2e.client.KymaClient;
import dev.kyma.e2e.client.QueryResult;
import dev.kyma.e2e.process.KymaProcess;
import dev.kyma.e2e.process.ScratchDirectory;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The main job, shown: starts Kyma in a process of its own on a temporary directory, sends the
 * sample through OpenTelemetry's own exporters, asks five questions, and leaves nothing behind.
 */
public final class Demo {
  private static final String FLUSH_EVERY_SECOND = "-Dkyma.ingest.tables.flush.age=1S";
  private static final Duration COMMIT_LIMIT = Duration.ofSeconds(30);

  private final PrintStream out;

  private Demo(PrintStream out) {
    this.out = out;
  }

  /** Runs the demo; ends with an exception, and so a status other than 0, if anything fails. */
  public static void main(String[] args) throws IOException {
    try (ScratchDirectory scratch = ScratchDirectory.create("kyma-demo")) {
      new Demo(System.out).run(scratch.path());
    }
  }

  private void run(Path directory) {
    Instant started = Instant.now();
    out.println("Starting Kyma: one process, its own Kafka broker, a directory for extents.");
    try (KymaProcess kyma = KymaProcess.start(directory, Map.of(), List.of(FLUSH_EVERY_SECOND));
        KymaClient client = new KymaClient(kyma.http())) {
      out.printf(
          "Ready after %s. OTLP on %s, SQL on %s%n%n",
          seconds(started), kyma.otlpGrpc(), kyma.http());
      List<SampleRecord> sample = Sample.read();
      send(kyma, sample);
      awaitCommitted(client, sample.size());
      for (int i = 0; i < Questions.ALL.size(); i++) {
        ask(client, i + 1, Questions.ALL.get(i));
      }
    }
    out.printf("%nKyma is stopped and its directory removed. All in all %s.%n", seconds(started));
    out.println("Your own data: ./kyma run, then point an OpenTelemetry exporter at port 4317.");
  }

  private void send(KymaProcess kyma, List<SampleRecord> records) {
    String endpoint = kyma.otlpGrpc().toString();
    ProgressBar progress =
        new ProgressBar(out, System.console() != null, "Sending telemetry", records.size());
    Map<String, PodTelemetry> pods = new HashMap<>();
    try {
      for (SampleRecord record : records) {
        pods.computeIfAbsent(record.pod(), pod -> new PodTelemetry(record.service(), pod, endpoint))
            .send(record);
        progress.step();
      }
      pods.values().forEach(PodTelemetry::flush);
    } finally {
      pods.values().forEach(PodTelemetry::close);
    }
  }

  /** Waits until every record is in an extent, so that the answers show what reading them took. */
  private void awaitCommitted(KymaClient client, int records) {
    Instant sent = Instant.now();
    String count =
        "SELECT (SELECT count(*) FROM otel_logs) + (SELECT count(*) FROM otel_traces)"
            + " + (SELECT count(*) FROM otel_metrics)";
    while (client.query(count, Map.of("X-Kyma-Freshness", "committed")).single().asLong()
        < records) {
      if (Duration.between(sent, Instant.now()).compareTo(COMMIT_LIMIT) > 0) {
        throw new IllegalStateException("not all records are committed within " + COMMIT_LIMIT);
      }
      try {
        Thread.sleep(100);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", e);
      }
    }
    out.printf("All are in extents %s later.%n", seconds(sent));
  }

  private void ask(KymaClient client, int number, Questions.Question question) {
    Instant asked = Instant.now();
    QueryResult result = client.query(question.sql());
    long millis = Duration.between(asked, Instant.now()).toMillis();
    if (result.rows().isEmpty()) {
      throw new IllegalStateException("no answer to: " + question.title());
    }
    out.printf(
        "%n%d. %s%n%n%s%n%n", number, question.title(), question.sql().indent(5).stripTrailing());
    out.print(TextTable.of(result));
    out.printf(
        "  %d rows in %d ms; read %,d of %,d bytes%n",
        result.rows().size(),
        millis,
        result.stats().at("/bytes/read").asLong(),
        result.stats().at("/bytes/considered").asLong());
  }

  private static String seconds(Instant since) {
    return String.format("%.1f s", Duration.between(since, Instant.now()).toMillis() / 1000.0);
  }
}
