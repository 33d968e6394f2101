package dev.kyma.compactor.core;

import dev.kyma.catalog.Snapshot;
import dev.kyma.catalog.SourceCursor;
import dev.kyma.catalog.TableDef;
import dev.kyma.catalog.visibility.LogFold;
import dev.kyma.catalog.visibility.RecordFate;
import dev.kyma.format.FormatException;
import dev.kyma.format.io.ObjectStoreException;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.Gather;
import dev.kyma.service.log.DecodedRecord;
import dev.kyma.service.log.LogException;
import dev.kyma.service.log.LogPartition;
import dev.kyma.service.log.LogPosition;
import dev.kyma.service.log.LogSlice;
import dev.kyma.service.log.RawRecord;
import dev.kyma.service.log.RecordDecoder;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The flush of one log partition: a state machine without threads or clocks of its own.
 *
 * <p>Records are folded as they come into the open rows; sealed flushes wait in a queue of which
 * only the head is attempted, so cursors move one after another. When a flush is lost everything in
 * memory is forgotten and the cursor is read from the catalog again. Used by the loop's thread.
 */
final class PartitionFlusher {
  private final LogPartition partition;
  private final RecordDecoder decoder;
  private final Backoff backoff;

  private TableDef table;
  private PartitionState state = new PartitionState.Loading();
  private @Nullable LogFold fold;
  private @Nullable SourceCursor loadedFrom;
  private SourceCursor committed;
  private SourceCursor sealedTo;
  private PendingRows open = new PendingRows();
  private final Deque<Flush> sealed = new ArrayDeque<>();
  private final Deque<LogSlice> undecoded = new ArrayDeque<>();
  private boolean attempting;
  private int failures;
  private long endOffset = -1;
  private @Nullable String lastError;

  PartitionFlusher(LogPartition partition, TableDef table, RecordDecoder decoder, Backoff backoff) {
    this.partition = partition;
    this.table = table;
    this.decoder = decoder;
    this.backoff = backoff;
    this.committed = SourceCursor.start(partition.ordinal(), partition.binding().topicId());
    this.sealedTo = committed;
  }

  LogPartition partition() {
    return partition;
  }

  TableDef table() {
    return table;
  }

  PartitionState state() {
    return state;
  }

  /** The cursor up to which rows are known to be in extents. */
  SourceCursor committed() {
    return committed;
  }

  /** The table as it is now. */
  void table(TableDef newest) {
    table = newest;
  }

  void endOffset(long offset) {
    endOffset = offset;
  }

  /** Whether a cursor was read and records after it belong to it. */
  boolean isLoaded() {
    return fold != null;
  }

  /** Whether records of the log should be asked for. */
  boolean wantsRecords() {
    return fold != null && undecoded.isEmpty();
  }

  /** Whether the cursor should be read from the catalog now. */
  boolean wantsLoading(Instant now) {
    return switch (state) {
      case PartitionState.Loading() -> true;
      case PartitionState.BackingOff off -> fold == null && !now.isBefore(off.until());
      case PartitionState.Reading _, PartitionState.Flushing _, PartitionState.Stopped _ -> false;
    };
  }

  /**
   * Whether an operator has moved the cursor of a stopped partition, which is how reading is taken
   * up again.
   */
  boolean adopted(Snapshot snapshot) {
    return state instanceof PartitionState.Stopped
        && !snapshot.cursor(partition.ordinal()).equals(Optional.ofNullable(loadedFrom));
  }

  /**
   * Whether the partition stopped because its topic was not there or another one. If the topic with
   * the recorded id is there after all, reading goes on from the cursor.
   */
  boolean mayComeBack() {
    return state instanceof PartitionState.Stopped stopped
        && !stopped.code().equals(LogException.Truncated.CODE);
  }

  /** Takes the cursor of a snapshot; answers where to read on, or empty when the table is gone. */
  Optional<LogPosition> load(Snapshot snapshot) {
    Optional<SourceCursor> cursor = snapshot.cursor(partition.ordinal());
    forget();
    if (cursor.isEmpty()) {
      return Optional.empty();
    }
    loadedFrom = cursor.get();
    committed = cursor.get();
    sealedTo = cursor.get();
    fold = LogFold.at(cursor.get(), snapshot.keys(partition.ordinal()));
    state = new PartitionState.Reading();
    return Optional.of(LogPosition.of(cursor.get()));
  }

