package dev.kyma.catalog.visibility;

import dev.kyma.catalog.KeyWindow;
import dev.kyma.catalog.SourceCursor;
import dev.kyma.format.log.KeyedRows;
import dev.kyma.format.vector.Bits;
import dev.kyma.format.vector.Selection;
import java.util.List;
import java.util.Optional;

/**
 * The fold {@code (state, record) → (fate, state)} over the records of one log partition, in log
 * order. The state is the source cursor and the ledger of idempotency keys; both are in the
 * catalog, so whoever starts at a cursor sees the same fates as whoever came from further back.
 *
 * <p>Deterministic: it depends on the records alone, on no clock and on no border between flushes.
 * Used by one thread.
 */
public final class LogFold {
  private static final RecordFate KEEP = new RecordFate.Keep();
  private static final RecordFate DROP = new RecordFate.Drop();

  private final KeyLedger ledger;
  private SourceCursor cursor;

  private LogFold(SourceCursor cursor, KeyLedger ledger) {
    this.cursor = cursor;
    this.ledger = ledger;
  }

  /**
   * The fold at a cursor.
   *
   * @param keys what the snapshot the cursor is from answers for {@link
   *     dev.kyma.catalog.Snapshot#keys}
   * @throws dev.kyma.catalog.CatalogException.Corrupt if a window is damaged
   */
  public static LogFold at(SourceCursor cursor, List<KeyWindow> keys) {
    return new LogFold(cursor, KeyLedger.restore(keys));
  }

  /** The cursor after the records so far. */
  public SourceCursor cursor() {
    return cursor;
  }

  /** How many keys are remembered. */
  public int keys() {
    return ledger.size();
  }

  /** How many keyed runs were kept whose key had come with another payload within the window. */
  public long otherPayloads() {
    return ledger.otherPayloads();
  }

  /**
   * Decides a record's fate and moves the cursor behind it.
   *
   * @throws IllegalArgumentException if the record lies before the cursor; nothing changed
   */
  public RecordFate apply(LogRecord record) {
    if (record.offset() < cursor.nextOffset()) {
      throw new IllegalArgumentException(
          "offset " + record.offset() + " lies before " + cursor.nextOffset());
    }
    RecordFate fate =
        switch (record) {
          case LogRecord.Rows rows -> fate(rows);
          case LogRecord.Undecodable bad -> new RecordFate.DeadLetter(bad.problem());
        };
    cursor =
        new SourceCursor(
            cursor.log(),
            cursor.topicId(),
            record.offset() + 1,
            record.leaderEpoch(),
            cursor.sourceEpoch());
    return fate;
  }

  /**
   * Moves the cursor over offsets that hold no records, as transactional logs have.
   *
   * @throws IllegalArgumentException if the offset lies before the cursor
   */
  public void skipTo(long nextOffset) {
    if (nextOffset < cursor.nextOffset()) {
      throw new IllegalArgumentException(nextOffset + " lies before " + cursor.nextOffset());
    }
    cursor =
        new SourceCursor(
            cursor.log(), cursor.topicId(), nextOffset, cursor.leaderEpoch(), cursor.sourceEpoch());
  }

  /**
   * The keys of records applied since the last call, or since the fold began: what the commit that
   * moves the cursor here must carry. Call it where a flush is cut, before the next record is
   * applied.
   */
  public Optional<KeyWindow> takeKeys() {
    return ledger.take(cursor.log());
  }

  private RecordFate fate(LogRecord.Rows record) {
    int rowCount = record.rowCount();
    if (record.keys().isEmpty()) {
      return KEEP;
    }
    for (KeyedRows run : record.keys()) {
      if (run.firstRow() < 0 || run.rowCount() < 0 || run.rowCount() > rowCount - run.firstRow()) {
        return new RecordFate.DeadLetter(
            "keyed rows " + run.firstRow() + "+" + run.rowCount() + " of " + rowCount);
      }
    }
    long[] kept = null;
    for (KeyedRows run : record.keys()) {
      if (ledger.remember(run, record.appendTimeMillis())) {
        continue;
      }
      if (kept == null) {
        kept = new long[Bits.words(rowCount)];
        Bits.fill(kept, rowCount);
      }
      for (int row = run.firstRow(); row < run.firstRow() + run.rowCount(); row++) {
        Bits.clear(kept, row);
      }
    }
    if (kept == null) {
      return KEEP;
    }
    Selection rows = Selection.of(rowCount, kept);
    return rows.isEmpty() ? DROP : rows.isAll() ? KEEP : new RecordFate.KeepRows(rows);
  }
}
