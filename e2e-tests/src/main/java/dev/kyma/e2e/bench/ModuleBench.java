package dev.kyma.e2e.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A benchmark that a module brings along, run in a process of its own: its main class prints one
 * JSON object a line for each figure; other lines are shown as they are.
 */
record ModuleBench(String mainClass, List<String> arguments) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> JVM =
      List.of(
          "-Xmx1g",
          "--add-opens=java.base/java.nio=ALL-UNNAMED",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "--add-modules=jdk.incubator.vector");

  ModuleBench {
    arguments = List.copyOf(arguments);
  }

  /**
   * Runs it and reports its figures.
   *
   * @throws IllegalStateException if it ends with an error
   */
  void run(Report report) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JVM);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
    command.addAll(arguments);
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          take(line, report);
        }
        if (process.waitFor() != 0) {
          throw new IllegalStateException(mainClass + " ended with " + process.exitValue());
        }
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static void take(String line, Report report) {
    if (!line.startsWith("{\"name\"")) {
      System.out.println(line);
      return;
    }
    try {
      report.add((ObjectNode) JSON.readTree(line));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("no figure: " + line, e);
    }
  }
}
