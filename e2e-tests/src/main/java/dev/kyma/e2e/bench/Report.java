package dev.kyma.e2e.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Prints figures for people and appends them, one JSON object a line, for programs. */
final class Report {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> SHOWN =
      List.of("name", "ours", "peer", "theirs", "ratio", "unit", "equal", "rows", "rounds");

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
        "%n%-36s %12s %12s %8s  %-10s %6s%n", "figure", "kyma", "peer", "ratio", "unit", "equal");
  }

  /** Prints and keeps a figure; its suite is the first part of its name. */
  void add(Figure figure) {
    add(JSON.<ObjectNode>valueToTree(figure));
  }

  /** Prints and keeps a figure as a module's own benchmark has printed it. */
  void add(ObjectNode figure) {
    out.printf(
        Locale.ROOT,
        "%-36s %12.2f %12s %8s  %-10s %6s  %s%n",
        figure.path("name").asText(),
        figure.path("ours").asDouble(),
        number(figure.path("theirs"), ""),
        number(figure.path("ratio"), "×"),
        figure.path("unit").asText(),
        figure.path("equal").asText(),
        rest(figure));
    String name = figure.path("name").asText();
    String suite = name.substring(0, name.indexOf('.'));
    Path file = directory.resolve(suite + ".jsonl");
    try {
      Files.createDirectories(directory);
      if (begun.add(suite)) {
        Files.deleteIfExists(file);
      }
      Files.writeString(file, figure + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String number(JsonNode value, String unit) {
    return value.isNumber() ? String.format(Locale.ROOT, "%.2f%s", value.asDouble(), unit) : "";
  }

  /** What else a figure says of itself. */
  private static String rest(ObjectNode figure) {
    ObjectNode rest = figure.deepCopy();
    rest.remove(SHOWN);
    return rest.isEmpty() ? "" : rest.toString();
  }
}
