package dev.kyma.e2e.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Prints figures for people and appends them, one JSON object a line, for programs. */
final class Report {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final PrintStream out;
  private final Path directory;
  private final Set<String> begun = new HashSet<>();

  /**
   * @param directory where {@code <suite>.jsonl} files are written, each anew
   */
  Report(PrintStream out, Path directory) {
    this.out = out;
    this.directory = directory;
  }

  void header() {
    out.printf(
        "%n%-28s %12s %12s %8s  %-10s %6s%n", "figure", "kyma", "peer", "ratio", "unit", "equal");
  }

  /** Prints and keeps a figure; its suite is the first part of its name. */
  void add(Figure figure) {
    Double theirs = figure.theirs();
    Double ratio = figure.ratio();
    Boolean equal = figure.equal();
    out.printf(
        Locale.ROOT,
        "%-28s %12.2f %12s %8s  %-10s %6s%n",
        figure.name(),
        figure.ours(),
        theirs == null ? "" : String.format(Locale.ROOT, "%.2f", theirs),
        ratio == null ? "" : String.format(Locale.ROOT, "%.2f×", ratio),
        figure.unit(),
        equal == null ? "" : equal);
    String suite = figure.name().substring(0, figure.name().indexOf('.'));
    Path file = directory.resolve(suite + ".jsonl");
    try {
      Files.createDirectories(directory);
      if (begun.add(suite)) {
        Files.deleteIfExists(file);
      }
      Files.writeString(
          file,
          JSON.writeValueAsString(figure) + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
