package dev.kyma.catalog.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kyma.catalog.Catalog;
import dev.kyma.catalog.Catalogs;
import dev.kyma.catalog.CommitRecord;
import dev.kyma.catalog.history.CatalogWorker.Recorded;
import dev.kyma.catalog.history.Linearizability.Linearizable;
import dev.kyma.catalog.history.Linearizability.Violation;
import dev.kyma.catalog.history.TableAnswer.TableState;
import dev.kyma.catalog.jdbc.FaultyCatalog;
import dev.kyma.catalog.jdbc.JdbcCatalog;
import dev.kyma.catalog.jdbc.JdbcCatalogConfig;
import dev.kyma.catalog.jdbc.PostgresServer;
import java.io.File;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Concurrent commits and reads of a real catalog are linearizable, table by table in all they say,
 * and over all tables in their numbers. {@code -Dkyma.history.operations} says how many each thread
 * asks for; ./kyma verify asks for more.
 */
class CommitHistoryTest {
  private static final int OPERATIONS =
      Integer.getInteger(
          "kyma.history.operations", Boolean.getBoolean("kyma.verify") ? 1_000 : 120);
  private static final int TABLES = 3;
  private static final int THREADS = 4;

  private final long seed = Long.getLong("kyma.seed", System.nanoTime());

  @TempDir Path directory;

  private JdbcCatalogConfig sqlite() {
    return JdbcCatalogConfig.of("jdbc:sqlite:" + directory.resolve("catalog.db"));
  }

  private static List<Long> create(Catalog catalog) {
    List<Long> tables = new ArrayList<>();
    for (int i = 0; i < TABLES; i++) {
      tables.add(Catalogs.create(catalog, "t" + i, 1).id());
    }
    return tables;
  }

  private interface Step<T> {
    T run(int number) throws Exception;
  }

