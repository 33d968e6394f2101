package dev.kyma.e2e.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A command of the all-in-one application that ends by itself, as {@code ./kyma} runs it. */
public final class KymaCommand {
  private static final Duration TIMEOUT = Duration.ofMinutes(5);

  private KymaCommand() {}

  /**
   * What a command did.
   *
   * @param status its exit status
   * @param output what it printed, both streams
   */
  public record Result(int status, String output) {}

  /** Runs a command on a data directory and waits for its end. */
  public static Result run(Path dataDirectory, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(StandaloneApplication.jvmOptions());
    command.add("-jar");
    command.add(StandaloneApplication.jar().toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("KYMA_DATA_DIR", dataDirectory.toAbsolutePath().toString());
    builder.redirectErrorStream(true);
    try {
      Process process = builder.start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException(String.join(" ", arguments) + " does not end:\n" + output);
      }
      return new Result(process.exitValue(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
