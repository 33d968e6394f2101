package dev.kyma.query.core.read;

import dev.kyma.catalog.KeyWindow;
import dev.kyma.catalog.SourceCursor;
import dev.kyma.catalog.TableDef;
import dev.kyma.catalog.visibility.KeyVersions;
import dev.kyma.catalog.visibility.LogFold;
import dev.kyma.catalog.visibility.LogRecord;
import dev.kyma.catalog.visibility.RecordFate;
import dev.kyma.catalog.visibility.RowOp;
import dev.kyma.catalog.visibility.RowShape;
import dev.kyma.format.log.CorruptFrameException;
import dev.kyma.format.log.FrameReader;
import dev.kyma.format.log.LogFrame;
import dev.kyma.format.log.SchemaSource;
import dev.kyma.format.type.SystemColumns;
import dev.kyma.format.type.TableSchema;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.Bits;
import dev.kyma.format.vector.Gather;
import dev.kyma.format.vector.Selection;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One log partition's records from a cursor on, decoded and folded by the rule flush obeys too.
 * Used by one thread at a time.
 *
 * <p>Small neighbours are merged as they come, so that a tail of thousands of one-row records is
 * read as few batches.
 */
final class TailFold {
  /** So many segments of about one size become one. */
  private static final int FAN_IN = 16;

  private final FrameReader frames;
  private final SchemaSource schemas;
  private final TableDef table;
  private final @Nullable KeyVersions versions;
  private final LogFold fold;
  private long firstOffset;
  private final List<TailSegment> segments = new ArrayList<>();
  private long bytes;

  /**
   * @param table the table whose rows are wanted
   * @param keys what the snapshot that the cursor is from knows of idempotency keys
   */
  TailFold(
      FrameReader frames,
      SchemaSource schemas,
      TableDef table,
      SourceCursor cursor,
      List<KeyWindow> keys) {
    this.frames = frames;
    this.schemas = schemas;
    this.table = table;
    this.versions = table.isKeyed() ? new KeyVersions() : null;
    this.fold = LogFold.at(cursor, keys);
    this.firstOffset = cursor.nextOffset();
  }

  /** The first offset whose rows are still here. */
  long firstOffset() {
    return firstOffset;
  }

  /** Where the records so far end. */
  SourceCursor cursor() {
    return fold.cursor();
  }

  long bytes() {
    return bytes + (versions == null ? 0 : versions.bytes());
  }

  /** Forgets rows of records before an offset, which are in extents now. */
  void forgetBefore(long offset) {
    int gone = 0;
    while (gone < segments.size() && segments.get(gone).lastOffset() < offset) {
      bytes -= segments.get(gone++).bytes();
    }
    segments.subList(0, gone).clear();
    if (versions != null) {
      TailSegment.Versions first = segments.isEmpty() ? null : segments.getFirst().versions();
      versions.forgetBefore(first == null ? versions.next() : first.firstOrdinal());
    }
    firstOffset = Math.max(firstOffset, offset);
  }

  void add(TailLog.Stretch stretch) {
    for (TailLog.Entry entry : stretch.entries()) {
      if (entry.offset() >= fold.cursor().nextOffset()) {
        add(entry);
      }
    }
    if (stretch.nextOffset() > fold.cursor().nextOffset()) {
      fold.skipTo(stretch.nextOffset());
    }
  }

  private void add(TailLog.Entry entry) {
    LogFrame frame;
    try {
      frame = frames.read(entry.frame());
    } catch (CorruptFrameException e) {
      fold.apply(
          new LogRecord.Undecodable(
              entry.offset(),
              entry.leaderEpoch(),
              entry.appendTimeMillis(),
              String.valueOf(e.getMessage())));
      return;
    }
    RecordFate fate =
        fold.apply(
            LogRecord.Rows.of(
                entry.offset(), entry.leaderEpoch(), entry.appendTimeMillis(), frame));
    switch (fate) {
      case RecordFate.Keep() -> keep(entry, frame, null);
      case RecordFate.KeepRows(Selection rows) -> keep(entry, frame, rows);
      case RecordFate.Drop() -> {}
      case RecordFate.DeadLetter _ -> {} // a row of another table
    }
  }

