package dev.kyma.query.core.expr;

import dev.kyma.format.json.JsonScanner;
import dev.kyma.format.json.JsonToken;
import dev.kyma.format.json.MalformedJsonException;
import dev.kyma.format.json.PathExtractor;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.Gather;
import dev.kyma.query.core.QueryException;
import dev.kyma.query.core.plan.Expr;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Functions of JSON values. Stateless. */
final class DynamicFunctions {
  private DynamicFunctions() {}

  static Evaluator evaluator(Expr.Call call, Instant now) {
    JsonScanner scanner = new JsonScanner();
    return switch (call.function()) {
      case DYNAMIC_GET -> get(call, now);
      case DYNAMIC_ELEMENT ->
          Expressions.scalar(call, now, (row, result) -> element(scanner, row, result));
      case DYNAMIC_LENGTH ->
          Expressions.scalar(
              call,
              now,
              (row, result) -> {
                int length = arrayLength(scanner, row);
                if (length < 0) {
                  result.nothing();
                } else {
                  result.integer(length);
                }
              });
      case DYNAMIC_TYPE ->
          Expressions.scalar(call, now, (row, result) -> result.text(type(scanner, row)));
      case DYNAMIC_HAS_KEY ->
          Expressions.scalar(call, now, (row, result) -> result.bool(hasKey(scanner, row)));
      case PARSE_JSON ->
          Expressions.scalar(
              call,
              now,
              (row, result) -> {
                try {
                  scanner.check(row.data(0), row.from(0), row.to(0));
                } catch (MalformedJsonException e) {
                  throw QueryException.invalidValue("invalid JSON: " + e.getMessage());
                }
                result.bytes(row.data(0), row.from(0), row.to(0));
              });
      default -> throw new IllegalStateException(call.function() + " is no function of JSON");
    };
  }

  private static Evaluator get(Expr.Call call, Instant now) {
    List<Expr> arguments = call.arguments();
    List<String> keys = new ArrayList<>();
    for (Expr key : arguments.subList(1, arguments.size())) {
      String constant = TextConditions.constant(key);
      if (constant == null) {
        return Expressions.scalar(call, now, DynamicFunctions::getPerRow);
      }
      keys.add(constant);
    }
    Evaluator source = Expressions.evaluator(arguments.getFirst(), now);
    PathExtractor extractor = new PathExtractor(keys, LogicalType.DYNAMIC);
    return (batch, selection) -> extractor.extract(source.evaluate(batch, selection), selection);
  }

  private static void getPerRow(Row row, Result result) {
    List<String> keys = new ArrayList<>();
    for (int i = 1; i < row.count(); i++) {
      keys.add(row.text(i));
    }
    ColumnVector one = Gather.repeat(row.column(0), row.place(), 1);
    result.copy(new PathExtractor(keys, LogicalType.DYNAMIC).extract(one), 0);
  }

  private static JsonToken begin(JsonScanner scanner, Row row) {
    scanner.reset(row.data(0), row.from(0), row.to(0));
    return scanner.next();
  }

  private static int arrayLength(JsonScanner scanner, Row row) {
    try {
      if (begin(scanner, row) != JsonToken.BEGIN_ARRAY) {
        return -1;
      }
      int length = 0;
      while (scanner.skipValue() != JsonToken.END_ARRAY) {
        length++;
      }
      return length;
    } catch (MalformedJsonException e) {
      return -1;
    }
  }

  private static void element(JsonScanner scanner, Row row, Result result) {
    int length = arrayLength(scanner, row);
    long wanted = row.integer(1) < 0 ? length + row.integer(1) : row.integer(1);
    if (wanted < 0 || wanted >= length) {
      result.nothing();
      return;
    }
    begin(scanner, row);
    for (long i = 0; i < wanted; i++) {
      scanner.skipValue();
    }
    if (scanner.skipValue() == JsonToken.NULL) {
      result.nothing();
    } else {
      result.bytes(row.data(0), scanner.start(), scanner.end());
    }
  }

  private static String type(JsonScanner scanner, Row row) {
    return switch (begin(scanner, row)) {
      case BEGIN_OBJECT -> "object";
      case BEGIN_ARRAY -> "array";
      case STRING -> "string";
      case NUMBER -> "number";
      case TRUE, FALSE -> "boolean";
      case NULL, NAME, END_OBJECT, END_ARRAY, END -> "null";
    };
  }

  private static boolean hasKey(JsonScanner scanner, Row row) {
    String key = row.text(1);
    if (begin(scanner, row) != JsonToken.BEGIN_OBJECT) {
      return false;
    }
    while (scanner.next() == JsonToken.NAME) {
      if (scanner.text().equals(key)) {
        return true;
      }
      scanner.skipValue();
    }
    return false;
  }
}
