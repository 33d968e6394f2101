package dev.kyma.ingest.core.typing;

import dev.kyma.format.type.Field;
import dev.kyma.format.type.TableSchema;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.Bits;
import dev.kyma.format.vector.BytesVector;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.DictionaryVector;
import dev.kyma.format.vector.DoubleVector;
import dev.kyma.format.vector.FloatsVector;
import dev.kyma.format.vector.Int128Vector;
import dev.kyma.format.vector.LongVector;
import dev.kyma.ingest.core.column.ColumnBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes rows out of batches and puts batches together. */
public final class BatchRows {
  private BatchRows() {}

  /** The rows of a batch that are not in a set. */
  public static Batch without(TableSchema schema, Batch batch, BitSet rows) {
    List<ColumnBuilder> builders = builders(schema);
    for (int from = rows.nextClearBit(0); from < batch.rowCount(); ) {
      int next = rows.nextSetBit(from);
      int to = next < 0 ? batch.rowCount() : Math.min(next, batch.rowCount());
      for (int i = 0; i < builders.size(); i++) {
        builders.get(i).appendAll(slice(batch.column(i), from, to));
      }
      from = rows.nextClearBit(to);
    }
    return build(builders, batch.rowCount() - rows.cardinality());
  }

  /** The rows of several batches of one schema, one after the other. */
  public static Batch concat(TableSchema schema, List<Batch> batches) {
    if (batches.size() == 1) {
      return batches.getFirst();
    }
    List<ColumnBuilder> builders = builders(schema);
    int rowCount = 0;
    for (Batch batch : batches) {
      for (int i = 0; i < builders.size(); i++) {
        builders.get(i).appendAll(batch.column(i));
      }
      rowCount += batch.rowCount();
    }
    return build(builders, rowCount);
  }

  private static List<ColumnBuilder> builders(TableSchema schema) {
    List<ColumnBuilder> builders = new ArrayList<>(schema.size());
    for (Field field : schema.fields()) {
      builders.add(ColumnBuilder.of(field.type()));
    }
    return builders;
  }

  private static Batch build(List<ColumnBuilder> builders, int rowCount) {
    List<ColumnVector> vectors = new ArrayList<>(builders.size());
    for (ColumnBuilder builder : builders) {
      vectors.add(builder.build());
    }
    return new Batch(vectors, rowCount);
  }

  private static ColumnVector slice(ColumnVector vector, int from, int to) {
    int size = to - from;
    long[] nulls = slice(vector.nulls(), from, size);
    return switch (vector) {
      case LongVector v ->
          new LongVector(v.type(), size, Arrays.copyOfRange(v.values(), from, to), nulls);
      case DoubleVector v ->
          new DoubleVector(
              v.type(), size, Arrays.copyOfRange(v.values(), from, to), nulls);
      case Int128Vector v ->
          new Int128Vector(
              v.type(),
              size,
              Arrays.copyOfRange(v.high(), from, to),
              Arrays.copyOfRange(v.low(), from, to),
              nulls);
      case BytesVector v ->
          new BytesVector(
              v.type(),
              size,
              v.data(),
              Arrays.copyOfRange(v.offsets(), from, to + 1),
              nulls);
      case FloatsVector v ->
          new FloatsVector(
              v.type(),
              size,
              Arrays.copyOfRange(
                  v.values(), from * v.dimension(), to * v.dimension()),
              nulls);
      case DictionaryVector v ->
          throw new IllegalArgumentException("ingest builds no dictionary, " + v.type());
    };
  }

  private static long @Nullable [] slice(long @Nullable [] nulls, int from, int size) {
    if (nulls == null) {
      return null;
    }
    long[] slice = new long[Bits.words(size)];
    for (int i = 0; i < size; i++) {
      if (Bits.get(nulls, from + i)) {
        Bits.set(slice, i);
      }
    }
    return slice;
  }
}
