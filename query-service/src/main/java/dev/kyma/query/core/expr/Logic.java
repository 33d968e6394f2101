package dev.kyma.query.core.expr;

import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.Bits;
import dev.kyma.format.vector.BytesVector;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.DictionaryVector;
import dev.kyma.format.vector.Selection;
import dev.kyma.query.core.plan.Expr;
import dev.kyma.query.core.plan.Function;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Three-valued logic. Stateless. */
final class Logic {
  private Logic() {}

  /** Whether a function's answer is best computed as a bitmap. */
  static boolean isCondition(Function function) {
    return switch (function) {
      case EQUAL,
          NOT_EQUAL,
          LESS,
          LESS_OR_EQUAL,
          GREATER,
          GREATER_OR_EQUAL,
          IS_DISTINCT_FROM,
          IS_NOT_DISTINCT_FROM,
          AND,
          OR,
          NOT,
          IS_NULL,
          IS_NOT_NULL,
          IS_TRUE,
          IS_NOT_TRUE,
          IS_FALSE,
          IS_NOT_FALSE,
          LIKE,
          ILIKE,
          SIMILAR_TO,
          REGEX_MATCH,
          REGEX_MATCH_IGNORE_CASE,
          STARTS_WITH,
          ENDS_WITH,
          HAS,
          CONTAINS,
          DYNAMIC_HAS_KEY ->
          true;
      default -> false;
    };
  }

  static Condition condition(Expr.Call call, Instant now) {
    List<Expr> arguments = call.arguments();
    return switch (call.function()) {
      case AND -> junction(arguments, false, now);
      case OR -> junction(arguments, true, now);
      case NOT -> not(Expressions.condition(arguments.getFirst(), now));
      case IS_TRUE -> known(Expressions.condition(arguments.getFirst(), now), true, false);
      case IS_NOT_TRUE -> known(Expressions.condition(arguments.getFirst(), now), true, true);
      case IS_FALSE -> known(Expressions.condition(arguments.getFirst(), now), false, false);
      case IS_NOT_FALSE -> known(Expressions.condition(arguments.getFirst(), now), false, true);
      case IS_NULL -> nulls(arguments.getFirst(), true, now);
      case IS_NOT_NULL -> nulls(arguments.getFirst(), false, now);
      case EQUAL,
          NOT_EQUAL,
          LESS,
          LESS_OR_EQUAL,
          GREATER,
          GREATER_OR_EQUAL,
          IS_DISTINCT_FROM,
          IS_NOT_DISTINCT_FROM ->
          Comparisons.condition(call, now);
      case LIKE, ILIKE, HAS -> TextConditions.condition(call, now);
      case SIMILAR_TO, REGEX_MATCH, REGEX_MATCH_IGNORE_CASE ->
          ofColumn(RegexFunctions.evaluator(call, now));
      case STARTS_WITH, ENDS_WITH, CONTAINS -> ofColumn(TextFunctions.evaluator(call, now));
      case DYNAMIC_HAS_KEY -> ofColumn(DynamicFunctions.evaluator(call, now));
      default -> throw new IllegalStateException(call.function() + " is no condition");
    };
  }

  static Condition ofColumn(Evaluator evaluator) {
    return (batch, selection) -> Truth.of(evaluator.evaluate(batch, selection));
  }

  /** AND, decided by a false one, or OR, decided by a true one. */
  private static Condition junction(List<Expr> operands, boolean decidedBy, Instant now) {
    List<Condition> conditions =
        operands.stream().map(operand -> Expressions.condition(operand, now)).toList();
    return (batch, selection) -> {
      Truth answer = conditions.getFirst().test(batch, selection);
      for (int i = 1; i < conditions.size(); i++) {
        Selection open = answer.undecided(selection, decidedBy);
        if (open.isEmpty()) {
          return answer;
        }
        answer = combine(answer, conditions.get(i).test(batch, open), open, decidedBy);
      }
      return answer;
    };
  }

  private static Truth combine(Truth first, Truth second, Selection open, boolean decidedBy) {
    int words = open.words().length;
    long[] trues = new long[words];
    long[] unknowns =
        first.unknowns() == null && second.unknowns() == null ? null : new long[words];
    for (int w = 0; w < words; w++) {
      long evaluated = open.words()[w];
      long t1 = first.trues()[w];
      long t2 = second.trues()[w] & evaluated;
      long u1 = word(first.unknowns(), w);
      long u2 = word(second.unknowns(), w) & evaluated;
      if (decidedBy) {
        trues[w] = t1 | t2;
      } else {
        trues[w] = t1 & t2;
      }
      if (unknowns != null) {
        // Unknown where neither decides and one at least is unknown.
        long decided = decidedBy ? t1 | t2 : ~(t1 | u1) | evaluated & ~(t2 | u2);
        unknowns[w] = (u1 | u2) & ~decided;
      }
    }
    return new Truth(trues, unknowns);
  }

  private static long word(long @Nullable [] words, int w) {
    return words == null ? 0 : words[w];
  }

  private static Condition not(Condition operand) {
    return (batch, selection) -> {
      Truth truth = operand.test(batch, selection);
      long[] trues = new long[truth.trues().length];
      for (int w = 0; w < trues.length; w++) {
        trues[w] = ~(truth.trues()[w] | word(truth.unknowns(), w));
      }
      return new Truth(trues, truth.unknowns());
    };
  }

  /** Whether the operand is true (or false), never unknown, turned round when negated. */
  private static Condition known(Condition operand, boolean wanted, boolean negated) {
    return (batch, selection) -> {
      Truth truth = operand.test(batch, selection);
      long[] trues = new long[truth.trues().length];
      for (int w = 0; w < trues.length; w++) {
        long t = truth.trues()[w];
        long is = wanted ? t : ~(t | word(truth.unknowns(), w));
        trues[w] = negated ? ~is : is;
      }
      return new Truth(trues, null);
    };
  }

  private static Condition nulls(Expr operand, boolean wanted, Instant now) {
    Evaluator evaluator = Expressions.evaluator(operand, now);
    boolean dynamic = operand.type().kind() == LogicalType.Kind.DYNAMIC;
    return (batch, selection) -> {
      ColumnVector column = evaluator.evaluate(batch, selection);
      long[] trues = nullBits(column, batch, selection, dynamic);
      if (!wanted) {
        for (int w = 0; w < trues.length; w++) {
          trues[w] = ~trues[w];
        }
      }
      return new Truth(trues, null);
    };
  }

  private static long[] nullBits(
      ColumnVector column, Batch batch, Selection selection, boolean dynamic) {
    long[] bits = new long[Bits.words(batch.rowCount())];
    long[] nulls = column.nulls();
    if (nulls != null) {
      System.arraycopy(nulls, 0, bits, 0, Math.min(bits.length, nulls.length));
    }
    if (dynamic) {
      for (int row = 0; row < batch.rowCount(); row++) {
        if (selection.contains(row) && !column.isNull(row) && isJsonNull(column, row)) {
          Bits.set(bits, row);
        }
      }
    }
    return bits;
  }

  private static boolean isJsonNull(ColumnVector column, int row) {
    BytesVector bytes =
        column instanceof DictionaryVector coded ? coded.dictionary() : (BytesVector) column;
    int entry = column instanceof DictionaryVector coded ? coded.codes()[row] : row;
    int from = bytes.offsets()[entry];
    return bytes.length(entry) == 4
        && bytes.data()[from] == 'n'
        && bytes.data()[from + 1] == 'u'
        && bytes.data()[from + 2] == 'l'
        && bytes.data()[from + 3] == 'l';
  }
}
