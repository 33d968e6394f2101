package dev.kyma.query.calcite.parse;

import dev.kyma.format.type.LogicalType;
import dev.kyma.query.core.frontend.StatementException;
import dev.kyma.query.core.frontend.StatementException.Code;
import dev.kyma.query.statement.Token;
import dev.kyma.query.statement.TokenCursor;
import java.util.Optional;

/** Names of types. */
final class TypeGrammar {
  private static final int DEFAULT_DECIMAL_SCALE = 9;

  private final TokenCursor cursor;

  TypeGrammar(TokenCursor cursor) {
    this.cursor = cursor;
  }

  /** A type, or empty for INTERVAL, of which there are only expressions. */
  Optional<LogicalType> typeOrInterval() {
    if (cursor.accept("interval")) {
      return Optional.empty();
    }
    return Optional.of(type());
  }

  /** A type. */
  LogicalType type() {
    Token name = cursor.expectLabel("a type");
    LogicalType type =
        switch (name.text()) {
          case "boolean", "bool" -> LogicalType.BOOL;
          case "smallint", "int2", "int16", "tinyint" -> LogicalType.INT16;
          case "integer", "int", "int4", "int32" -> LogicalType.INT32;
          case "bigint", "int8", "int64", "long" -> LogicalType.INT64;
          case "real", "float4", "float32" -> LogicalType.FLOAT32;
          case "double" -> {
            cursor.accept("precision");
            yield LogicalType.FLOAT64;
          }
          case "float", "float8", "float64" -> {
            skipArguments();
            yield LogicalType.FLOAT64;
          }
          case "decimal", "numeric", "dec" -> decimal(name);
          case "date" -> LogicalType.DATE;
          case "time" -> {
            zone();
            yield LogicalType.TIME;
          }
          case "timestamp" -> {
            zone();
            yield LogicalType.TIMESTAMP;
          }
          case "timestamptz", "datetime" -> {
            skipArguments();
            yield LogicalType.TIMESTAMP;
          }
          case "text", "string", "uuid", "bpchar" -> LogicalType.TEXT;
          case "varchar", "char" -> {
            skipArguments();
            yield LogicalType.TEXT;
          }
          case "character" -> {
            cursor.accept("varying");
            skipArguments();
            yield LogicalType.TEXT;
          }
          case "bytea", "binary", "varbinary", "blob" -> {
            skipArguments();
            yield LogicalType.BINARY;
          }
          case "json", "jsonb", "dynamic", "variant" -> LogicalType.DYNAMIC;
          case "vector" -> vector(name);
          default ->
              throw StatementException.at(
                  Code.INVALID, name.start(), "There is no type \"" + name.text() + "\".");
        };
    if (cursor.atSymbol("[")) {
      throw StatementException.at(
          Code.UNSUPPORTED, cursor.peek().start(), "Arrays are not supported as a type.");
    }
    return type;
  }

  /** {@code DECIMAL}, {@code DECIMAL(p)} and {@code DECIMAL(p,s)}. */
  private LogicalType decimal(Token name) {
    if (!cursor.acceptSymbol("(")) {
      return LogicalType.decimal(LogicalType.MAX_DECIMAL_PRECISION, DEFAULT_DECIMAL_SCALE);
    }
    long precision = cursor.expectInteger();
    long scale = cursor.acceptSymbol(",") ? cursor.expectInteger() : 0;
    cursor.expectSymbol(")");
    if (precision < 1 || precision > LogicalType.MAX_DECIMAL_PRECISION || scale > precision) {
      throw StatementException.at(
          Code.INVALID,
          name.start(),
          "A decimal has 1 to "
              + LogicalType.MAX_DECIMAL_PRECISION
              + " digits, of which at most all stand after the point.");
    }
    return LogicalType.decimal((int) precision, (int) scale);
  }

  private LogicalType vector(Token name) {
    cursor.expectSymbol("(");
    long dimension = cursor.expectInteger();
    cursor.expectSymbol(")");
    if (dimension < 1 || dimension > 16_384) {
      throw StatementException.at(Code.INVALID, name.start(), "A vector has 1 to 16384 elements.");
    }
    return LogicalType.vector((int) dimension);
  }

  private void zone() {
    skipArguments();
    if (cursor.at("with", "time", "zone") || cursor.at("without", "time", "zone")) {
      cursor.next();
      cursor.expect("time", "zone");
    }
  }

  /** Lengths are accepted and mean nothing: text has no limit, times have nanoseconds. */
  private void skipArguments() {
    if (cursor.acceptSymbol("(")) {
      cursor.expectInteger();
      cursor.expectSymbol(")");
    }
  }
}
