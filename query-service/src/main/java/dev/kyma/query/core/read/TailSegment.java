package dev.kyma.query.core.read;

import dev.kyma.format.log.SchemaFingerprint;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.type.SystemColumns;
import dev.kyma.format.type.TableSchema;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.Bits;
import dev.kyma.format.vector.Concat;
import dev.kyma.format.vector.Selection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Rows of one or more records of a log partition, decoded, repeats of keyed requests left out.
 * Immutable.
 *
 * @param fingerprint names the schema of the batch
 * @param schema the columns of the batch
 * @param batch the rows
 * @param seqs the {@code _seq} of each row, ascending
 * @param versions what is known of the versions of the rows' keys; null for tables without keys
 * @param bytes about how much memory it takes
 */
@SuppressWarnings("ArrayRecordComponent") // the array is the point: kernels read it in place
record TailSegment(
    SchemaFingerprint fingerprint,
    TableSchema schema,
    Batch batch,
    long[] seqs,
    @Nullable Versions versions,
    long bytes) {

  /**
   * What never changes about the versions of rows.
   *
   * @param firstOrdinal the ordinal of row 0 among all rows of the fold
   * @param replaces the {@code _seq} of the version of each row's key before it, or {@link
   *     dev.kyma.catalog.visibility.KeyVersions#NONE}
   */
  @SuppressWarnings("ArrayRecordComponent") // read in place
  record Versions(long firstOrdinal, long[] replaces) {}

  /** How many rows one segment is made to hold at most by merging. */
  static final int MERGED_ROWS = Batch.MAX_ROWS;

  int rows() {
    return batch.rowCount();
  }

  /** The rows whose records lie in {@code [from, to)}. */
  Selection between(long from, long to) {
    int size = rows();
    int first = place(from);
    int end = place(to);
    if (first == 0 && end == size) {
      return Selection.all(size);
    }
    long[] words = new long[Bits.words(size)];
    for (int row = first; row < end; row++) {
      Bits.set(words, row);
    }
    return new Selection(size, words, end - first);
  }

  /** The {@code _seq} of the first row of the record at an offset, or a greater one of none. */
  static long endSeq(long offset) {
    return offset >= 1L << 63 - SystemColumns.ROW_BITS
        ? Long.MAX_VALUE
        : offset << SystemColumns.ROW_BITS;
  }

  /** How many rows lie in records before an offset. */
  int place(long offset) {
    int place = Arrays.binarySearch(seqs, endSeq(offset));
    return place < 0 ? -place - 1 : place;
  }

  /** The offset of the last row's record. */
  long lastOffset() {
    return SystemColumns.offset(seqs[seqs.length - 1]);
  }

  /** One segment of several neighbours with one schema. */
  static TailSegment merge(List<TailSegment> segments) {
    TailSegment first = segments.getFirst();
    List<LogicalType> types = new ArrayList<>();
    first.schema.fields().forEach(field -> types.add(field.type()));
    List<Batch> batches = new ArrayList<>(segments.size());
    int rows = 0;
    long bytes = 0;
    for (TailSegment segment : segments) {
      batches.add(segment.batch);
      rows += segment.rows();
      bytes += segment.bytes;
    }
    long[] seqs = new long[rows];
    int at = 0;
    for (TailSegment segment : segments) {
      System.arraycopy(segment.seqs, 0, seqs, at, segment.rows());
      at += segment.rows();
    }
    return new TailSegment(
        first.fingerprint,
        first.schema,
        Concat.of(types, batches),
        seqs,
        mergeVersions(segments, rows),
        bytes);
  }

  private static @Nullable Versions mergeVersions(List<TailSegment> segments, int rows) {
    Versions first = segments.getFirst().versions();
    if (first == null) {
      return null;
    }
    long[] replaces = new long[rows];
    int at = 0;
    for (TailSegment segment : segments) {
      Versions versions = Objects.requireNonNull(segment.versions());
      System.arraycopy(versions.replaces(), 0, replaces, at, segment.rows());
      at += segment.rows();
    }
    return new Versions(first.firstOrdinal(), replaces);
  }
}
