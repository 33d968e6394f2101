package dev.kyma.compactor.core.compact;

import dev.kyma.catalog.Commit;
import dev.kyma.catalog.ExtentRef;
import dev.kyma.catalog.Snapshot;
import dev.kyma.catalog.TableDef;
import dev.kyma.catalog.TableSettings;
import dev.kyma.catalog.visibility.RowShape;
import dev.kyma.format.ExtentOptions;
import dev.kyma.format.LogInterval;
import dev.kyma.format.RowOrder;
import dev.kyma.format.SegmentFormat;
import dev.kyma.format.io.ObjectStore;
import dev.kyma.format.type.Field;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.type.SystemColumns;
import dev.kyma.format.type.TableSchema;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.Bits;
import dev.kyma.format.vector.BytesVector;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.Concat;
import dev.kyma.format.vector.Flatten;
import dev.kyma.format.vector.Gather;
import dev.kyma.format.vector.RowSorter;
import dev.kyma.format.vector.Selection;
import dev.kyma.format.vector.SortOrder;
import dev.kyma.format.vector.merge.RowMerge;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Merges the inputs of a task into new extents, which it stores. Holds a batch of each input and
 * the rows of the extent being written, however many rows there are. Used once, by one thread.
 *
 * <p>Rows that are live go to extents of the task's order; deleted ones of tables with a primary
 * key go to history extents, others vanish. An input that is not in the order the table has today
 * is read a part at a time, each of which is sorted and becomes an extent.
 */
final class ExtentMerge {
  private static final int HISTORY_SHARE = 4;

  /** Where inputs are read. */
  record Source(ObjectStore store, SegmentFormat format, Snapshot parent) {}

  /** Is told how far the merge is, and throws to end it. */
  @FunctionalInterface
  interface Report {
    void report(String step, long done, long total);
  }

  private final Source source;
  private final TableDef table;
  private final CompactionTask task;
  private final CompactionLimits limits;
  private final RowAge age;
  private final OutputExtents.Target target;
  private final Report report;
  private final TableSchema stored;
  private final List<LogicalType> types;
  private final RowAccounts accounts;
  private final OutputExtents outputs;
  private final Optional<HistoryRows> history;
  private final boolean keepsVersions;
  private final long total;
  private long rowsRead;
  private int placed;

  ExtentMerge(
      Source source,
      TableDef table,
      CompactionTask task,
      CompactionLimits limits,
      RowAge age,
      OutputExtents.Target target,
      Report report) {
    this.source = source;
    this.table = table;
    this.task = task;
    this.limits = limits;
    this.age = age;
    this.target = target;
    this.report = report;
    stored = RowShape.inExtents(table);
    types = stored.fields().stream().map(Field::type).toList();
    accounts = new RowAccounts(stored);
    total = task.rows();
    outputs = outputs(task.order(), cutRows(), limits.extentBytes());
    keepsVersions = !TableSettings.of(table).historyRetention().map(Duration::isZero).orElse(false);
    history = keepsHistory() ? Optional.of(historyRows()) : Optional.empty();
  }

  private boolean keepsHistory() {
    return table.isKeyed() && task.order() == RowOrder.TABLE;
  }

  private HistoryRows historyRows() {
    return new HistoryRows(
        outputs(RowOrder.HISTORY, limits.extentRows(), Long.MAX_VALUE),
        SortedBy.order(table, RowOrder.HISTORY, stored),
        stored,
        limits.extentRows(),
        Math.max(1, limits.extentBytes() / HISTORY_SHARE));
  }

  private OutputExtents outputs(RowOrder order, int maxRows, long maxBytes) {
    List<LogInterval> logs = Coverage.union(task.inputs());
    int level = 0;
    for (ExtentRef input : task.inputs()) {
      level = Math.max(level, input.summary().level());
    }
    ExtentOptions options =
        new ExtentOptions(
                table.timeColumn(),
                SortedBy.columns(table, order),
                logs,
                ExtentOptions.Effort.COMPACTION)
            .withPrimaryKey(table.primaryKey())
            .withOrder(order)
            .withLevel(Math.min(level + 1, ExtentOptions.MAX_LEVEL));
    return new OutputExtents(
        new OutputExtents.Shape(table, stored, options), target, accounts, maxRows, maxBytes);
  }

  /** As many rows a piece that the last is not much smaller than the others. */
  private int cutRows() {
    long live = total;
    for (ExtentRef input : task.inputs()) {
      live -= source.parent().deleted(input.key()).cardinality();
    }
    long extents = Math.max(1, (live + limits.extentRows() - 1) / limits.extentRows());
    return (int) Math.max(1, (live + extents - 1) / extents);
  }

