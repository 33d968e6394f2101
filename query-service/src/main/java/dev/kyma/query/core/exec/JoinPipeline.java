package dev.kyma.query.core.exec;

import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.AllNull;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.query.core.plan.JoinKey;
import dev.kyma.query.core.plan.JoinKind;
import dev.kyma.query.core.plan.Plan;
import dev.kyma.query.core.plan.PlanColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Pairs of rows, by a hash table over one side that is held in memory.
 *
 * <p>The held side's keys are numbered by a {@link GroupTable}; its rows with equal keys form
 * chains. The other side looks its keys up, once for each entry where a key is a dictionary.
 */
final class JoinPipeline implements Pipeline {
  static final int END = -1;

  private final Pipeline held;
  private final Pipeline probing;
  private final Plan.Join join;
  private final QueryContext context;
  private final boolean heldIsLeft;

  /** Which held rows found a partner; written by many threads, always with true. */
  private boolean[] matched = new boolean[0];

  private Batch rows = new Batch(List.of(), 0);
  private final GroupTable table;

  /** The first row of each group's chain, and for each row the next one. */
  private int[] heads = new int[0];

  private int[] nexts = new int[0];

  JoinPipeline(Pipeline left, Pipeline right, Plan.Join join, QueryContext context) {
    this.heldIsLeft = join.build() == Plan.BuildSide.LEFT;
    this.held = heldIsLeft ? left : right;
    this.probing = heldIsLeft ? right : left;
    this.join = join;
    this.context = context;
    List<LogicalType> keyTypes = new ArrayList<>();
    for (JoinKey key : join.keys()) {
      keyTypes.add(heldColumns().get(heldIsLeft ? key.left() : key.right()).type());
    }
    this.table = new GroupTable(keyTypes, context.memory());
  }

  private List<PlanColumn> heldColumns() {
    return heldIsLeft ? join.left().output() : join.right().output();
  }

  @Override
  public void prepare() {
    held.prepare();
    rows = Collected.all(held, heldColumns(), context);
    int size = rows.rowCount();
    context.memory().reserve(13L * size);
    List<ColumnVector> keys = keyColumns(rows.columns(), heldIsLeft);
    int[] groups = new int[size];
    nexts = new int[size];
    int[] positions = Positions.all(size);
    table.assign(keys, positions, size, groups);
    heads = new int[table.size()];
    Arrays.fill(heads, END);
    for (int row = size - 1; row >= 0; row--) { // backwards, so that chains run forwards
      if (!anyNull(keys, row)) {
        nexts[row] = heads[groups[row]];
        heads[groups[row]] = row;
      }
    }
    if (marksHeld()) {
      matched = new boolean[size];
    }
    probing.prepare();
  }

  private List<ColumnVector> keyColumns(List<ColumnVector> columns, boolean left) {
    List<ColumnVector> keys = new ArrayList<>(join.keys().size());
    for (JoinKey key : join.keys()) {
      keys.add(columns.get(left ? key.left() : key.right()));
    }
    return keys;
  }

  private static boolean anyNull(List<ColumnVector> keys, int row) {
    for (ColumnVector key : keys) {
      if (key.isNull(row)) {
        return true;
      }
    }
    return false;
  }

  /** Whether rows of the held side are answered by whether they found a partner. */
  private boolean marksHeld() {
    return switch (join.kind()) {
      case INNER -> false;
      case LEFT, SEMI, ANTI -> heldIsLeft;
      case RIGHT -> !heldIsLeft;
      case FULL -> true;
    };
  }

  /** Whether rows of the probing side without a partner are answered with NULLs. */
  boolean keepsUnmatchedProbing() {
    return switch (join.kind()) {
      case INNER, SEMI, ANTI -> false;
      case LEFT -> !heldIsLeft;
      case RIGHT -> heldIsLeft;
      case FULL -> true;
    };
  }

  @Override
  public int parts() {
    return marksHeld() ? 1 : probing.parts();
  }

  @Override
  public Operator open(int part) {
    if (!marksHeld()) {
      return new JoinProbe(this, probing.open(part), context);
    }
    // The held side's own rows can only be answered once all of the other side has been seen.
    return Batches.concat(
        probing.parts() + 1,
        number ->
            number < probing.parts()
                ? new JoinProbe(this, probing.open(number), context)
                : heldRows());
  }

  private Operator heldRows() {
    boolean wanted = join.kind() == JoinKind.SEMI;
    int[] chosen = new int[rows.rowCount()];
    int count = 0;
    for (int row = 0; row < chosen.length; row++) {
      if (matched[row] == wanted) {
        chosen[count++] = row;
      }
    }
    int[] answered = Arrays.copyOf(chosen, count);
    return Batches.of(
        count,
        (from, to) -> {
          int[] slice = Arrays.copyOfRange(answered, from, to);
          int[] none = new int[to - from];
          Arrays.fill(none, -1);
          return combine(List.of(), none, slice, to - from);
        });
  }

  /**
   * The answer's rows, made from places on both sides; a negative place gives NULLs.
   *
   * @param probe the probing side's columns; may be empty when no place is on them
   */
  Batch combine(List<ColumnVector> probe, int[] probeRows, int[] heldRows, int count) {
    List<ColumnVector> columns = new ArrayList<>();
    boolean yieldsRight = join.kind().yieldsRight();
    addSide(columns, join.left().output(), heldIsLeft, probe, probeRows, heldRows, count);
    if (yieldsRight) {
      addSide(columns, join.right().output(), !heldIsLeft, probe, probeRows, heldRows, count);
    }
    return new Batch(columns, count);
  }

  /** Both sides' columns, also where the answer has only the left ones. */
  Batch pairs(List<ColumnVector> probe, int[] probeRows, int[] heldRows, int count) {
    List<ColumnVector> columns = new ArrayList<>();
    addSide(columns, join.left().output(), heldIsLeft, probe, probeRows, heldRows, count);
    addSide(columns, join.right().output(), !heldIsLeft, probe, probeRows, heldRows, count);
    return new Batch(columns, count);
  }

  private void addSide(
      List<ColumnVector> target,
      List<PlanColumn> side,
      boolean isHeld,
      List<ColumnVector> probe,
      int[] probeRows,
      int[] heldRows,
      int count) {
    for (int i = 0; i < side.size(); i++) {
      if (isHeld) {
        target.add(JoinProbe.pick(rows.column(i), heldRows, count));
      } else if (probe.isEmpty()) {
        target.add(AllNull.of(side.get(i).type(), count));
      } else {
        target.add(JoinProbe.pick(probe.get(i), probeRows, count));
      }
    }
  }

  Plan.Join join() {
    return join;
  }

  boolean heldIsLeft() {
    return heldIsLeft;
  }

  GroupTable.Lookup lookup() {
    return table.lookup();
  }

  List<ColumnVector> probeKeys(List<ColumnVector> columns) {
    return keyColumns(columns, !heldIsLeft);
  }

  int head(int group) {
    return group < 0 || group >= heads.length ? END : heads[group];
  }

  int next(int row) {
    return nexts[row];
  }

  void mark(int row) {
    if (matched.length > 0) {
      matched[row] = true;
    }
  }

  int heldSize() {
    return rows.rowCount();
  }
}
