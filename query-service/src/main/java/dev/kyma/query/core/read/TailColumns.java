package dev.kyma.query.core.read;

import dev.kyma.format.json.PathExtractor;
import dev.kyma.format.predicate.ColumnPath;
import dev.kyma.format.predicate.VectorLookup;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.type.SystemColumns;
import dev.kyma.format.vector.AllNull;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.LongVector;
import dev.kyma.format.widen.Widening;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Columns and paths of one tail segment in the types a scan asks for. Used by one thread. */
final class TailColumns implements VectorLookup {
  private final TailSegment segment;
  private final int log;
  private final Map<ColumnPath, PathExtractor> extractors;
  private final Map<ColumnPath, ColumnVector> known = new HashMap<>();

  /**
   * @param log the ordinal of the partition the rows came through
   * @param extractors made so far, kept from segment to segment
   */
  TailColumns(TailSegment segment, int log, Map<ColumnPath, PathExtractor> extractors) {
    this.segment = segment;
    this.log = log;
    this.extractors = extractors;
  }

  @Override
  public ColumnVector vector(ColumnPath column) {
    return known.computeIfAbsent(column, this::read);
  }

  private ColumnVector read(ColumnPath wanted) {
    int rows = segment.rows();
    if (wanted.column() == SystemColumns.SEQ.id()) {
      return new LongVector(wanted.type(), segment.seqs());
    }
    if (wanted.column() == SystemColumns.LOG.id()) {
      long[] values = new long[rows];
      Arrays.fill(values, log);
      return new LongVector(wanted.type(), values);
    }
    int place = segment.schema().indexOfId(wanted.column());
    if (place < 0) {
      return AllNull.of(wanted.type(), rows);
    }
    ColumnVector stored = segment.batch().column(place);
    if (!wanted.isPath()) {
      return widen(stored, wanted.type(), wanted);
    }
    return extractors
        .computeIfAbsent(wanted, path -> new PathExtractor(path.path(), path.type()))
        .extract(widen(stored, LogicalType.DYNAMIC, wanted));
  }

  private static ColumnVector widen(ColumnVector stored, LogicalType type, ColumnPath wanted) {
    if (!Widening.isWider(stored.type(), type)) {
      throw new StaleSchemaException(
          "column " + wanted.column() + " is " + stored.type() + " in the log, not " + type);
    }
    return Widening.of(stored, type);
  }
}