  Merged run() {
    List<InputRun> inputs = new ArrayList<>();
    for (ExtentRef input : task.inputs()) {
      inputs.add(open(input));
    }
    switch (task.reason()) {
      case ORDER -> inputs.forEach(this::sortAnew);
      case RUNS, ROWS, AGE, SIZE, DELETED, ASKED -> merge(inputs);
    }
    List<OutputExtents.Written> written = outputs.finish();
    List<OutputExtents.Written> superseded = history.map(HistoryRows::finish).orElse(List.of());
    accounts.check();
    return new Merged(
        // Rows that leave because of their age are missed by nobody who counts.
        accounts.expired() > 0 ? Commit.Kind.RETENTION : Commit.Kind.COMPACT,
        target.grant(),
        inputs,
        outputs,
        written,
        superseded,
        figures(written, superseded));
  }

  private InputRun open(ExtentRef input) {
    return new InputRun(
        input,
        source.format().open(source.store(), input.key(), input.length()),
        source.parent().deleted(input.key()),
        stored,
        age,
        new InputRun.Leaving() {
          @Override
          public void deleted(Batch rows) {
            leave(rows);
          }

          @Override
          public void expired(Batch rows) {
            accounts.expire(rows);
          }

          @Override
          public void read(int rows) {
            rowsRead += rows;
            report.report("merge", rowsRead, total);
          }
        },
        accounts);
  }

  private void leave(Batch rows) {
    if (history.isEmpty()) {
      accounts.drop(rows);
      return;
    }
    if (keepsVersions) {
      history.get().add(rows);
      return;
    }
    // Older versions of their keys may lie elsewhere: tombstones leave by the rule of retention.
    Selection tombstones = tombstones(rows);
    if (!tombstones.isEmpty()) {
      history.get().add(Gather.selected(rows, tombstones));
    }
    Selection others = complement(tombstones);
    if (!others.isEmpty()) {
      accounts.drop(Gather.selected(rows, others));
    }
  }

  private Selection tombstones(Batch rows) {
    ColumnVector operations = Flatten.of(rows.column(stored.indexOfId(SystemColumns.OP.id())));
    long[] words = new long[Bits.words(rows.rowCount())];
    if (operations instanceof BytesVector texts) {
      for (int row = 0; row < texts.size(); row++) {
        if (texts.text(row).equals(SystemColumns.DELETE)) {
          Bits.set(words, row);
        }
      }
    }
    return Selection.of(rows.rowCount(), words);
  }

  private static Selection complement(Selection selection) {
    long[] words = Selection.all(selection.size()).words();
    for (int w = 0; w < words.length; w++) {
      words[w] &= ~selection.words()[w];
    }
    return Selection.of(selection.size(), words);
  }

  private void merge(List<InputRun> inputs) {
    SortOrder order = SortedBy.order(table, task.order(), stored);
    RowMerge merge = new RowMerge(types, order, inputs);
    for (RowMerge.Merged next = merge.next(); next != null; next = merge.next()) {
      for (int run : next.runs()) {
        inputs.get(run).placed(placed++);
      }
      outputs.append(next.batch());
    }
  }

  /** Writes runs in order of an input that is in none. */
  private void sortAnew(InputRun input) {
    SortOrder order = SortedBy.order(table, task.order(), stored);
    List<Batch> part = new ArrayList<>();
    HeldBytes held = new HeldBytes();
    for (Batch batch = input.next(); batch != null; batch = input.next()) {
      part.add(batch);
      held.add(batch);
      if (held.bytes() >= limits.extentBytes() / HISTORY_SHARE) {
        writeSorted(input, part, order);
        part.clear();
        held = new HeldBytes();
      }
    }
    writeSorted(input, part, order);
  }

  private void writeSorted(InputRun input, List<Batch> part, SortOrder order) {
    if (part.isEmpty()) {
      return;
    }
    Batch rows = Concat.of(types, List.copyOf(part));
    Optional<int[]> sorted = RowSorter.permutation(rows, order);
    int[] from = sorted.orElseGet(() -> IntStream.range(0, rows.rowCount()).toArray());
    int[] places = new int[from.length];
    for (int i = 0; i < from.length; i++) {
      places[from[i]] = placed + i;
    }
    for (int place : places) {
      input.placed(place);
    }
    placed += from.length;
    outputs.append(sorted.isPresent() ? Gather.rows(rows, from, from.length) : rows);
    outputs.cut();
  }

  private CompactionResult.Figures figures(
      List<OutputExtents.Written> written, List<OutputExtents.Written> superseded) {
    long bytes = 0;
    for (OutputExtents.Written extent : written) {
      bytes += extent.extent().length();
    }
    for (OutputExtents.Written extent : superseded) {
      bytes += extent.extent().length();
    }
    return new CompactionResult.Figures(
        accounts.rowsIn(),
        accounts.dropped(),
        task.bytes(),
        bytes,
        task.inputs().size(),
        written.size() + superseded.size());
  }
}
