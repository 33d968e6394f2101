package dev.kyma.catalog.history;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The histories others have published with their verdicts, and the models they are judged by. */
final class KnownHistories {
  private KnownHistories() {}

  /** What a register is asked. */
  sealed interface RegisterCall {
    record Read() implements RegisterCall {}

    record Write(int value) implements RegisterCall {}

    record Swap(int from, int to) implements RegisterCall {}
  }

  /** What it answers. */
  sealed interface RegisterAnswer {
    /** Nobody knows. */
    record Unknown() implements RegisterAnswer {}

    record Value(OptionalInt value) implements RegisterAnswer {}

    record Done(boolean done) implements RegisterAnswer {}
  }

  /** A register with compare-and-swap, empty at first. */
  static final class Register
      implements SequentialModel<OptionalInt, RegisterCall, RegisterAnswer> {
    @Override
    public OptionalInt initial() {
      return OptionalInt.empty();
    }

    @Override
    public @Nullable OptionalInt step(
        OptionalInt state, RegisterCall input, RegisterAnswer output) {
      return switch (input) {
        case RegisterCall.Read _ ->
            output instanceof RegisterAnswer.Value(OptionalInt value) && !value.equals(state)
                ? null
                : state;
        case RegisterCall.Write(int value) -> OptionalInt.of(value);
        case RegisterCall.Swap(int from, int to) -> {
          boolean swaps = state.equals(OptionalInt.of(from));
          if (output instanceof RegisterAnswer.Done(boolean done) && done != swaps) {
            yield null;
          }
          yield swaps ? OptionalInt.of(to) : state;
        }
      };
    }
  }

  /** What a map of texts is asked for one key. */
  record TextCall(String function, String key, String value) {}

  /** A map of texts: get, put, append; empty at first. The output matters for get only. */
  static final class Texts implements SequentialModel<String, TextCall, String> {
    @Override
    public String initial() {
      return "";
    }

    @Override
    public @Nullable String step(String state, TextCall input, String output) {
      return switch (input.function()) {
        case "put" -> input.value();
        case "append" -> state + input.value();
        case "get" -> output.equals(state) ? state : null;
        default -> throw new IllegalArgumentException(input.function());
      };
    }

    @Override
    public Object part(TextCall input) {
      return input.key();
    }
  }

  private record Open<I>(I input, long called) {}

  private static final Pattern REGISTER_LINE =
      Pattern.compile(
          "INFO\\s+jepsen\\.util\\s+-\\s+(\\d+)\\s+:(invoke|ok|fail|info)\\s+:(read|write|cas)\\s+"
              + "(nil|:timed-out|\\d+|\\[(\\d+)\\s+(\\d+)])");

  /** Histories of a register as Jepsen logs them; the place of a line is its time. */
  static List<Operation<RegisterCall, RegisterAnswer>> register(BufferedReader lines)
      throws IOException {
    List<Operation<RegisterCall, RegisterAnswer>> history = new ArrayList<>();
    Map<Integer, Open<RegisterCall>> open = new HashMap<>();
    long time = 0;
    for (String line = lines.readLine(); line != null; line = lines.readLine(), time++) {
      Matcher m = REGISTER_LINE.matcher(line);
      if (!m.matches()) {
        continue;
      }
      int process = Integer.parseInt(m.group(1));
      if (m.group(2).equals("invoke")) {
        open.put(process, new Open<>(call(m), time));
        continue;
      }
      // A write or a swap that timed out may still take effect: it stays open.
      if (m.group(2).equals("info")) {
        continue;
      }
      Open<RegisterCall> call = Objects.requireNonNull(open.remove(process));
      history.add(new Operation<>(call.input(), answer(m), call.called(), time));
    }
    for (Open<RegisterCall> call : open.values()) {
      history.add(
          new Operation<>(
              call.input(), new RegisterAnswer.Unknown(), call.called(), Operation.NEVER));
    }
    return history;
  }

  private static RegisterCall call(Matcher line) {
    return switch (line.group(3)) {
      case "read" -> new RegisterCall.Read();
      case "write" -> new RegisterCall.Write(Integer.parseInt(line.group(4)));
      default ->
          new RegisterCall.Swap(Integer.parseInt(line.group(5)), Integer.parseInt(line.group(6)));
    };
  }

  private static RegisterAnswer answer(Matcher line) {
    if (line.group(4).equals(":timed-out")) {
      return new RegisterAnswer.Unknown();
    }
    if (line.group(3).equals("read")) {
      return new RegisterAnswer.Value(
          line.group(4).equals("nil")
              ? OptionalInt.empty()
              : OptionalInt.of(Integer.parseInt(line.group(4))));
    }
    return new RegisterAnswer.Done(line.group(2).equals("ok"));
  }

  private static final Pattern TEXT_LINE =
      Pattern.compile(
          "\\{:process (\\d+), :type :(invoke|ok), :f :(get|put|append), :key \"(.*)\","
              + " :value (nil|\"(.*)\")}");

  /** Histories of a map of texts; the place of a line is its time. */
  static List<Operation<TextCall, String>> texts(BufferedReader lines) throws IOException {
    List<Operation<TextCall, String>> history = new ArrayList<>();
    Map<Integer, Open<TextCall>> open = new HashMap<>();
    long time = 0;
    for (String line = lines.readLine(); line != null; line = lines.readLine(), time++) {
      Matcher m = TEXT_LINE.matcher(line);
      if (!m.matches()) {
        throw new IOException("not understood: " + line);
      }
      int process = Integer.parseInt(m.group(1));
      String value = m.group(6) == null ? "" : m.group(6);
      if (m.group(2).equals("invoke")) {
        open.put(process, new Open<>(new TextCall(m.group(3), m.group(4), value), time));
      } else {
        Open<TextCall> call = Objects.requireNonNull(open.remove(process));
        history.add(new Operation<>(call.input(), value, call.called(), time));
      }
    }
    if (!open.isEmpty()) {
      throw new IOException(open.size() + " operations without an end");
    }
    return history;
  }
}
