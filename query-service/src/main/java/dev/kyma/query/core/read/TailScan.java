package dev.kyma.query.core.read;

import dev.kyma.format.json.PathExtractor;
import dev.kyma.format.predicate.ColumnPath;
import dev.kyma.format.predicate.Predicate;
import dev.kyma.format.predicate.PredicateEvaluator;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.Selection;
import dev.kyma.query.core.exec.Chunk;
import dev.kyma.query.core.exec.Operator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rows of some tail segments that a predicate is true for. */
final class TailScan implements Operator {
  private final List<Piece> pieces;
  private final List<ColumnPath> columns;
  private final PredicateEvaluator predicate;
  private final Map<ColumnPath, PathExtractor> extractors = new HashMap<>();
  private int next;

  /**
   * Rows of one segment.
   *
   * @param log the ordinal of the partition
   * @param segment the segment
   * @param rows those of its rows that lie between the query's cursor and end
   */
  record Piece(int log, TailSegment segment, Selection rows) {}

  TailScan(List<Piece> pieces, List<ColumnPath> columns, Predicate predicate) {
    this.pieces = pieces;
    this.columns = columns;
    this.predicate = new PredicateEvaluator(predicate);
  }

  @Override
  public @Nullable Chunk next() {
    while (next < pieces.size()) {
      Piece piece = pieces.get(next++);
      TailColumns lookup = new TailColumns(piece.segment, piece.log, extractors);
      Selection selection = predicate.select(lookup, piece.rows);
      if (!selection.isEmpty()) {
        List<ColumnVector> vectors = new ArrayList<>(columns.size());
        for (ColumnPath column : columns) {
          vectors.add(lookup.vector(column));
        }
        return new Chunk(new Batch(vectors, piece.segment.rows()), selection);
      }
    }
    return null;
  }
}
