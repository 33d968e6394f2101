package dev.kyma.format.testing;

import dev.kyma.format.vector.BytesVector;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.DictionaryVector;
import dev.kyma.format.vector.DoubleVector;
import dev.kyma.format.vector.FloatsVector;
import dev.kyma.format.vector.Int128Vector;
import dev.kyma.format.vector.LongVector;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads vectors as objects that compare by value, for assertions. */
public final class Values {
  private Values() {}

  /** A row: null, Long, Double, BigInteger, ByteBuffer or a list of Float. */
  public static @Nullable Object value(ColumnVector vector, int row) {
    if (vector.isNull(row)) {
      return null;
    }
    return switch (vector) {
      case LongVector longs -> longs.values()[row];
      case DoubleVector doubles -> doubles.values()[row];
      case Int128Vector wide -> wide.value(row);
      case BytesVector bytes -> ByteBuffer.wrap(bytes.bytes(row));
      case DictionaryVector coded -> ByteBuffer.wrap(coded.dictionary().bytes(coded.codes()[row]));
      case FloatsVector floats -> {
        List<Float> list = new ArrayList<>();
        for (int i = 0; i < floats.dimension(); i++) {
          list.add(floats.values()[row * floats.dimension() + i]);
        }
        yield list;
      }
    };
  }

  /** All rows. */
  public static List<@Nullable Object> of(ColumnVector vector) {
    Object[] values = new Object[vector.size()];
    Arrays.setAll(values, row -> value(vector, row));
    return Arrays.asList(values);
  }
}
