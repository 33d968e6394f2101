package dev.kyma.e2e.crash;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/** What the load has asked for and what it was told. Safe for use by many threads. */
final class Ledger {
  /**
   * A request.
   *
   * @param rows how many rows it carries
   * @param keyed whether it has an idempotency key, and so is retried until acknowledged
   * @param acknowledged whether its success was answered
   */
  record State(int rows, boolean keyed, boolean acknowledged) {}

  private final Map<String, State> requests = new ConcurrentHashMap<>();

  void sent(String request, int rows, boolean keyed) {
    requests.put(request, new State(rows, keyed, false));
  }

  void acknowledged(String request) {
    requests.computeIfPresent(
        request, (name, state) -> new State(state.rows(), state.keyed(), true));
  }

  boolean knows(String request) {
    return requests.containsKey(request);
  }

  long acknowledgedCount() {
    return requests.values().stream().filter(State::acknowledged).count();
  }

  /** Keyed requests whose outcome the client does not know. */
  List<String> openKeyed() {
    return requests.entrySet().stream()
        .filter(entry -> entry.getValue().keyed() && !entry.getValue().acknowledged())
        .map(Map.Entry::getKey)
        .toList();
  }

  int rows(String request) {
    State state = requests.get(request);
    if (state == null) {
      throw new IllegalArgumentException(request);
    }
    return state.rows();
  }

  void forEach(BiConsumer<String, State> action) {
    requests.forEach(action);
  }
}
