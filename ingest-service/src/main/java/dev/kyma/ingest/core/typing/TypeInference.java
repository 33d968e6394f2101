package dev.kyma.ingest.core.typing;

import static dev.kyma.ingest.core.json.ValueKind.BIG_NUMBER;
import static dev.kyma.ingest.core.json.ValueKind.BOOL;
import static dev.kyma.ingest.core.json.ValueKind.BROKEN_TEXT;
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
   * The type a column grows to for the sake of some values: its own when they fit it, the narrowest
   * number that holds all exactly, else {@link LogicalType#DYNAMIC}, which holds anything.
   *
   * @param storedExactInDouble whether every integer stored so far is exact as a double
   */
  static LogicalType widen(
      LogicalType type, RawColumn column, byte[] source, boolean storedExactInDouble) {
    // A broken string fits no type, not even JSON text in UTF-8 other than as its escapes.
    int kinds = column.kinds() & ~(NULL.bit() | BROKEN_TEXT.bit());
    return switch (type.kind()) {
      case BOOL -> onlyOf(BOOL.bit(), kinds) ? type : LogicalType.DYNAMIC;
      case TIMESTAMP -> onlyOf(TIMESTAMP.bit(), kinds) ? type : LogicalType.DYNAMIC;
      case TEXT -> onlyOf(TEXT.bit() | TIMESTAMP.bit(), kinds) ? type : LogicalType.DYNAMIC;
      case INT64 -> widenInteger(kinds, column, source, storedExactInDouble);
      case FLOAT64 ->
          onlyOf(INT64.bit() | DOUBLE.bit() | NOT_FINITE.bit(), kinds)
                  && integersExactInDouble(column)
              ? type
              : LogicalType.DYNAMIC;
      case DECIMAL -> {
        if (!onlyOf(INT64.bit() | DOUBLE.bit() | DECIMAL.bit(), kinds)) {
          yield LogicalType.DYNAMIC;
        }
        DecimalShape stored = DecimalShape.of(type);
        DecimalShape needed = DecimalShape.of(column, source);
        yield stored.covers(needed) ? type : stored.join(needed).type().orElse(LogicalType.DYNAMIC);
      }
      case INT16, INT32, FLOAT32, DATE, TIME, BINARY, DYNAMIC, VECTOR -> type;
    };
  }

  private static LogicalType widenInteger(
      int kinds, RawColumn column, byte[] source, boolean storedExactInDouble) {
    if (onlyOf(INT64.bit(), kinds)) {
      return LogicalType.INT64;
    }
    if (onlyOf(INT64.bit() | DECIMAL.bit(), kinds)) {
      return DecimalShape.INT64
          .join(DecimalShape.of(column, source))
          .type()
          .orElse(LogicalType.DYNAMIC);
    }
    boolean exactAsDoubles =
        onlyOf(INT64.bit() | DOUBLE.bit() | NOT_FINITE.bit(), kinds)
            && storedExactInDouble
            && integersExactInDouble(column);
    return exactAsDoubles ? LogicalType.FLOAT64 : LogicalType.DYNAMIC;
  }

  private static boolean onlyOf(int allowed, int kinds) {
    return (kinds & ~allowed) == 0;
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