  private void forget() {
    fold = null;
    open = new PendingRows();
    sealed.clear();
    undecoded.clear();
  }

  /** Forgets everything and reads the cursor anew as soon as possible. */
  void reload() {
    forget();
    state = new PartitionState.Loading();
  }

  /** The log is not what the catalog recorded. */
  void stop(LogException fault) {
    forget();
    lastError = fault.code() + ": " + fault.getMessage();
    state = new PartitionState.Stopped(fault.code(), String.valueOf(fault.getMessage()));
  }

  /** Takes records that were read. */
  void accept(LogSlice slice, Instant now) {
    if (fold == null) {
      return;
    }
    undecoded.add(slice);
    decode(now);
  }

  /** Decodes and folds what was read; what cannot be decoded yet stays. */
  private void decode(Instant now) {
    LogFold folding = fold;
    if (folding == null) {
      return;
    }
    while (!undecoded.isEmpty()) {
      LogSlice slice = undecoded.peek();
      for (RawRecord record : slice.records()) {
        if (record.offset() < folding.cursor().nextOffset()) {
          continue;
        }
        try {
          fold(folding, record, now);
        } catch (FormatException e) {
          // A schema cannot be had now: not the record's fault, so it waits.
          String code = e instanceof ObjectStoreException ? "store_unavailable" : "schema_damaged";
          backOff(code, String.valueOf(e.getMessage()), now);
          return;
        }
      }
      if (slice.nextOffset() > folding.cursor().nextOffset()) {
        // Offsets without records, as transactions leave them: the cursor moves over them in time.
        open.addRecord(0, now);
        folding.skipTo(slice.nextOffset());
      }
      undecoded.remove();
    }
  }

  private void fold(LogFold folding, RawRecord record, Instant now) {
    DecodedRecord decoded = decoder.decode(table.id(), record);
    if (FlushTiming.wouldOverflow(open.waiting(), decoded.rowCount())) {
      seal();
    }
    Instant append = Instant.ofEpochMilli(record.appendTimeMillis());
    open.addRecord(record.bytes(), append.isAfter(now) ? now : append);
    switch (folding.apply(decoded.record())) {
      case RecordFate.Keep() -> {
        for (DecodedRecord.Rows rows : decoded.rows()) {
          int first = rows.firstRow();
          int[] places = IntStream.range(first, first + rows.batch().rowCount()).toArray();
          open.addRows(rows.schema(), rows.batch(), record.offset(), places);
        }
      }
      case RecordFate.KeepRows kept -> {
        for (DecodedRecord.Rows rows : decoded.rows()) {
          keepSome(rows, record.offset(), Gather.places(kept.rows()));
        }
      }
      case RecordFate.Drop() -> {
        // The record counts, so that the cursor moves over it in time.
      }
      case RecordFate.DeadLetter letter ->
          open.addDeadLetter(
              new DeadLetter(
                  append, partition.ordinal(), record.offset(), letter.problem(), record.frame()));
    }
  }

  /** Keeps the rows of a run whose places in the record are given, in ascending order. */
  private void keepSome(DecodedRecord.Rows rows, long offset, int[] keptPlaces) {
    int first = rows.firstRow();
    int end = first + rows.batch().rowCount();
    int[] places = IntStream.of(keptPlaces).filter(p -> p >= first && p < end).toArray();
    int[] inBatch = IntStream.of(places).map(p -> p - first).toArray();
    Batch kept = Gather.rows(rows.batch(), inBatch, inBatch.length);
    open.addRows(rows.schema(), kept, offset, places);
  }

  /** Seals the open records into a flush. */
  private void seal() {
    LogFold folding = fold;
    if (folding == null || open.isEmpty()) {
      return;
    }
    SourceCursor to = folding.cursor();
    sealed.add(new Flush(partition, table.id(), sealedTo, to, open, folding.takeKeys()));
    sealedTo = to;
    open = new PendingRows();
  }

