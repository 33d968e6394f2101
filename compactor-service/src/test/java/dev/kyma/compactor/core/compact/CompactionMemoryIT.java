package dev.kyma.compactor.core.compact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Merging takes memory for one extent and a part of each input, however many rows there are. With
 * {@code kyma.verify} 10 GB of rows are merged in 512 MiB of heap; otherwise 0.2 GB in 192 MiB with
 * smaller extents.
 */
class CompactionMemoryIT {
  private static final boolean FULL = Boolean.getBoolean("kyma.verify");
  private static final long ROWS = FULL ? 36_000_000 : 600_000;
  private static final int ROWS_PER_RUN = FULL ? 500_000 : 60_000;
  private static final String HEAP = FULL ? "512m" : "192m";
  private static final long EXTENT_BYTES = FULL ? 128L << 20 : 24L << 20;
  private static final long MOST_RESIDENT = FULL ? 900_000_000L : 450_000_000L;

  @Test
  void memoryIsBoundedAndNoRowChanges(@TempDir Path directory)
      throws IOException, InterruptedException {
    String written =
        run(directory, "1g", "write", Long.toString(ROWS), Integer.toString(ROWS_PER_RUN));
    assertThat(number(written, "raw_bytes")).isGreaterThan(ROWS * 250);
    String merged = run(directory, HEAP, "merge");
    assertThat(merged).contains("same_rows=true");
    assertThat(number(merged, "rows")).as(merged).isGreaterThanOrEqualTo(ROWS);
    assertThat(number(merged, "extents_after"))
        .as(merged)
        .isLessThan(number(merged, "extents_before") + ROWS * 400 / EXTENT_BYTES);
    long resident = number(merged, "resident_peak");
    assertThat(resident).as(merged).isLessThan(MOST_RESIDENT);
  }

  private static long number(String line, String name) {
    Matcher matcher = Pattern.compile("\\b" + name + "=(-?\\d+)").matcher(line);
    assertThat(matcher.find()).as("%s in %s", name, line).isTrue();
    return Long.parseLong(matcher.group(1));
  }

  /** Runs the process and answers the last line it prints. */
  private static String run(Path directory, String heap, String command, String... arguments)
      throws IOException, InterruptedException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-Xmx" + heap,
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "--add-modules=jdk.incubator.vector",
            "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
            "-Dkyma.merge.extent.bytes=" + EXTENT_BYTES,
            "-cp",
            System.getProperty("java.class.path"),
            MergeProcess.class.getName(),
            command,
            directory.toString()));
    line.addAll(List.of(arguments));
    Path output = directory.resolve(command + ".txt");
    Process process =
        new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(output.toFile()).start();
    try {
      assertThat(process.waitFor(FULL ? 60 : 5, TimeUnit.MINUTES)).as("ends in time").isTrue();
    } finally {
      process.destroyForcibly();
    }
    List<String> lines = Files.readAllLines(output);
    assertThat(process.exitValue()).as(String.join("\n", lines)).isZero();
    return lines.getLast();
  }
}
