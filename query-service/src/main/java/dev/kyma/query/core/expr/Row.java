package dev.kyma.query.core.expr;

import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.BytesVector;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.DictionaryVector;
import dev.kyma.format.vector.DoubleVector;
import dev.kyma.format.vector.FloatsVector;
import dev.kyma.format.vector.Int128Vector;
import dev.kyma.format.vector.LongVector;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The arguments of a function in one row, moved from row to row. Used by one thread. */
final class Row {
  private ColumnVector[] columns = new ColumnVector[0];
  private int row;

  void columns(ColumnVector[] arguments) {
    columns = arguments;
  }

  void at(int place) {
    row = place;
  }

  int count() {
    return columns.length;
  }

  boolean isNull(int argument) {
    return columns[argument].isNull(row);
  }

  boolean anyNull() {
    for (ColumnVector column : columns) {
      if (column.isNull(row)) {
        return true;
      }
    }
    return false;
  }

  long integer(int argument) {
    return ((LongVector) columns[argument]).values()[row];
  }

  double number(int argument) {
    return ((DoubleVector) columns[argument]).values()[row];
  }

  /** The bytes an argument lies in, see {@link #from} and {@link #to}. */
  byte[] data(int argument) {
    return bytes(argument).data();
  }

  int from(int argument) {
    return bytes(argument).offsets()[entry(argument)];
  }

  int to(int argument) {
    return bytes(argument).offsets()[entry(argument) + 1];
  }

  private BytesVector bytes(int argument) {
    return columns[argument] instanceof DictionaryVector vector
        ? vector.dictionary()
        : (BytesVector) columns[argument];
  }

  private int entry(int argument) {
    return columns[argument] instanceof DictionaryVector vector ? vector.codes()[row] : row;
  }

  String text(int argument) {
    int from = from(argument);
    return new String(data(argument), from, to(argument) - from, StandardCharsets.UTF_8);
  }

  /** A text argument; null where it is NULL. */
  @Nullable String textOrNull(int argument) {
    return isNull(argument) ? null : text(argument);
  }

  /** An integer or decimal, exact. */
  BigDecimal decimal(int argument) {
    return switch (columns[argument]) {
      case LongVector vector -> BigDecimal.valueOf(vector.values()[row], vector.type().scale());
      case Int128Vector vector -> new BigDecimal(vector.value(row), vector.type().scale());
      case DoubleVector vector -> BigDecimal.valueOf(vector.values()[row]);
      case BytesVector vector -> throw new IllegalStateException("decimal of " + vector.type());
      case DictionaryVector vector ->
          throw new IllegalStateException("decimal of " + vector.type());
      case FloatsVector vector -> throw new IllegalStateException("decimal of " + vector.type());
    };
  }

  FloatsVector vector(int argument) {
    return (FloatsVector) columns[argument];
  }

  ColumnVector column(int argument) {
    return columns[argument];
  }

  LogicalType type(int argument) {
    return columns[argument].type();
  }

  int place() {
    return row;
  }
}
