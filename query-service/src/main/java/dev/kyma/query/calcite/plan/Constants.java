package dev.kyma.query.calcite.plan;

import dev.kyma.format.predicate.Constant;
import dev.kyma.format.type.LogicalType;
import dev.kyma.query.core.frontend.StatementException;
import dev.kyma.query.core.frontend.StatementException.Code;
import dev.kyma.query.core.plan.Expr.Literal;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.rex.RexLiteral;

/** Translates Calcite's literals. */
final class Constants {
  private Constants() {}

  /** The literal as one of a type, which must be of the literal's family. */
  static Literal of(RexLiteral literal, LogicalType type) {
    if (literal.isNull()) {
      return Literal.ofNull(type);
    }
    return switch (type.kind()) {
      case BOOL -> Literal.of(RexLiteral.booleanValue(literal));
      case INT16, INT32, INT64, DECIMAL -> exact(number(literal), type);
      case FLOAT32, FLOAT64 ->
          Literal.of(new Constant.OfDouble(type, number(literal).doubleValue()));
      case TEXT, DYNAMIC -> {
        String text = literal.getValueAs(String.class);
        yield Literal.of(
            new Constant.OfBytes(
                type, (text == null ? "" : text).getBytes(StandardCharsets.UTF_8)));
      }
      case BINARY -> {
        ByteString bytes = literal.getValueAs(ByteString.class);
        yield Literal.of(
            new Constant.OfBytes(type, bytes == null ? new byte[0] : bytes.getBytes()));
      }
      case DATE, TIME, TIMESTAMP, VECTOR ->
          throw new IllegalStateException("a literal of type " + type + " is written as a cast");
    };
  }

  private static BigDecimal number(RexLiteral literal) {
    BigDecimal number = literal.getValueAs(BigDecimal.class);
    return number == null ? BigDecimal.ZERO : number;
  }

  /** An exact number, which must fit the type. */
  static Literal exact(BigDecimal number, LogicalType type) {
    BigInteger unscaled = number.setScale(type.scale(), RoundingMode.HALF_UP).unscaledValue();
    if (type.physical() == LogicalType.Physical.INT128) {
      return Literal.of(new Constant.OfInt128(type, unscaled));
    }
    if (unscaled.bitLength() > 63) {
      throw StatementException.of(
          Code.VALUE, "The number " + number + " does not fit " + type.sqlName() + ".");
    }
    return Literal.of(Constant.of(type, unscaled.longValue()));
  }
}