  /**
   * Seals the open records if they are due.
   *
   * @return when they are due otherwise, {@link Instant#MAX} when there are none
   */
  Instant sealIfDue(Instant now) {
    return switch (FlushTiming.decide(table.flushPolicy(), open.waiting(), now)) {
      case FlushTiming.Decision.NotBefore(Instant instant) -> instant;
      case FlushTiming.Decision.Due _ -> {
        seal();
        yield Instant.MAX;
      }
    };
  }

  /** Seals the open records, due or not: someone asked for it, or memory is short. */
  void sealNow() {
    seal();
  }

  /** The flush to attempt now, if there is one; {@link #completed} must follow. */
  Optional<Flush> begin(Instant now) {
    if (fold == null) {
      return Optional.empty();
    }
    if (state instanceof PartitionState.BackingOff off) {
      if (now.isBefore(off.until())) {
        return Optional.empty();
      }
      state = new PartitionState.Reading();
      decode(now);
    }
    if (attempting || sealed.isEmpty() || !(state instanceof PartitionState.Reading)) {
      return Optional.empty();
    }
    attempting = true;
    state = new PartitionState.Flushing();
    return Optional.of(sealed.getFirst());
  }

  /** What became of the flush last begun. */
  void completed(Flush flush, FlushResult result, Instant now) {
    attempting = false;
    if (sealed.peek() != flush) {
      return;
    }
    switch (result) {
      case FlushResult.Committed _ -> {
        committed = flush.to;
        sealed.remove();
        failures = 0;
        lastError = null;
        state = new PartitionState.Reading();
        decode(now);
      }
      case FlushResult.Lost lost -> {
        forget();
        backOff(lost.code(), lost.detail(), now);
      }
      case FlushResult.Retry retry -> backOff(retry.code(), retry.detail(), now);
      case FlushResult.Broken broken -> stop(broken.fault());
    }
  }

  /** Something this partition depends on does not answer. */
  void backOff(String code, String detail, Instant now) {
    failures++;
    lastError = code + ": " + detail;
    state = new PartitionState.BackingOff(now.plus(backoff.after(failures)), code, detail);
  }

  /** Whether a flush is being attempted: its outcome must be waited for before this is dropped. */
  boolean isAttempting() {
    return attempting;
  }

  /** When something is to be done next without new records. */
  Instant nextEvent(Instant now) {
    if (state instanceof PartitionState.BackingOff off) {
      return off.until();
    }
    return switch (FlushTiming.decide(table.flushPolicy(), open.waiting(), now)) {
      case FlushTiming.Decision.NotBefore(Instant instant) -> instant;
      case FlushTiming.Decision.Due _ -> now;
    };
  }

  /** The heap that rows in memory take. */
  long memoryBytes() {
    long bytes = open.memoryBytes();
    for (Flush flush : sealed) {
      bytes += flush.rows.memoryBytes();
    }
    return bytes;
  }

  /** The heap that sealing would put on its way out. */
  long openMemoryBytes() {
    return open.memoryBytes();
  }

  /** Whether everything before an offset was read and folded. */
  boolean hasRead(long offset) {
    return fold != null && fold.cursor().nextOffset() >= offset;
  }

  /** Whether everything before an offset is in extents. */
  boolean isCommitted(long offset) {
    return committed.nextOffset() >= offset;
  }

  PartitionStatus status() {
    long waitingRows = open.waiting().rows();
    Instant oldest = open.waiting().oldestAppend();
    for (Flush flush : sealed) {
      waitingRows += flush.rows.waiting().rows();
      Instant first = flush.rows.waiting().oldestAppend();
      oldest = first.isBefore(oldest) ? first : oldest;
    }
    return new PartitionStatus(
        table.id(),
        FlushWorker.nameOf(table),
        partition.binding().topic(),
        partition.partition(),
        partition.ordinal(),
        committed.nextOffset(),
        endOffset,
        waitingRows,
        oldest.equals(Instant.MAX) ? Optional.empty() : Optional.of(oldest),
        state,
        Optional.ofNullable(lastError));
  }
}