  private static <T> List<T> atOnce(int count, Step<T> step) throws Exception {
    try (ExecutorService executor = Executors.newCachedThreadPool()) {
      List<Callable<T>> steps = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int number = i;
        steps.add(() -> step.run(number));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> result : executor.invokeAll(steps)) {
        results.add(result.get());
      }
      return results;
    }
  }

  /** Judges a history by both models, and by what the catalog says in the end. */
  private void judge(String name, Catalog catalog, long first, List<Recorded> recorded) {
    List<Operation<TableAsk, TableAnswer>> history =
        recorded.stream().map(Recorded::operation).toList();
    List<Operation<TableAsk, TableAnswer>> found = new ArrayList<>();
    Map<String, Integer> kinds = new HashMap<>();
    for (Recorded one : recorded) {
      Operation<TableAsk, TableAnswer> operation = one.operation();
      kinds.merge(operation.output().getClass().getSimpleName(), 1, Integer::sum);
      if (operation.output() instanceof TableAnswer.Unknown) {
        Optional<CommitRecord> applied = catalog.find(one.commitId().orElseThrow());
        applied.ifPresent(
            record ->
                found.add(
                    new Operation<>(
                        operation.input(),
                        new TableAnswer.Committed(record.number()),
                        operation.called(),
                        Operation.NEVER)));
      } else {
        found.add(operation);
      }
    }
    System.out.printf("CommitHistoryTest %s: %s, -Dkyma.seed=%d%n", name, kinds, seed);
    assertThat(Linearizability.check(new TableModel(), history)).isEqualTo(new Linearizable());
    assertThat(Linearizability.check(new NumberModel(first), found)).isEqualTo(new Linearizable());
    long committed =
        found.stream().filter(o -> o.output() instanceof TableAnswer.Committed).count();
    assertThat(catalog.snapshot().number()).isEqualTo(first + committed);
    assertThat(kinds.keySet()).contains("Seen", "Committed", "Refused");
    assertBrokenHistoriesAreSeen(history);
  }

  /** The same history with one read changed is none any more: the judgement is worth something. */
  private void assertBrokenHistoriesAreSeen(List<Operation<TableAsk, TableAnswer>> history) {
    Random random = new Random(seed);
    int changed = 0;
    for (int attempt = 0; changed < 5 && attempt < 1_000; attempt++) {
      int at = random.nextInt(history.size());
      Operation<TableAsk, TableAnswer> operation = history.get(at);
      if (!(operation.output() instanceof TableAnswer.Seen(long number, TableState state))
          || state.live().isEmpty()) {
        continue;
      }
      Map<String, Long> fewer = new HashMap<>(state.live());
      fewer.remove(fewer.keySet().iterator().next());
      List<Operation<TableAsk, TableAnswer>> broken = new ArrayList<>(history);
      broken.set(
          at,
          new Operation<>(
              operation.input(),
              new TableAnswer.Seen(number, new TableState(state.offset(), fewer)),
              operation.called(),
              operation.returned()));
      assertThat(Linearizability.check(new TableModel(), broken)).isInstanceOf(Violation.class);
      changed++;
    }
    assertThat(changed).isEqualTo(5);
  }

  private void threadsOn(String name, JdbcCatalogConfig config) throws Exception {
    try (Catalog catalog = JdbcCatalog.open(config);
        Catalog other = JdbcCatalog.open(config)) {
      List<Long> tables = create(catalog);
      long first = catalog.snapshot().number();
      List<Recorded> recorded =
          atOnce(
                  THREADS,
                  i ->
                      new CatalogWorker(
                              i % 2 == 0 ? catalog : other, tables, "w" + i, seed * 31 + i)
                          .run(OPERATIONS))
              .stream()
              .flatMap(List::stream)
              .toList();
      judge(name, catalog, first, recorded);
    }
  }

  private void brokenConnectionsOn(String name, JdbcCatalogConfig config) throws Exception {
    try (Catalog catalog = JdbcCatalog.open(config)) {
      List<Long> tables = create(catalog);
      long first = catalog.snapshot().number();
      List<Recorded> recorded;
      List<FaultyCatalog> faulty = List.of(new FaultyCatalog(config), new FaultyCatalog(config));
      try {
        List<CatalogWorker> workers = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
          workers.add(
              new CatalogWorker(faulty.get(i % 2).catalog(), tables, "w" + i, seed * 31 + i));
        }
        for (FaultyCatalog one : faulty) {
          one.beginToBreak(seed);
        }
        recorded =
            atOnce(THREADS, i -> workers.get(i).run(OPERATIONS)).stream()
                .flatMap(List::stream)
                .toList();
      } finally {
        for (FaultyCatalog one : faulty) {
          one.close();
        }
      }
      // A COMMIT that arrived late has arrived now.
      int broken = faulty.stream().mapToInt(FaultyCatalog::broken).sum();
      assertThat(broken).as("broken connections").isGreaterThan(5);
      judge(name + ", " + broken + " connections broken", catalog, first, recorded);
    }
  }

  private List<Process> processes(JdbcCatalogConfig config, List<Long> tables, int count)
      throws Exception {
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      processes.add(
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx128m",
                  "-XX:+UseSerialGC",
                  "-XX:TieredStopAtLevel=1",
                  "--enable-native-access=ALL-UNNAMED",
                  "--add-modules=jdk.incubator.vector",
                  "-cp",
                  System.getProperty("java.class.path"),
                  HistoryProcess.class.getName(),
                  config.url(),
                  config.user().orElse("-"),
                  tables.stream().map(String::valueOf).collect(Collectors.joining(",")),
                  "p" + i,
                  Long.toString(seed + i),
                  "2",
                  Integer.toString(OPERATIONS),
                  directory.toString())
              .redirectErrorStream(true)
              .redirectOutput(new File(directory.toFile(), "p" + i + ".log"))
              .start());
    }
    return processes;
  }

  private List<Recorded> recordedBy(int processes) throws Exception {
    List<Recorded> all = new ArrayList<>();
    for (int p = 0; p < processes; p++) {
      for (int thread = 0; thread < 2; thread++) {
        all.addAll(HistoryFile.read(directory.resolve("p" + p + "-" + thread + ".history")));
      }
    }
    return all;
  }

  private void await(List<Process> processes) throws Exception {
    for (int i = 0; i < processes.size(); i++) {
      assertThat(processes.get(i).waitFor(120, TimeUnit.SECONDS)).isTrue();
      assertThat(processes.get(i).exitValue())
          .as(Files.readString(directory.resolve("p" + i + ".log")))
          .isZero();
    }
  }

  @Test
  void threadsOnSqlite() throws Exception {
    threadsOn("SQLite, threads", sqlite());
  }

  @Test
  void brokenConnectionsOnSqlite() throws Exception {
    brokenConnectionsOn("SQLite", sqlite());
  }

  @Test
  void processesOnSqlite() throws Exception {
    try (Catalog catalog = JdbcCatalog.open(sqlite())) {
      List<Long> tables = create(catalog);
      long first = catalog.snapshot().number();
      List<Process> processes = processes(sqlite(), tables, 2);
      try {
        await(processes);
      } finally {
        processes.forEach(Process::destroyForcibly);
      }
      judge("SQLite, 2 processes", catalog, first, recordedBy(2));
    }
  }

  @Test
  void threadsAndBrokenConnectionsOnPostgres() throws Exception {
    try (PostgresServer server = new PostgresServer()) {
      threadsOn(
          "Postgres, threads", JdbcCatalogConfig.of(server.newDatabase(), "postgres", "postgres"));
      brokenConnectionsOn(
          "Postgres", JdbcCatalogConfig.of(server.newDatabase(), "postgres", "postgres"));
    }
  }

  @Test
  void processesOnPostgresWhoseConnectionsAreCutByTheServer() throws Exception {
    try (PostgresServer server = new PostgresServer()) {
      JdbcCatalogConfig config = JdbcCatalogConfig.of(server.newDatabase(), "postgres", "postgres");
      List<Long> tables;
      long first;
      try (Catalog catalog = JdbcCatalog.open(config)) {
        tables = create(catalog);
        first = catalog.snapshot().number();
      }
      List<Process> processes = processes(config, tables, 3);
      int cut = 0;
      try {
        while (processes.stream().anyMatch(Process::isAlive)) {
          Thread.sleep(250);
          cut += server.cutConnections();
        }
        await(processes);
      } finally {
        processes.forEach(Process::destroyForcibly);
      }
      assertThat(cut).isPositive();
      try (Catalog catalog = JdbcCatalog.open(config)) {
        judge("Postgres, 3 processes, " + cut + " connections cut", catalog, first, recordedBy(3));
      }
    }
  }

  @Test
  void aCatalogThatReadsWhatItRemembersIsCaught() throws Exception {
    List<Long> tables;
    try (Catalog catalog = JdbcCatalog.open(sqlite())) {
      tables = create(catalog);
    }
    try (Catalog catalog = JdbcCatalog.open(sqlite());
        Catalog forgetful = remembering(JdbcCatalog.open(sqlite()))) {
      List<Operation<TableAsk, TableAnswer>> history =
          atOnce(
                  2,
                  i ->
                      new CatalogWorker(i == 0 ? catalog : forgetful, tables, "w" + i, seed + i)
                          .run(60))
              .stream()
              .flatMap(List::stream)
              .map(Recorded::operation)
              .toList();
      assertThat(Linearizability.check(new TableModel(), history)).isInstanceOf(Violation.class);
    }
  }

  /** Answers the newest snapshot as it was up to an hour ago. */
  private static Catalog remembering(Catalog catalog) {
    return (Catalog)
        Proxy.newProxyInstance(
            Catalog.class.getClassLoader(),
            new Class<?>[] {Catalog.class},
            (self, method, arguments) ->
                method.getName().equals("snapshot") && arguments == null
                    ? catalog.snapshot(Duration.ofHours(1))
                    : method.invoke(catalog, arguments));
  }
}
