package dev.kyma.catalog.history;

import dev.kyma.catalog.CommitOutcome.Reason;
import dev.kyma.catalog.history.CatalogWorker.Recorded;
import dev.kyma.catalog.history.TableAnswer.TableState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Recorded operations as lines of text, from one process to another. */
final class HistoryFile {
  private HistoryFile() {}

  static void write(Path file, List<Recorded> history) throws IOException {
    List<String> lines = new ArrayList<>();
    for (Recorded recorded : history) {
      Operation<TableAsk, TableAnswer> o = recorded.operation();
      lines.add(
          String.join(
              "\t",
              Long.toString(o.called()),
              Long.toString(o.returned()),
              recorded.commitId().map(UUID::toString).orElse("-"),
              text(o.input()),
              text(o.output())));
    }
    Files.write(file, lines);
  }

  static List<Recorded> read(Path file) throws IOException {
    List<Recorded> history = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      String[] parts = line.split("\t", -1);
      Optional<UUID> id =
          parts[2].equals("-") ? Optional.empty() : Optional.of(UUID.fromString(parts[2]));
      history.add(
          new Recorded(
              new Operation<>(
                  ask(parts[3]),
                  answer(parts[4]),
                  Long.parseLong(parts[0]),
                  Long.parseLong(parts[1])),
              id));
    }
    return history;
  }

  private static String text(TableAsk ask) {
    return switch (ask) {
      case TableAsk.Read(long table) -> "read " + table;
      case TableAsk.Flush(long table, long from, String key) ->
          "flush " + table + " " + from + " " + key;
      case TableAsk.Delete(long table, String key, int row) ->
          "delete " + table + " " + key + " " + row;
      case TableAsk.Compact(long table, List<TableAsk.Input> inputs, String key) -> {
        StringBuilder text = new StringBuilder("compact " + table + " " + key);
        inputs.forEach(
            input -> text.append(' ').append(input.key()).append(' ').append(input.deletedRows()));
        yield text.toString();
      }
    };
  }

  private static TableAsk ask(String text) {
    String[] w = text.split(" ");
    long table = Long.parseLong(w[1]);
    return switch (w[0]) {
      case "read" -> new TableAsk.Read(table);
      case "flush" -> new TableAsk.Flush(table, Long.parseLong(w[2]), w[3]);
      case "delete" -> new TableAsk.Delete(table, w[2], Integer.parseInt(w[3]));
      case "compact" -> {
        List<TableAsk.Input> inputs = new ArrayList<>();
        for (int i = 3; i < w.length; i += 2) {
          inputs.add(new TableAsk.Input(w[i], Integer.parseInt(w[i + 1])));
        }
        yield new TableAsk.Compact(table, inputs, w[2]);
      }
      default -> throw new IllegalArgumentException(text);
    };
  }

  private static String text(TableAnswer answer) {
    return switch (answer) {
      case TableAnswer.Committed(long number) -> "committed " + number;
      case TableAnswer.Refused(Reason reason) -> "refused " + reason;
      case TableAnswer.Unknown _ -> "unknown";
      case TableAnswer.Seen(long number, TableState state) -> {
        StringBuilder text = new StringBuilder("seen " + number + " " + state.offset());
        state.live().forEach((key, bits) -> text.append(' ').append(key).append(' ').append(bits));
        yield text.toString();
      }
    };
  }

  private static TableAnswer answer(String text) {
    String[] w = text.split(" ");
    return switch (w[0]) {
      case "committed" -> new TableAnswer.Committed(Long.parseLong(w[1]));
      case "refused" -> new TableAnswer.Refused(Reason.valueOf(w[1]));
      case "unknown" -> new TableAnswer.Unknown();
      case "seen" -> {
        Map<String, Long> live = new HashMap<>();
        for (int i = 3; i < w.length; i += 2) {
          live.put(w[i], Long.parseLong(w[i + 1]));
        }
        yield new TableAnswer.Seen(
            Long.parseLong(w[1]), new TableState(Long.parseLong(w[2]), live));
      }
      default -> throw new IllegalArgumentException(text);
    };
  }
}
