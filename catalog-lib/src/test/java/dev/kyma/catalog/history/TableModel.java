package dev.kyma.catalog.history;

import dev.kyma.catalog.CommitOutcome.Reason;
import dev.kyma.catalog.history.TableAnswer.TableState;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A table of the catalog, as it behaves when nothing happens at once. */
final class TableModel implements SequentialModel<TableState, TableAsk, TableAnswer> {
  @Override
  public TableState initial() {
    return new TableState(0, Map.of());
  }

  @Override
  public Object part(TableAsk input) {
    return input.table();
  }

  @Override
  public @Nullable TableState step(TableState state, TableAsk input, TableAnswer output) {
    if (output instanceof TableAnswer.Seen(long number, TableState seen)) {
      return input instanceof TableAsk.Read && seen.equals(state) ? state : null;
    }
    Optional<Reason> refusal = refusal(state, input);
    return switch (output) {
      case TableAnswer.Committed _ -> refusal.isPresent() ? null : after(state, input);
      case TableAnswer.Refused(Reason reason) ->
          refusal.filter(reason::equals).isPresent() ? state : null;
      // One that is never answered can take effect after everything else, which is as good as not.
      case TableAnswer.Unknown _ -> refusal.isPresent() ? state : after(state, input);
      case TableAnswer.Seen _ -> null;
    };
  }

  private static Optional<Reason> refusal(TableState state, TableAsk ask) {
    return switch (ask) {
      case TableAsk.Read _ -> Optional.empty();
      case TableAsk.Flush flush ->
          flush.from() == state.offset() ? Optional.empty() : Optional.of(Reason.CURSOR_MOVED);
      case TableAsk.Delete delete ->
          state.live().containsKey(delete.key())
              ? Optional.empty()
              : Optional.of(Reason.EXTENT_GONE);
      case TableAsk.Compact compact -> {
        for (TableAsk.Input input : compact.inputs()) {
          Long deleted = state.live().get(input.key());
          if (deleted == null) {
            yield Optional.of(Reason.EXTENT_GONE);
          }
          if (Long.bitCount(deleted) != input.deletedRows()) {
            yield Optional.of(Reason.MASK_CHANGED);
          }
        }
        yield Optional.empty();
      }
    };
  }

  private static TableState after(TableState state, TableAsk ask) {
    Map<String, Long> live = new HashMap<>(state.live());
    long offset = state.offset();
    switch (ask) {
      case TableAsk.Read _ -> {}
      case TableAsk.Flush flush -> {
        live.put(flush.key(), 0L);
        offset++;
      }
      case TableAsk.Delete delete -> live.merge(delete.key(), 1L << delete.row(), (a, b) -> a | b);
      case TableAsk.Compact compact -> {
        compact.inputs().forEach(input -> live.remove(input.key()));
        live.put(compact.key(), 0L);
      }
    }
    return new TableState(offset, live);
  }
}
