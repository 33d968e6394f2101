package dev.kyma.query.core;

import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.BytesVectorBuilder;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.LongVectorBuilder;
import dev.kyma.format.vector.VectorBuilder;
import dev.kyma.query.core.frontend.OutputColumn;
import dev.kyma.service.report.Report;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts together the few rows of answers that do not come from a plan. Used by one thread. */
final class RowsAnswer {
  private final List<OutputColumn> columns = new ArrayList<>();
  private final List<VectorBuilder> builders = new ArrayList<>();
  private int rows;

  /** The rows of a report. */
  static RowsAnswer of(Report report) {
    RowsAnswer answer = new RowsAnswer();
    for (Report.Column column : report.columns()) {
      switch (column.kind()) {
        case TEXT -> answer.text(column.name());
        case INTEGER -> answer.integer(column.name());
      }
    }
    report.rows().forEach(row -> answer.row(row.toArray()));
    return answer;
  }

  RowsAnswer text(String column) {
    columns.add(new OutputColumn(column, LogicalType.TEXT));
    builders.add(VectorBuilder.of(LogicalType.TEXT, 16));
    return this;
  }

  RowsAnswer integer(String column) {
    columns.add(new OutputColumn(column, LogicalType.INT64));
    builders.add(VectorBuilder.of(LogicalType.INT64, 16));
    return this;
  }

  /** Adds a row; null is NULL. */
  RowsAnswer row(@Nullable Object... values) {
    for (int i = 0; i < values.length; i++) {
      Object value = values[i];
      VectorBuilder builder = builders.get(i);
      if (value == null) {
        builder.appendNull();
        continue;
      }
      switch (builder) {
        case LongVectorBuilder longs -> longs.append((Long) value);
        case BytesVectorBuilder texts -> texts.append(value.toString());
        case VectorBuilder other -> throw new IllegalStateException(other.type().id());
      }
    }
    rows++;
    return this;
  }

  List<OutputColumn> columns() {
    return columns;
  }

  Batch batch() {
    List<ColumnVector> vectors = new ArrayList<>();
    for (VectorBuilder builder : builders) {
      vectors.add(builder.build());
    }
    return new Batch(vectors, rows);
  }
}
