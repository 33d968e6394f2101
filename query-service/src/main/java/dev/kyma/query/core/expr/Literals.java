package dev.kyma.query.core.expr;

import dev.kyma.format.predicate.Constant;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.AllNull;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.Bits;
import dev.kyma.format.vector.BytesVector;
import dev.kyma.format.vector.BytesVectorBuilder;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.DictionaryVector;
import dev.kyma.format.vector.DoubleVector;
import dev.kyma.format.vector.DoubleVectorBuilder;
import dev.kyma.format.vector.FloatsVector;
import dev.kyma.format.vector.Int128Vector;
import dev.kyma.format.vector.Int128VectorBuilder;
import dev.kyma.format.vector.LongVector;
import dev.kyma.format.vector.LongVectorBuilder;
import dev.kyma.format.vector.Selection;
import dev.kyma.format.vector.VectorBuilder;
import dev.kyma.query.core.QueryException;
import dev.kyma.query.core.plan.Expr;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/** Constants as vectors and back. Stateless. */
public final class Literals {
  private Literals() {}

  /** A column with one constant a row. */
  public static ColumnVector column(LogicalType type, List<Expr.Literal> literals) {
    if (type.physical() == LogicalType.Physical.FLOATS) {
      return vectors(type, literals);
    }
    VectorBuilder builder = VectorBuilder.of(type, literals.size());
    for (Expr.Literal literal : literals) {
      append(builder, literal);
    }
    return builder.build();
  }

  private static void append(VectorBuilder builder, Expr.Literal literal) {
    Constant value = literal.value();
    if (value == null) {
      builder.appendNull();
      return;
    }
    switch (value) {
      case Constant.OfLong constant -> {
        if (builder instanceof Int128VectorBuilder wide) {
          wide.append(constant.value() >> 63, constant.value());
        } else {
          ((LongVectorBuilder) builder).append(constant.value());
        }
      }
      case Constant.OfDouble constant -> ((DoubleVectorBuilder) builder).append(constant.value());
      case Constant.OfInt128 constant ->
          ((Int128VectorBuilder) builder)
              .append(Int128Vector.high(constant.value()), Int128Vector.low(constant.value()));
      case Constant.OfBytes constant -> {
        byte[] bytes = constant.value();
        ((BytesVectorBuilder) builder).append(bytes, 0, bytes.length);
      }
    }
  }

  /** Vectors are carried as the little-endian bytes of their floats. */
  private static ColumnVector vectors(LogicalType type, List<Expr.Literal> literals) {
    int dimension = type.precision();
    float[] values = new float[dimension * literals.size()];
    long[] nulls = new long[Bits.words(literals.size())];
    for (int i = 0; i < literals.size(); i++) {
      if (literals.get(i).value() instanceof Constant.OfBytes bytes) {
        ByteBuffer.wrap(bytes.value())
            .order(ByteOrder.LITTLE_ENDIAN)
            .asFloatBuffer()
            .get(values, i * dimension, dimension);
      } else {
        Bits.set(nulls, i);
      }
    }
    return new FloatsVector(type, literals.size(), values, nulls);
  }

  /** One constant in every row. */
  static Evaluator evaluator(Expr.Literal literal) {
    ColumnVector one = column(literal.type(), List.of(literal));
    return new Evaluator() {
      private ColumnVector last = one;

      @Override
      public ColumnVector evaluate(Batch batch, Selection selection) {
        if (last.size() != batch.rowCount()) {
          last = repeat(one, batch.rowCount());
        }
        return last;
      }
    };
  }

  private static ColumnVector repeat(ColumnVector one, int size) {
    if (one.isNull(0)) {
      return AllNull.of(one.type(), size);
    }
    return switch (one) {
      case LongVector vector -> {
        long[] values = new long[size];
        Arrays.fill(values, vector.values()[0]);
        yield new LongVector(vector.type(), values);
      }
      case DoubleVector vector -> {
        double[] values = new double[size];
        Arrays.fill(values, vector.values()[0]);
        yield new DoubleVector(vector.type(), values);
      }
      case Int128Vector vector -> {
        long[] high = new long[size];
        long[] low = new long[size];
        Arrays.fill(high, vector.high()[0]);
        Arrays.fill(low, vector.low()[0]);
        yield new Int128Vector(vector.type(), size, high, low, null);
      }
      case BytesVector vector -> new DictionaryVector(size, new int[size], vector, null);
      case DictionaryVector vector ->
          new DictionaryVector(size, new int[size], vector.dictionary(), null);
      case FloatsVector vector -> {
        int dimension = vector.dimension();
        float[] values = new float[size * dimension];
        for (int i = 0; i < size; i++) {
          System.arraycopy(vector.values(), 0, values, i * dimension, dimension);
        }
        yield new FloatsVector(vector.type(), size, values, null);
      }
    };
  }

  /** A row's value, which is not NULL. */
  public static Constant constant(ColumnVector column, int row) {
    return switch (column) {
      case LongVector vector -> new Constant.OfLong(vector.type(), vector.values()[row]);
      case DoubleVector vector -> new Constant.OfDouble(vector.type(), vector.values()[row]);
      case Int128Vector vector -> new Constant.OfInt128(vector.type(), vector.value(row));
      case BytesVector vector -> new Constant.OfBytes(vector.type(), vector.bytes(row));
      case DictionaryVector vector ->
          new Constant.OfBytes(vector.type(), vector.dictionary().bytes(vector.codes()[row]));
      case FloatsVector vector ->
          throw QueryException.unsupported("a constant of " + vector.type());
    };
  }
}