  /**
   * @param kept which rows of the record are kept; null for all
   */
  private void keep(TailLog.Entry entry, LogFrame frame, @Nullable Selection kept) {
    for (LogFrame.TableRows rows : frame.tables()) {
      if (rows.table() != table.id()) {
        continue;
      }
      Batch batch = rows.batch();
      int size = batch.rowCount();
      long[] seqs = new long[size];
      for (int row = 0; row < size; row++) {
        seqs[row] = SystemColumns.seq(entry.offset(), rows.firstRow() + row);
      }
      if (kept != null) {
        Selection own = part(kept, rows.firstRow(), size);
        if (!own.isAll()) {
          int[] places = Gather.places(own);
          batch = Gather.rows(batch, places, places.length);
          long[] chosen = new long[places.length];
          for (int i = 0; i < chosen.length; i++) {
            chosen[i] = seqs[places[i]];
          }
          seqs = chosen;
        }
      }
      if (batch.rowCount() > 0) {
        long size64 = entry.frame().length + 64L * (batch.columns().size() + 4);
        TableSchema schema = schemas.schema(rows.fingerprint());
        push(
            new TailSegment(
                rows.fingerprint(), schema, batch, seqs, versions(schema, batch, seqs), size64));
      }
    }
  }

  private TailSegment.@Nullable Versions versions(TableSchema schema, Batch batch, long[] seqs) {
    if (versions == null) {
      return null;
    }
    int op = schema.indexOfId(SystemColumns.OP.id());
    long first =
        versions.add(
            RowShape.keys(table, schema, batch),
            RowOp.tombstones(op < 0 ? null : batch.column(op), batch.rowCount()),
            seqs);
    long[] replaces = new long[seqs.length];
    for (int row = 0; row < replaces.length; row++) {
      replaces[row] = versions.replaces(first + row);
    }
    return new TailSegment.Versions(first, replaces);
  }

  private static Selection part(Selection rows, int from, int size) {
    long[] words = new long[Bits.words(size)];
    for (int row = 0; row < size; row++) {
      if (rows.contains(from + row)) {
        Bits.set(words, row);
      }
    }
    return Selection.of(size, words);
  }

  private void push(TailSegment segment) {
    segments.add(segment);
    bytes += segment.bytes();
    while (mergeLast()) {}
  }

  /** Merges the newest segments if there are enough of about one size. */
  private boolean mergeLast() {
    int end = segments.size();
    TailSegment last = segments.getLast();
    int limit = Math.max(1, last.rows()) * FAN_IN;
    int rows = 0;
    int from = end;
    while (from > 0 && end - from < FAN_IN) {
      TailSegment candidate = segments.get(from - 1);
      if (!candidate.fingerprint().equals(last.fingerprint())
          || candidate.rows() >= limit
          || rows + candidate.rows() > TailSegment.MERGED_ROWS) {
        break;
      }
      rows += candidate.rows();
      from--;
    }
    if (end - from < FAN_IN) {
      return false;
    }
    List<TailSegment> newest = segments.subList(from, end);
    TailSegment merged = TailSegment.merge(List.copyOf(newest));
    newest.clear();
    segments.add(merged);
    return true;
  }

  /** The rows of records in {@code [from, to)}. */
  List<TailRows> rows(long from, long to) {
    List<TailRows> wanted = new ArrayList<>();
    for (TailSegment segment : segments) {
      if (segment.lastOffset() < from || SystemColumns.offset(segment.seqs()[0]) >= to) {
        continue;
      }
      Selection all = segment.between(from, to);
      TailSegment.Versions known = segment.versions();
      Selection current =
          versions == null || known == null
              ? all
              : versions.visible(known.firstOrdinal(), all, TailSegment.endSeq(to));
      wanted.add(new TailRows(segment, all, current));
    }
    return wanted;
  }
}
