package dev.kyma.query.core.expr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kyma.format.predicate.Constant;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.Bits;
import dev.kyma.format.vector.BytesVectorBuilder;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.DictionaryVector;
import dev.kyma.format.vector.DoubleVectorBuilder;
import dev.kyma.format.vector.Gather;
import dev.kyma.format.vector.LongVectorBuilder;
import dev.kyma.format.vector.Selection;
import dev.kyma.query.core.QueryException;
import dev.kyma.query.core.plan.Expr;
import dev.kyma.query.core.plan.Function;
import dev.kyma.query.core.text.ByteSink;
import dev.kyma.query.core.text.JsonText;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random expressions over random batches: a whole batch under a random selection has the values
 * each row has on its own, and fails exactly when a selected row does.
 */
final class VectorisedEqualsRowByRowTest {
  private static final LogicalType INT = LogicalType.INT64;
  private static final LogicalType FLOAT = LogicalType.FLOAT64;
  private static final LogicalType TEXT = LogicalType.TEXT;
  private static final LogicalType BOOL = LogicalType.BOOL;

  private final long seed = Long.getLong("kyma.test.seed", new Random().nextLong());
  private final Random random = new Random(seed);

  @Test
  void wholeBatchesHaveTheValuesOfTheirRows() {
    int failed = 0;
    for (int i = 0; i < 3_000; i++) {
      Expr expression = expression(List.of(INT, FLOAT, TEXT, BOOL).get(random.nextInt(4)), 3);
      Batch batch = batch(1 + random.nextInt(150));
      Selection selection = selection(batch.rowCount());
      List<String> expected = new ArrayList<>();
      boolean fails = false;
      for (int row = 0; row < batch.rowCount(); row++) {
        if (selection.contains(row)) {
          try {
            expected.add(text(evaluate(expression, one(batch, row), Selection.all(1)), 0));
          } catch (QueryException e) {
            fails = true;
          }
        }
      }
      String name = "seed " + seed + ", " + i + ": " + expression;
      try {
        ColumnVector actual = evaluate(expression, batch, selection);
        assertThat(fails).as(name).isFalse();
        List<String> values = new ArrayList<>();
        for (int row = 0; row < batch.rowCount(); row++) {
          if (selection.contains(row)) {
            values.add(text(actual, row));
          }
        }
        assertThat(values).as(name).isEqualTo(expected);
      } catch (QueryException e) {
        assertThat(fails).as(name).isTrue();
        failed++;
      }
    }
    assertThat(failed).isBetween(1, 2_000);
  }

  private static ColumnVector evaluate(Expr expression, Batch batch, Selection selection) {
    return Expressions.evaluator(expression, Instant.EPOCH).evaluate(batch, selection);
  }

  private static Batch one(Batch batch, int row) {
    return Gather.rows(batch, new int[] {row}, 1);
  }

  private static String text(ColumnVector column, int row) {
    ByteSink sink = new ByteSink(32);
    JsonText.write(column, row, sink);
    return new String(sink.array(), 0, sink.size(), StandardCharsets.UTF_8);
  }

  private Selection selection(int size) {
    if (random.nextInt(4) == 0) {
      return Selection.all(size);
    }
    long[] words = new long[Bits.words(size)];
    Bits.set(words, random.nextInt(size));
    for (int row = 0; row < size; row++) {
      if (random.nextInt(3) > 0) {
        Bits.set(words, row);
      }
    }
    return Selection.of(size, words);
  }

  private Batch batch(int size) {
    LongVectorBuilder ints = new LongVectorBuilder(INT, size);
    DoubleVectorBuilder floats = new DoubleVectorBuilder(FLOAT, size);
    BytesVectorBuilder texts = new BytesVectorBuilder(TEXT, size);
    LongVectorBuilder bools = new LongVectorBuilder(BOOL, size);
    for (int i = 0; i < size; i++) {
      if (random.nextInt(6) == 0) {
        ints.appendNull();
        floats.appendNull();
        texts.appendNull();
        bools.appendNull();
      } else {
        ints.append(
            random.nextInt(20) == 0 ? Long.MAX_VALUE - random.nextInt(3) : random.nextInt(9));
        floats.append(random.nextInt(20) == 0 ? Double.NaN : random.nextInt(9) / 2.0);
        texts.append(List.of("", "1", "27", "abc", "é€", "a_b").get(random.nextInt(6)));
        bools.append(random.nextInt(2));
      }
    }
    ColumnVector flat = texts.build();
    List<ColumnVector> columns =
        List.of(ints.build(), floats.build(), flat, bools.build(), coded(size));
    return new Batch(columns, size);
  }

