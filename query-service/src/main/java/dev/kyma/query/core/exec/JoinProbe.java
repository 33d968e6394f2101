package dev.kyma.query.core.exec;

import dev.kyma.format.vector.AllNull;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.Bits;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.Gather;
import dev.kyma.format.vector.Selection;
import dev.kyma.query.core.expr.Condition;
import dev.kyma.query.core.expr.Expressions;
import dev.kyma.query.core.plan.JoinKind;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks rows of the probing side up in the held one. */
final class JoinProbe implements Operator {
  private final JoinPipeline join;
  private final Operator input;
  private final QueryContext context;
  private final GroupTable.Lookup lookup;
  private final @Nullable Condition residual;
  private final Positions positions = new Positions();

  private List<ColumnVector> columns = List.of();
  private int[] rows = new int[0];
  private int[] groups = new int[0];
  private int count;

  /** Where in the current chunk and chain the next pair is. */
  private int at;

  private int chain = JoinPipeline.END;
  private boolean chainBegun;

  /** Which rows of the current chunk, by place in {@link #rows}, found a partner. */
  private boolean[] found = new boolean[0];

  private final int[] probeRows = new int[Batches.ROWS];
  private final int[] heldRows = new int[Batches.ROWS];
  private final int[] places = new int[Batches.ROWS];

  JoinProbe(JoinPipeline join, Operator input, QueryContext context) {
    this.join = join;
    this.input = input;
    this.context = context;
    this.lookup = join.lookup();
    this.residual =
        join.join().residual().isPresent()
            ? Expressions.condition(join.join().residual().get(), context.now())
            : null;
  }

  /** The rows of a column, or NULLs where the column has no rows at all. */
  static ColumnVector pick(ColumnVector column, int[] rows, int count) {
    return column.size() == 0 ? AllNull.of(column.type(), count) : Gather.rows(column, rows, count);
  }

  @Override
  public @Nullable Chunk next() {
    while (true) {
      context.check();
      if (at == count && !nextChunk()) {
        return null;
      }
      Chunk answer = probe();
      if (answer != null) {
        return answer;
      }
    }
  }

  private boolean nextChunk() {
    Chunk chunk = input.next();
    if (chunk == null) {
      return false;
    }
    positions.of(chunk.selection());
    columns = chunk.batch().columns();
    rows = positions.rows;
    count = positions.count;
    if (groups.length < count) {
      groups = new int[count];
      found = new boolean[count];
    }
    List<ColumnVector> keys = join.probeKeys(columns);
    lookup.find(keys, rows, count, groups);
    Arrays.fill(found, 0, count, false);
    at = 0;
    chainBegun = false;
    return true;
  }

  /** Makes the next pairs, at most a batch; null where there is nothing to answer. */
  private @Nullable Chunk probe() {
    int pairs = 0;
    while (at < count && pairs < Batches.ROWS) {
      if (!chainBegun) {
        chain = join.head(groups[at]);
        chainBegun = true;
      }
      while (chain != JoinPipeline.END && pairs < Batches.ROWS) {
        probeRows[pairs] = rows[at];
        heldRows[pairs] = chain;
        places[pairs++] = at;
        chain = join.next(chain);
      }
      if (chain == JoinPipeline.END) {
        at++;
        chainBegun = false;
      }
    }
    Selection matching = matching(pairs);
    return answer(pairs, matching);
  }

  private Selection matching(int pairs) {
    Selection all = Selection.all(pairs);
    Selection matching =
        residual == null || pairs == 0
            ? all
            : residual.select(join.pairs(columns, probeRows, heldRows, pairs), all);
    for (int i = 0; i < pairs; i++) {
      if (matching.contains(i)) {
        found[places[i]] = true;
        join.mark(heldRows[i]);
      }
    }
    return matching;
  }

  private @Nullable Chunk answer(int pairs, Selection matching) {
    JoinKind kind = join.join().kind();
    boolean halves = kind == JoinKind.SEMI || kind == JoinKind.ANTI;
    if (halves) {
      return join.heldIsLeft() ? null : probingRows(kind == JoinKind.SEMI);
    }
    boolean last = at == count;
    if (!join.keepsUnmatchedProbing() || !last) {
      return matching.isEmpty()
          ? null
          : new Chunk(join.combine(columns, probeRows, heldRows, pairs), matching);
    }
    // The chunk is done: append its rows that found no partner.
    int unmatched = 0;
    for (int i = 0; i < count; i++) {
      unmatched += found[i] ? 0 : 1;
    }
    int size = pairs + unmatched;
    if (size == 0) {
      return null;
    }
    int[] left = Arrays.copyOf(probeRows, size);
    int[] right = Arrays.copyOf(heldRows, size);
    long[] words = Arrays.copyOf(matching.words(), Bits.words(size));
    int end = pairs;
    for (int i = 0; i < count; i++) {
      if (!found[i]) {
        left[end] = rows[i];
        right[end] = -1;
        Bits.set(words, end++);
      }
    }
    Selection selection = Selection.of(size, words);
    return selection.isEmpty()
        ? null
        : new Chunk(join.combine(columns, left, right, size), selection);
  }

  /** The chunk's rows by whether they found a partner, once that is known of all of them. */
  private @Nullable Chunk probingRows(boolean wanted) {
    if (at < count) {
      return null;
    }
    int[] chosen = new int[count];
    int size = 0;
    for (int i = 0; i < count; i++) {
      if (found[i] == wanted) {
        chosen[size++] = rows[i];
      }
    }
    if (size == 0) {
      return null;
    }
    Batch batch = new Batch(columns, columns.isEmpty() ? count : columns.getFirst().size());
    return Chunk.of(Gather.rows(batch, chosen, size));
  }
}
