package dev.kyma.query.core.expr;

import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.BytesVector;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.DictionaryVector;
import dev.kyma.format.vector.Gather;
import dev.kyma.format.vector.Selection;
import dev.kyma.query.core.QueryException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Applies a function row by row, or, where its one argument that varies is a dictionary column, to
 * each entry of the dictionary once.
 */
final class ScalarEvaluator implements Evaluator {
  /** What a function does with NULL arguments. */
  enum Nulls {
    /** The answer is NULL. */
    GIVE_NULL,
    /** The function sees them. */
    SEEN
  }

  private final LogicalType type;
  private final List<Evaluator> arguments;
  private final RowFunction function;
  private final Nulls nulls;

  /** The place of the only argument that is no constant, or -1. */
  private final int varying;

  private final Row row = new Row();
  private @Nullable BytesVector lastDictionary;
  private @Nullable ColumnVector lastAnswers;

  ScalarEvaluator(
      LogicalType type, List<Evaluator> arguments, RowFunction function, Nulls nulls, int varying) {
    this.type = type;
    this.arguments = arguments;
    this.function = function;
    this.nulls = nulls;
    this.varying = varying;
  }

  @Override
  public ColumnVector evaluate(Batch batch, Selection selection) {
    ColumnVector[] columns = new ColumnVector[arguments.size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = arguments.get(i).evaluate(batch, selection);
    }
    if (varying >= 0
        && nulls == Nulls.GIVE_NULL
        && columns[varying] instanceof DictionaryVector vector) {
      ColumnVector answers = byEntry(vector, columns, selection.count());
      if (answers != null) {
        return translate(vector, answers, selection);
      }
    }
    return byRow(columns, batch.rowCount(), selection);
  }

  /** The answers for a dictionary's entries; null where computing them is not worth it or fails. */
  private @Nullable ColumnVector byEntry(
      DictionaryVector vector, ColumnVector[] columns, int rows) {
    BytesVector dictionary = vector.dictionary();
    if (dictionary == lastDictionary) {
      return lastAnswers;
    }
    if (dictionary.size() > 4 * rows || dictionary.size() == 0) {
      return null;
    }
    ColumnVector[] entries = columns.clone();
    for (int i = 0; i < entries.length; i++) {
      if (i == varying) {
        entries[i] = dictionary;
      } else {
        entries[i] = Gather.repeat(columns[i], 0, dictionary.size());
      }
    }
    lastDictionary = dictionary;
    lastAnswers = null;
    try {
      lastAnswers = byRow(entries, dictionary.size(), Selection.all(dictionary.size()));
    } catch (QueryException e) {
      // An entry no selected row holds may have failed: rows must be looked at one by one.
      return null;
    }
    return lastAnswers;
  }

  private static ColumnVector translate(
      DictionaryVector vector, ColumnVector answers, Selection selection) {
    int[] places = new int[vector.size()];
    for (int i = 0; i < places.length; i++) {
      places[i] = selection.contains(i) && !vector.isNull(i) ? vector.codes()[i] : -1;
    }
    return Gather.rows(answers, places, places.length);
  }

  private ColumnVector byRow(ColumnVector[] columns, int size, Selection selection) {
    Result result = new Result(type, size);
    row.columns(columns);
    for (int i = 0; i < size; i++) {
      row.at(i);
      if (!selection.contains(i) || nulls == Nulls.GIVE_NULL && row.anyNull()) {
        result.nothing();
      } else {
        function.apply(row, result);
      }
    }
    return result.build();
  }
}
