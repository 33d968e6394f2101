package dev.kyma.query.core.exec;

import dev.kyma.format.predicate.ColumnPath;
import dev.kyma.format.predicate.Predicate;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.Gather;
import dev.kyma.query.core.expr.Literals;
import dev.kyma.query.core.plan.Plan;
import dev.kyma.query.core.plan.SortKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The first rows in an order.
 *
 * <p>Each worker keeps its best rows. As soon as one has enough, the worst of them bounds what the
 * scan below still has to read.
 */
final class TopNPipeline implements Pipeline {
  /** More rows than this are sorted as a whole instead. */
  static final int MAX_ROWS = 100_000;

  private final Pipeline input;
  private final Plan.Sort sort;
  private final int wanted;
  private final QueryContext context;
  private final Bound bound = new Bound();
  private Batch rows = new Batch(List.of(), 0);
  private int[] order = new int[0];
  private @Nullable TopNPipeline keysOnly;

  /**
   * @param wanted how many rows, those to be left out first included
   */
  TopNPipeline(Pipeline input, Plan.Sort sort, int wanted, RowSource source, QueryContext context) {
    this.input = input;
    this.sort = sort;
    this.wanted = wanted;
    this.context = context;
    SortKey first = sort.keys().getFirst();
    if (input.narrow(first.column(), bound) && sort.output().size() > 1) {
      // Finding the bound reads one column; the others are then read for few rows.
      keysOnly =
          Narrowing.to(sort.input(), List.of(first.column()))
              .map(
                  keys ->
                      new TopNPipeline(
                          Pipelines.of(keys, source, context),
                          new Plan.Sort(
                              keys,
                              List.of(new SortKey(0, first.direction(), first.nulls())),
                              0,
                              sort.fetch()),
                          wanted,
                          source,
                          context))
              .orElse(null);
    }
  }

  @Override
  public void prepare() {
    if (wanted <= sort.offset()) {
      return;
    }
    TopNPipeline keys = keysOnly;
    if (keys != null) {
      keys.prepare();
      if (keys.order.length == wanted) {
        int worst = keys.order[wanted - 1];
        bound.offer(
            new RowOrder(keys.rows.columns(), keys.sort.keys()).prefixes(new int[] {worst}, 1)[0],
            keys.rows.column(0),
            worst);
      }
    }
    input.prepare();
    int workers = Math.max(1, Math.min(context.parallelism(), input.parts()));
    List<Batch> parts = Workers.run(context, workers, worker -> best(worker, workers));
    RowBuffer all = new RowBuffer(Collected.types(sort.input().output()), context.memory());
    for (Batch part : parts) {
      all.append(part.columns(), Positions.all(part.rowCount()), part.rowCount());
    }
    rows = all.finish();
    if (rows.rowCount() > 0) {
      int[] sorted = new RowOrder(rows.columns(), sort.keys()).sort(rows.rowCount());
      int to = Math.min(wanted, sorted.length);
      order = Arrays.copyOfRange(sorted, (int) Math.min(sort.offset(), to), to);
    }
  }

  @Override
  public int parts() {
    return 1;
  }

  @Override
  public Operator open(int part) {
    return Batches.of(
        order.length,
        (from, to) -> Gather.rows(rows, Arrays.copyOfRange(order, from, to), to - from));
  }

  private Batch best(int worker, int workers) {
    Keeper keeper = new Keeper();
    for (int part = worker; part < input.parts(); part += workers) {
      Operator operator = input.open(part);
      for (Chunk chunk = operator.next(); chunk != null; chunk = operator.next()) {
        context.check();
        keeper.add(chunk);
      }
    }
    return keeper.finish();
  }

  /** One worker's best rows. */
  private final class Keeper {
    private final int capacity = Math.max(2 * wanted, wanted + 4 * Batches.ROWS);
    private final MemoryBudget memory = context.memory();
    private final Positions positions = new Positions();
    private RowBuffer buffer = buffer();
    private boolean full;
    private long worst;
    private int[] good = new int[0];

    private RowBuffer buffer() {
      return new RowBuffer(
          Collected.types(sort.input().output()), new MemoryBudget(Long.MAX_VALUE));
    }

    void add(Chunk chunk) {
      List<ColumnVector> columns = chunk.batch().columns();
      positions.of(chunk.selection());
      int[] rows = positions.rows;
      int count = positions.count;
      if (full) {
        long[] prefixes = new RowOrder(columns, sort.keys()).prefixes(rows, count);
        if (good.length < count) {
          good = new int[count];
        }
        int kept = 0;
        for (int i = 0; i < count; i++) {
          if (prefixes[i] <= worst) {
            good[kept++] = rows[i];
          }
        }
        rows = good;
        count = kept;
      }
      buffer.append(columns, rows, count);
      if (buffer.size() >= capacity || !full && buffer.size() >= wanted && wanted <= Batches.ROWS) {
        shrink();
      }
    }

    private void shrink() {
      Batch all = buffer.finish();
      RowOrder rowOrder = new RowOrder(all.columns(), sort.keys());
      int[] sorted = rowOrder.sort(all.rowCount());
      Batch kept = Gather.rows(all, sorted, Math.min(wanted, sorted.length));
      buffer = buffer();
      buffer.append(kept.columns(), Positions.all(kept.rowCount()), kept.rowCount());
      if (kept.rowCount() == wanted) {
        full = true;
        int last = wanted - 1;
        worst = new RowOrder(kept.columns(), sort.keys()).prefixes(wanted)[last];
        bound.offer(worst, kept.column(sort.keys().getFirst().column()), last);
      }
    }

    Batch finish() {
      Batch all = buffer.finish();
      memory.reserve(16L * all.rowCount());
      return all;
    }
  }

  /** The best "worst row" of all workers. */
  private final class Bound implements RowBound {
    private volatile @Nullable Worst worst;

    synchronized void offer(long prefix, ColumnVector column, int row) {
      Worst now = worst;
      if (now == null || prefix < now.prefix) {
        worst = new Worst(prefix, column, row);
      }
    }

    @Override
    public @Nullable Predicate predicate(ColumnPath column) {
      Worst now = worst;
      if (now == null || column.type().kind() == LogicalType.Kind.DYNAMIC) {
        return null;
      }
      SortKey key = sort.keys().getFirst();
      boolean nullsFirst = key.nulls() == SortKey.Nulls.FIRST;
      if (now.column.isNull(now.row)) {
        return nullsFirst ? new Predicate.IsNull(column) : null;
      }
      Predicate.Comparison comparison =
          key.direction() == SortKey.Direction.ASCENDING
              ? Predicate.Comparison.LESS_OR_EQUAL
              : Predicate.Comparison.GREATER_OR_EQUAL;
      Predicate compare =
          new Predicate.Compare(column, comparison, Literals.constant(now.column, now.row));
      List<Predicate> either = new ArrayList<>();
      if (nullsFirst) {
        either.add(new Predicate.IsNull(column));
      }
      either.add(compare);
      return either.size() == 1 ? compare : new Predicate.Or(either);
    }
  }

  /**
   * A row no later row needs to be worse than.
   *
   * @param prefix its place in the order of the first key
   */
  private record Worst(long prefix, ColumnVector column, int row) {}
}