  /** A dictionary column with entries no row has, some of which no cast takes. */
  private ColumnVector coded(int size) {
    BytesVectorBuilder entries = new BytesVectorBuilder(TEXT, 4);
    List.of("5", "not a number", "x", "33").forEach(entries::append);
    int[] codes = new int[size];
    int kinds = 1 + random.nextInt(4);
    long[] nulls = new long[Bits.words(size)];
    for (int i = 0; i < size; i++) {
      codes[i] = random.nextInt(kinds);
      if (random.nextInt(8) == 0) {
        Bits.set(nulls, i);
      }
    }
    return new DictionaryVector(size, codes, entries.build(), nulls);
  }

  private Expr expression(LogicalType type, int depth) {
    if (depth == 0 || random.nextInt(5) == 0) {
      return leaf(type);
    }
    if (random.nextInt(8) == 0) {
      return new Expr.Case(
          List.of(new Expr.Branch(expression(BOOL, depth - 1), expression(type, depth - 1))),
          expression(type, depth - 1));
    }
    if (random.nextInt(10) == 0) {
      return Expr.Call.of(
          Function.COALESCE, type, expression(type, depth - 1), expression(type, depth - 1));
    }
    return switch (type.kind()) {
      case INT64 ->
          random.nextInt(4) == 0
              ? new Expr.Cast(expression(TEXT, depth - 1), INT)
              : call(
                  INT,
                  INT,
                  depth,
                  Function.ADD,
                  Function.SUBTRACT,
                  Function.MULTIPLY,
                  Function.DIVIDE,
                  Function.MODULO);
      case FLOAT64 ->
          random.nextInt(4) == 0
              ? new Expr.Cast(expression(INT, depth - 1), FLOAT)
              : call(FLOAT, FLOAT, depth, Function.ADD, Function.MULTIPLY, Function.DIVIDE);
      case TEXT ->
          random.nextInt(3) == 0
              ? new Expr.Cast(expression(INT, depth - 1), TEXT)
              : call(TEXT, TEXT, depth, Function.CONCAT_OPERATOR, Function.CONCAT);
      default -> condition(depth);
    };
  }

  private Expr call(LogicalType type, LogicalType of, int depth, Function... functions) {
    return Expr.Call.of(
        functions[random.nextInt(functions.length)],
        type,
        expression(of, depth - 1),
        expression(of, depth - 1));
  }

  private Expr condition(int depth) {
    LogicalType of = List.of(INT, FLOAT, TEXT).get(random.nextInt(3));
    return switch (random.nextInt(5)) {
      case 0 -> call(BOOL, BOOL, depth, Function.AND, Function.OR);
      case 1 -> Expr.Call.of(Function.NOT, BOOL, expression(BOOL, depth - 1));
      case 2 -> Expr.Call.of(Function.IS_NULL, BOOL, expression(of, depth - 1));
      case 3 ->
          Expr.Call.of(
              Function.LIKE,
              BOOL,
              expression(TEXT, depth - 1),
              Expr.Literal.of("%" + random.nextInt(9) + "%"));
      default ->
          call(
              BOOL,
              of,
              depth,
              Function.EQUAL,
              Function.NOT_EQUAL,
              Function.LESS,
              Function.GREATER_OR_EQUAL,
              Function.IS_DISTINCT_FROM);
    };
  }

  private Expr leaf(LogicalType type) {
    return switch (type.kind()) {
      case INT64 ->
          random.nextBoolean() ? new Expr.ColumnRef(0, INT) : Expr.Literal.of(random.nextInt(5));
      case FLOAT64 ->
          random.nextBoolean()
              ? new Expr.ColumnRef(1, FLOAT)
              : Expr.Literal.of(Constant.of(random.nextInt(5) / 2.0));
      case TEXT ->
          switch (random.nextInt(3)) {
            case 0 -> new Expr.ColumnRef(2, TEXT);
            case 1 -> new Expr.ColumnRef(4, TEXT);
            default -> random.nextBoolean() ? Expr.Literal.of("7") : Expr.Literal.ofNull(TEXT);
          };
      default ->
          random.nextBoolean()
              ? new Expr.ColumnRef(3, BOOL)
              : Expr.Literal.of(random.nextBoolean());
    };
  }
}
