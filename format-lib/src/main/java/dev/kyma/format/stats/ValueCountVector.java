package dev.kyma.format.stats;

import dev.kyma.format.predicate.Constant;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.BytesVectorBuilder;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.DoubleVectorBuilder;
import dev.kyma.format.vector.FloatsVectorBuilder;
import dev.kyma.format.vector.Int128VectorBuilder;
import dev.kyma.format.vector.LongVectorBuilder;
import dev.kyma.format.vector.VectorBuilder;
import java.util.List;

/** The distinct values of value counts as a vector, so that predicates can be evaluated on them. */
final class ValueCountVector {
  private ValueCountVector() {}

  static ColumnVector of(LogicalType type, List<ColumnStats.ValueCount> counts) {
    VectorBuilder builder = VectorBuilder.of(type, counts.size());
    for (ColumnStats.ValueCount count : counts) {
      append(builder, count.value());
    }
    return builder.build();
  }

  private static void append(VectorBuilder builder, Constant value) {
    switch (builder) {
      case LongVectorBuilder out -> out.append(((Constant.OfLong) value).value());
      case DoubleVectorBuilder out -> out.append(((Constant.OfDouble) value).value());
      case Int128VectorBuilder out -> out.append(((Constant.OfInt128) value).value());
      case BytesVectorBuilder out -> out.append(((Constant.OfBytes) value).value());
      case FloatsVectorBuilder _ ->
          throw new IllegalArgumentException("vectors have no value counts");
    }
  }
}
