package dev.kyma.ingest.core.typing;

import dev.kyma.format.type.LogicalType;
import dev.kyma.ingest.core.json.RawColumn;
import dev.kyma.ingest.core.json.ValueKind;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The digits that exact decimals need.
 *
 * @param before digits before the point
 * @param after digits after it
 */
record DecimalShape(int before, int after) {
  static final DecimalShape NONE = new DecimalShape(0, 0);

  /** What every 64-bit integer fits. */
  static final DecimalShape INT64 = new DecimalShape(19, 0);

  static DecimalShape of(LogicalType decimal) {
    return new DecimalShape(decimal.precision() - decimal.scale(), decimal.scale());
  }

  static DecimalShape of(BigDecimal number) {
    if (number.signum() == 0) {
      return NONE;
    }
    BigDecimal plain = number.stripTrailingZeros();
    long before = Math.max(0L, (long) plain.precision() - plain.scale());
    return new DecimalShape((int) Math.min(1_000_000, before), Math.max(0, plain.scale()));
  }

  /** What all numbers of a column need; it holds no others than exact ones. */
  static DecimalShape of(RawColumn column, byte[] source) {
    DecimalShape shape = NONE;
    for (int i = 0; i < column.count(); i++) {
      ValueKind kind = column.kind(i);
      if (kind == ValueKind.INT64) {
        shape = shape.join(of(BigDecimal.valueOf(column.bits(i))));
      } else if (kind == ValueKind.DOUBLE || kind == ValueKind.DECIMAL) {
        shape = shape.join(of(number(source, column.start(i), column.end(i))));
      }
    }
    return shape;
  }

  static BigDecimal number(byte[] source, int from, int to) {
    return new BigDecimal(new String(source, from, to - from, StandardCharsets.US_ASCII));
  }

  DecimalShape join(DecimalShape other) {
    return new DecimalShape(Math.max(before, other.before), Math.max(after, other.after));
  }

  boolean covers(DecimalShape other) {
    return before >= other.before && after >= other.after;
  }

  /** The decimal type with these digits, unless they are too many. */
  Optional<LogicalType> type() {
    long digits = (long) before + after;
    if (digits > LogicalType.MAX_DECIMAL_PRECISION) {
      return Optional.empty();
    }
    return Optional.of(LogicalType.decimal((int) Math.max(1, digits), after));
  }
}
