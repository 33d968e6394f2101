package dev.kyma.compactor.core;

import dev.kyma.format.type.LogicalType;
import dev.kyma.format.type.SystemColumns;
import dev.kyma.format.type.TableSchema;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.Concat;
import dev.kyma.format.vector.LongVector;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows of one log partition that the fold kept and that wait for their flush, with the schemas they
 * were written in. Used by one thread until it is sealed, and only read after that.
 */
final class PendingRows {
  private static final int SMALL_RUN = 512;
  private static final int RUNS_TO_JOIN = 64;

  /**
   * Rows of one schema.
   *
   * @param schema the table's columns as the frame had them
   * @param batch those columns and behind them {@code _seq}
   */
  record Run(TableSchema schema, Batch batch) {
    private List<LogicalType> types() {
      return batch.columns().stream().map(ColumnVector::type).toList();
    }
  }

  private final List<Run> runs = new ArrayList<>();
  private final List<DeadLetter> deadLetters = new ArrayList<>();
  private int smallRuns;
  private long records;
  private long rows;
  private long logBytes;
  private long memoryBytes;
  private Instant oldestAppend = Instant.MAX;

  /** Counts a record, whatever becomes of its rows. */
  void addRecord(int bytes, Instant append) {
    records++;
    logBytes += bytes;
    if (append.isBefore(oldestAppend)) {
      oldestAppend = append;
    }
  }

  /**
   * Adds rows.
   *
   * @param offset the record's offset
   * @param places the rows' places in the record
   */
  void addRows(TableSchema schema, Batch batch, long offset, int[] places) {
    if (batch.rowCount() == 0) {
      return;
    }
    long[] seq = new long[batch.rowCount()];
    for (int i = 0; i < seq.length; i++) {
      seq[i] = SystemColumns.seq(offset, places[i]);
    }
    List<ColumnVector> columns = new ArrayList<>(batch.columns());
    columns.add(new LongVector(SystemColumns.SEQ.type(), seq));
    Run run = new Run(schema, new Batch(columns, seq.length));
    boolean joins = !runs.isEmpty() && runs.getLast().schema().equals(schema);
    runs.add(run);
    rows += seq.length;
    memoryBytes += VectorMemory.of(run.batch());
    smallRuns = seq.length >= SMALL_RUN ? 0 : joins ? smallRuns + 1 : 1;
    if (smallRuns == RUNS_TO_JOIN) {
      joinSmallRuns();
    }
  }

  void addDeadLetter(DeadLetter letter) {
    deadLetters.add(letter);
    memoryBytes += letter.bytes().length;
  }

  /** A vector costs more than a value: runs of a few rows are put together as they come. */
  private void joinSmallRuns() {
    List<Run> small = runs.subList(runs.size() - smallRuns, runs.size());
    List<Batch> batches = small.stream().map(Run::batch).toList();
    Run joined = new Run(small.getFirst().schema(), Concat.of(small.getFirst().types(), batches));
    for (Batch batch : batches) {
      memoryBytes -= VectorMemory.of(batch);
    }
    memoryBytes += VectorMemory.of(joined.batch());
    small.clear();
    runs.add(joined);
    smallRuns = joined.batch().rowCount() < SMALL_RUN ? 1 : 0;
  }

  List<Run> runs() {
    return runs;
  }

  List<DeadLetter> deadLetters() {
    return deadLetters;
  }

  long memoryBytes() {
    return memoryBytes;
  }

  boolean isEmpty() {
    return records == 0;
  }

  FlushTiming.Waiting waiting() {
    return new FlushTiming.Waiting(records, rows, logBytes, oldestAppend);
  }
}
