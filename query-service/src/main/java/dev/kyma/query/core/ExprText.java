package dev.kyma.query.core;

import dev.kyma.format.predicate.Constant;
import dev.kyma.query.core.plan.Expr;
import dev.kyma.query.core.text.ByteSink;
import dev.kyma.query.core.text.SqlText;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.stream.Collectors;

/** Expressions for people to read; columns of the input are {@code $0}, {@code $1} …. Stateless. */
final class ExprText {
  private ExprText() {}

  static String of(Expr expression) {
    return switch (expression) {
      case Expr.ColumnRef reference -> "$" + reference.index();
      case Expr.Literal literal -> {
        Constant value = literal.value();
        yield value == null ? "NULL" : of(value);
      }
      case Expr.Cast cast -> of(cast.argument()) + "::" + cast.type().sqlName();
      case Expr.Case choice ->
          choice.branches().stream()
              .map(b -> "WHEN " + of(b.condition()) + " THEN " + of(b.value()))
              .collect(
                  Collectors.joining(" ", "CASE ", " ELSE " + of(choice.otherwise()) + " END"));
      case Expr.In in ->
          of(in.operand())
              + in.constants().stream()
                  .limit(20)
                  .map(ExprText::of)
                  .collect(Collectors.joining(", ", " IN (", in.constants().size() > 20 ? ", …)" : ")"));
      case Expr.Call call ->
          call.function().name().toLowerCase(Locale.ROOT)
              + call.arguments().stream()
                  .map(ExprText::of)
                  .collect(Collectors.joining(", ", "(", ")"));
    };
  }

  static String of(Constant constant) {
    return switch (constant) {
      case Constant.OfLong value -> {
        ByteSink sink = new ByteSink(32);
        SqlText.write(value.type(), value.value(), sink);
        String text = new String(sink.array(), 0, sink.size(), StandardCharsets.UTF_8);
        yield value.type().isNumeric() ? text : "'" + text + "'";
      }
      case Constant.OfDouble value -> Double.toString(value.value());
      case Constant.OfInt128 value ->
          new BigDecimal(value.value(), value.type().scale()).toPlainString();
      case Constant.OfBytes value -> "'" + value.text() + "'";
    };
  }
}
