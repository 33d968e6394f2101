package dev.kyma.catalog.history;

import dev.kyma.catalog.Catalog;
import dev.kyma.catalog.jdbc.JdbcCatalog;
import dev.kyma.catalog.jdbc.JdbcCatalogConfig;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** A process of its own that works on a catalog with several threads and records a history. */
final class HistoryProcess {
  private HistoryProcess() {}

  /** Arguments: URL, user or -, tables with commas, name, seed, threads, operations, directory. */
  public static void main(String[] args) throws Exception {
    JdbcCatalogConfig config =
        args[1].equals("-")
            ? JdbcCatalogConfig.of(args[0])
            : JdbcCatalogConfig.of(args[0], args[1], args[1]);
    List<Long> tables = Arrays.stream(args[2].split(",")).map(Long::valueOf).toList();
    String name = args[3];
    long seed = Long.parseLong(args[4]);
    int operations = Integer.parseInt(args[6]);
    Path directory = Path.of(args[7]);
    try (Catalog catalog = CatalogWorker.patiently(() -> JdbcCatalog.open(config));
        ExecutorService threads = Executors.newCachedThreadPool()) {
      List<Callable<Void>> work =
          IntStream.range(0, Integer.parseInt(args[5]))
              .<Callable<Void>>mapToObj(
                  i ->
                      () -> {
                        String worker = name + "-" + i;
                        CatalogWorker done =
                            new CatalogWorker(catalog, tables, worker, seed * 31 + i);
                        HistoryFile.write(
                            directory.resolve(worker + ".history"), done.run(operations));
                        return null;
                      })
              .toList();
      for (Future<Void> end : threads.invokeAll(work)) {
        end.get();
      }
    }
  }
}
