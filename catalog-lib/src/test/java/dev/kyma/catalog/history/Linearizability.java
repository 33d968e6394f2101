package dev.kyma.catalog.history;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a history could have come from operations that took effect one after the other,
 * each at some moment between its call and its return. Stateless.
 */
public final class Linearizability {
  private Linearizability() {}

  /** What was found. */
  public sealed interface Verdict {}

  /** There is such an order. */
  public record Linearizable() implements Verdict {}

  /**
   * There is none.
   *
   * @param part the part of the history it was seen in
   * @param longest the longest sequence of operations of that part that could be put in order
   * @param stuck operations one of which should have come next
   */
  public record Violation(Object part, List<String> longest, List<String> stuck)
      implements Verdict {}

  /** Judges a history, part by part. */
  public static <S, I, O> Verdict check(
      SequentialModel<S, I, O> model, Collection<Operation<I, O>> history) {
    Map<Object, List<Operation<I, O>>> parts = new LinkedHashMap<>();
    for (Operation<I, O> operation : history) {
      parts.computeIfAbsent(model.part(operation.input()), p -> new ArrayList<>()).add(operation);
    }
    for (Map.Entry<Object, List<Operation<I, O>>> part : parts.entrySet()) {
      Optional<Violation> violation = new Search<>(model, part.getValue()).run(part.getKey());
      if (violation.isPresent()) {
        return violation.get();
      }
    }
    return new Linearizable();
  }

  /** A call or a return, linked to its neighbours in time. */
  private static final class Entry {
    final int operation;
    final long time;
    final @Nullable Entry match; // of a call: its return
    @Nullable Entry previous;
    @Nullable Entry next;

    Entry(int operation, long time, @Nullable Entry match) {
      this.operation = operation;
      this.time = time;
      this.match = match;
    }

    boolean isCall() {
      return match != null;
    }
  }

  /** Which operations are in order so far, and the state they lead to. */
  private record Configuration(Bits done, Object state) {}

  private record Bits(long[] words) {
    Bits with(int bit) {
      long[] copy = words.clone();
      copy[bit >> 6] |= 1L << bit;
      return new Bits(copy);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Bits bits && Arrays.equals(words, bits.words);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(words);
    }
  }

  private static final class Search<S, I, O> {
    private record Taken<S>(Entry entry, S stateBefore, Bits doneBefore) {}

    private final SequentialModel<S, I, O> model;
    private final List<Operation<I, O>> operations;
    private final Entry head = new Entry(-1, Long.MIN_VALUE, null);
    private final Deque<Taken<S>> taken = new ArrayDeque<>();
    private final Set<Configuration> seen = new HashSet<>();
    private List<Integer> longest = List.of();

    Search(SequentialModel<S, I, O> model, List<Operation<I, O>> operations) {
      this.model = model;
      this.operations = operations;
    }

    Optional<Violation> run(Object part) {
      link();
      S state = model.initial();
      Bits done = new Bits(new long[(operations.size() + 63) / 64]);
      Entry entry = head.next;
      while (head.next != null) {
        if (entry != null && entry.isCall()) {
          Operation<I, O> operation = operations.get(entry.operation);
          S after = model.step(state, operation.input(), operation.output());
          Bits with = after == null ? done : done.with(entry.operation);
          if (after == null || !seen.add(new Configuration(with, after))) {
            entry = entry.next;
            continue;
          }
          taken.push(new Taken<>(entry, state, done));
          state = after;
          done = with;
          lift(entry);
          entry = head.next;
          continue;
        }
        // A return whose operation has not taken effect: the last choice was wrong.
        remember();
        if (taken.isEmpty()) {
          return Optional.of(violation(part));
        }
        Taken<S> last = taken.pop();
        state = last.stateBefore();
        done = last.doneBefore();
        unlift(last.entry());
        entry = last.entry().next;
      }
      return Optional.empty();
    }

    private void link() {
      List<Entry> entries = new ArrayList<>(operations.size() * 2);
      for (int i = 0; i < operations.size(); i++) {
        Entry answer = new Entry(i, operations.get(i).returned(), null);
        entries.add(new Entry(i, operations.get(i).called(), answer));
        entries.add(answer);
      }
      // What is called at the moment something else returns overlaps with it.
      entries.sort(
          (a, b) ->
              a.time != b.time
                  ? Long.compare(a.time, b.time)
                  : Boolean.compare(b.isCall(), a.isCall()));
      Entry last = head;
      for (Entry entry : entries) {
        last.next = entry;
        entry.previous = last;
        last = entry;
      }
    }

    private static void lift(Entry call) {
      unlink(call);
      unlink(Objects.requireNonNull(call.match));
    }

    private static void unlink(Entry entry) {
      Entry previous = Objects.requireNonNull(entry.previous);
      previous.next = entry.next;
      if (entry.next != null) {
        entry.next.previous = previous;
      }
    }

    private static void unlift(Entry call) {
      relink(Objects.requireNonNull(call.match));
      relink(call);
    }

    private static void relink(Entry entry) {
      Objects.requireNonNull(entry.previous).next = entry;
      if (entry.next != null) {
        entry.next.previous = entry;
      }
    }

    private void remember() {
      if (taken.size() > longest.size()) {
        List<Integer> order = new ArrayList<>();
        taken.descendingIterator().forEachRemaining(t -> order.add(t.entry().operation));
        longest = order;
      }
    }

    private Violation violation(Object part) {
      Set<Integer> done = new HashSet<>(longest);
      long firstReturn = Long.MAX_VALUE;
      for (int i = 0; i < operations.size(); i++) {
        if (!done.contains(i)) {
          firstReturn = Math.min(firstReturn, operations.get(i).returned());
        }
      }
      List<String> stuck = new ArrayList<>();
      for (int i = 0; i < operations.size(); i++) {
        if (!done.contains(i) && operations.get(i).called() <= firstReturn) {
          stuck.add(operations.get(i).toString());
        }
      }
      return new Violation(
          part, longest.stream().map(i -> operations.get(i).toString()).toList(), stuck);
    }
  }
}
