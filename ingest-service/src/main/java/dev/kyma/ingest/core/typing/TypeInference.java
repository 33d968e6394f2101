package dev.kyma.ingest.core.typing;

import static dev.kyma.ingest.core.json.ValueKind.BIG_NUMBER;
import static dev.kyma.ingest.core.json.ValueKind.BOOL;
import static dev.kyma.ingest.core.json.ValueKind.DECIMAL;
import static dev.kyma.ingest.core.json.ValueKind.DOUBLE;
import static dev.kyma.ingest.core.json.ValueKind.INT64;
import static dev.kyma.ingest.core.json.ValueKind.NOT_FINITE;
import static dev.kyma.ingest.core.json.ValueKind.NULL;
import static dev.kyma.ingest.core.json.ValueKind.TEXT;
import static dev.kyma.ingest.core.json.ValueKind.TIMESTAMP;

import dev.kyma.format.type.LogicalType;
import dev.kyma.ingest.core.json.RawColumn;
import dev.kyma.ingest.core.json.ValueKind;
import java.util.Optional;

/** The lattice of types, as far as values of JSON move along it. */
final class TypeInference {
  /** The greatest integer up to which doubles hold every integer. */
  static final long MAX_EXACT_IN_DOUBLE = 1L << 53;

  private static final int NUMBERS =
      INT64.bit() | DOUBLE.bit() | DECIMAL.bit() | BIG_NUMBER.bit() | NOT_FINITE.bit();

  private TypeInference() {}

  /** The narrowest type that holds all values exactly; empty when all are null. */
  static Optional<LogicalType> infer(RawColumn column, byte[] source) {
    int kinds = column.kinds() & ~NULL.bit();
    if (kinds == 0) {
      return Optional.empty();
    }
    if (kinds == BOOL.bit()) {
      return Optional.of(LogicalType.BOOL);
    }
    if (kinds == TIMESTAMP.bit()) {
      return Optional.of(LogicalType.TIMESTAMP);
    }
    if ((kinds & ~(TEXT.bit() | TIMESTAMP.bit())) == 0) {
      return Optional.of(LogicalType.TEXT);
    }
    if ((kinds & ~NUMBERS) == 0) {
      return Optional.of(number(kinds, column, source));
    }
    return Optional.of(LogicalType.DYNAMIC);
  }

  private static LogicalType number(int kinds, RawColumn column, byte[] source) {
    if (kinds == INT64.bit()) {
      return LogicalType.INT64;
    }
    if ((kinds & ~(INT64.bit() | DOUBLE.bit() | NOT_FINITE.bit())) == 0
        && integersExactInDouble(column)) {
      return LogicalType.FLOAT64;
    }
    if ((kinds & (BIG_NUMBER.bit() | NOT_FINITE.bit())) == 0) {
      return DecimalShape.of(column, source).type().orElse(LogicalType.DYNAMIC);
    }
    return LogicalType.DYNAMIC;
  }

  /**
   * The type a column grows to for the sake of some values; its own when they fit or when no wider
   * type is exact for what is stored, so that they overflow.
   *
   * @param storedExactInDouble whether every integer stored so far is exact as a double
   */
  static LogicalType widen(
      LogicalType type, RawColumn column, byte[] source, boolean storedExactInDouble) {
    int kinds = column.kinds() & NUMBERS;
    return switch (type.kind()) {
      case INT64 -> {
        if ((kinds & DECIMAL.bit()) != 0 && (kinds & (DOUBLE.bit() | NOT_FINITE.bit())) == 0) {
          yield DecimalShape.INT64.join(DecimalShape.of(column, source)).type().orElse(type);
        }
        boolean doubles = (kinds & (DOUBLE.bit() | NOT_FINITE.bit())) != 0;
        yield doubles && storedExactInDouble && integersExactInDouble(column)
            ? LogicalType.FLOAT64
            : type;
      }
      case DECIMAL -> {
        DecimalShape stored = DecimalShape.of(type);
        DecimalShape needed = DecimalShape.of(column, source);
        yield stored.covers(needed) ? type : stored.join(needed).type().orElse(type);
      }
      case BOOL, INT16, INT32, FLOAT32, FLOAT64, DATE, TIME, TIMESTAMP, TEXT, BINARY, DYNAMIC, VECTOR ->
          type;
    };
  }

  private static boolean integersExactInDouble(RawColumn column) {
    for (int i = 0; i < column.count(); i++) {
      if (column.kind(i) == ValueKind.INT64
          && (column.bits(i) > MAX_EXACT_IN_DOUBLE || column.bits(i) < -MAX_EXACT_IN_DOUBLE)) {
        return false;
      }
    }
    return true;
  }
}
