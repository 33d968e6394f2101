package dev.kyma.query.core.expr;

import dev.kyma.format.json.JsonScanner;
import dev.kyma.format.json.JsonToken;
import dev.kyma.format.json.MalformedJsonException;
import dev.kyma.format.type.LogicalType;
import dev.kyma.query.core.QueryException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A JSON scalar as a value of another type, NULL where it is none. Used by one thread. */
final class DynamicCast implements RowFunction {
  private final LogicalType type;
  private final JsonScanner scanner = new JsonScanner();

  DynamicCast(LogicalType type) {
    this.type = type;
  }

  @Override
  public void apply(Row row, Result result) {
    Scalar scalar = scalar(row);
    if (scalar == null || !give(scalar, result)) {
      result.nothing();
    }
  }

  /** A JSON scalar that is not null. */
  private record Scalar(JsonToken kind, String text) {}

  private @Nullable Scalar scalar(Row row) {
    try {
      scanner.reset(row.data(0), row.from(0), row.to(0));
      JsonToken token = scanner.next();
      return switch (token) {
        case STRING -> new Scalar(token, scanner.text());
        case NUMBER ->
            new Scalar(
                token,
                new String(
                    row.data(0),
                    scanner.start(),
                    scanner.end() - scanner.start(),
                    StandardCharsets.US_ASCII));
        case TRUE -> new Scalar(token, "true");
        case FALSE -> new Scalar(token, "false");
        case NULL, BEGIN_OBJECT, BEGIN_ARRAY, END_OBJECT, END_ARRAY, NAME, END -> null;
      };
    } catch (MalformedJsonException e) {
      return null;
    }
  }

  /** Answers false, having given nothing, where the scalar is no value of the type. */
  private boolean give(Scalar scalar, Result result) {
    try {
      switch (type.kind()) {
        case BOOL -> {
          if (scalar.kind == JsonToken.NUMBER) {
            return false;
          }
          result.bool(TextParser.bool(scalar.text));
        }
        case INT16, INT32, INT64, DECIMAL -> {
          BigDecimal number = TextParser.decimal(scalar.text, type);
          result.decimal(number, RoundingMode.UNNECESSARY);
        }
        case FLOAT32, FLOAT64 -> result.number(TextParser.number(scalar.text, type));
        case DATE -> {
          if (scalar.kind != JsonToken.STRING) {
            return false;
          }
          result.checked(TextParser.date(scalar.text));
        }
        case TIME -> {
          if (scalar.kind != JsonToken.STRING) {
            return false;
          }
          result.integer(TextParser.time(scalar.text));
        }
        case TIMESTAMP -> {
          if (scalar.kind != JsonToken.STRING) {
            return false;
          }
          result.integer(TextParser.timestamp(scalar.text));
        }
        case TEXT -> result.text(scalar.text);
        case BINARY, DYNAMIC, VECTOR ->
            throw QueryException.unsupported("a conversion of DYNAMIC to " + type.sqlName());
      }
      return true;
    } catch (ArithmeticException e) { // a fraction where a whole number is asked for
      return false;
    } catch (QueryException e) {
      if (e.code() == QueryException.Code.INVALID_VALUE) {
        return false;
      }
      throw e;
    }
  }
}
