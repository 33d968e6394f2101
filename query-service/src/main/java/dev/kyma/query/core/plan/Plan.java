package dev.kyma.query.core.plan;

import dev.kyma.format.predicate.Predicate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A relation: what rows a step of a query answers, not how. Rows come in no order unless {@link
 * Sort} says so.
 */
public sealed interface Plan {
  /** The columns of the answer. */
  List<PlanColumn> output();

  /** The relations this one is made from, in order. */
  List<Plan> inputs();

  /**
   * The rows of a table.
   *
   * @param table which table
   * @param point at which state
   * @param versions which versions of its rows
   * @param columns what is read; may be empty when only the number of rows matters
   * @param predicate which rows; {@code And(List.of())} for all. It may name columns that are not
   *     read
   */
  record Scan(
      TableRef table,
      ReadPoint point,
      RowVersions versions,
      List<ScanColumn> columns,
      Predicate predicate)
      implements Plan {
    public Scan {
      columns = List.copyOf(columns);
    }

    @Override
    public List<PlanColumn> output() {
      return columns.stream()
          .map(column -> new PlanColumn(column.name(), column.type(), column.nullable()))
          .toList();
    }

    @Override
    public List<Plan> inputs() {
      return List.of();
    }
  }

  /**
   * Rows of constants.
   *
   * @param output the columns; there may be none
   * @param rows the rows, each as long as {@code output} and of its types
   */
  record Values(List<PlanColumn> output, List<List<Expr.Literal>> rows) implements Plan {
    public Values {
      output = List.copyOf(output);
      rows = rows.stream().map(List::copyOf).toList();
    }

    @Override
    public List<Plan> inputs() {
      return List.of();
    }
  }

  /**
   * The input's rows for which a condition is true.
   *
   * @param condition a BOOL over the input's columns
   */
  record Filter(Plan input, Expr condition) implements Plan {
    @Override
    public List<PlanColumn> output() {
      return input.output();
    }

    @Override
    public List<Plan> inputs() {
      return List.of(input);
    }
  }

  /**
   * Columns computed from each row.
   *
   * @param expressions one for each column of the output, over the input's columns
   */
  record Project(Plan input, List<Expr> expressions, List<PlanColumn> output) implements Plan {
    public Project {
      expressions = List.copyOf(expressions);
      output = List.copyOf(output);
      if (expressions.size() != output.size()) {
        throw new IllegalArgumentException(expressions.size() + " != " + output.size());
      }
    }

    @Override
    public List<Plan> inputs() {
      return List.of(input);
    }
  }

  /**
   * One row per group of equal keys, NULL equal to NULL; one row in all where there are no keys.
   * The output is the keys in order, then the calls.
   *
   * @param keys places of the grouping columns in the input, each once
   * @param groupingSets for each set, the places <em>in {@code keys}</em> that it groups by; the
   *     answer is that of all sets together, keys outside a row's set being NULL. A plain GROUP BY
   *     has one set with all keys
   * @param calls the aggregates; may be empty
   */
  record Aggregate(
      Plan input,
      List<Integer> keys,
      List<List<Integer>> groupingSets,
      List<AggregateCall> calls,
      List<PlanColumn> output)
      implements Plan {
    public Aggregate {
      keys = List.copyOf(keys);
      groupingSets = groupingSets.stream().map(List::copyOf).toList();
      calls = List.copyOf(calls);
      output = List.copyOf(output);
      if (output.size() != keys.size() + calls.size() || groupingSets.isEmpty()) {
        throw new IllegalArgumentException("keys " + keys + ", sets " + groupingSets);
      }
    }

    @Override
    public List<Plan> inputs() {
      return List.of(input);
    }
  }

  /**
   * Pairs of rows. The output is the left columns, then, where the kind yields them, the right.
   *
   * @param keys columns that must be equal; none for a cross join or one on other conditions
   * @param residual a further BOOL over the left columns followed by the right ones; a pair matches
   *     where the keys are equal and it is true
   * @param build the side expected to be smaller, worth holding in memory
   */
  record Join(
      Plan left,
      Plan right,
      JoinKind kind,
      List<JoinKey> keys,
      Optional<Expr> residual,
      BuildSide build)
      implements Plan {
    public Join {
      keys = List.copyOf(keys);
    }

    @Override
    public List<PlanColumn> output() {
      List<PlanColumn> output = new ArrayList<>();
      boolean leftMissing = kind == JoinKind.RIGHT || kind == JoinKind.FULL;
      boolean rightMissing = kind == JoinKind.LEFT || kind == JoinKind.FULL;
      for (PlanColumn column : left.output()) {
        output.add(leftMissing ? column.withNulls() : column);
      }
      if (kind.yieldsRight()) {
        for (PlanColumn column : right.output()) {
          output.add(rightMissing ? column.withNulls() : column);
        }
      }
      return List.copyOf(output);
    }

    @Override
    public List<Plan> inputs() {
      return List.of(left, right);
    }
  }

  /** Which side of a join is held in memory. */
  enum BuildSide {
    LEFT,
    RIGHT
  }

  /**
   * The input's rows in order. With a {@code fetch} it is a top-N. Rows with equal keys come in any
   * order.
   *
   * @param keys the order, at least one key
   * @param offset how many rows to leave out first
   * @param fetch how many rows to answer at most after that; empty for all
   */
  record Sort(Plan input, List<SortKey> keys, long offset, OptionalLong fetch) implements Plan {
    public Sort {
      keys = List.copyOf(keys);
    }

    @Override
    public List<PlanColumn> output() {
      return input.output();
    }

    @Override
    public List<Plan> inputs() {
      return List.of(input);
    }
  }

  /**
   * Some of the input's rows: whichever come first. Over a {@link Sort} their order is kept.
   *
   * @param offset how many rows to leave out first
   * @param fetch how many rows to answer at most after that; empty for all
   */
  record Limit(Plan input, long offset, OptionalLong fetch) implements Plan {
    @Override
    public List<PlanColumn> output() {
      return input.output();
    }

    @Override
    public List<Plan> inputs() {
      return List.of(input);
    }
  }

  /**
   * Rows of several inputs combined.
   *
   * @param inputs at least two, with the same number of columns and equal types
   */
  record SetOperation(List<Plan> inputs, SetKind kind, List<PlanColumn> output) implements Plan {
    public SetOperation {
      inputs = List.copyOf(inputs);
      output = List.copyOf(output);
    }
  }

  /**
   * The input's rows, each with further columns computed over the rows around it.
   *
   * @param calls the further columns; they follow the input's columns in the output
   */
  record Window(Plan input, List<WindowCall> calls) implements Plan {
    public Window {
      calls = List.copyOf(calls);
    }

    @Override
    public List<PlanColumn> output() {
      List<PlanColumn> output = new ArrayList<>(input.output());
      calls.forEach(call -> output.add(new PlanColumn(call.name(), call.type(), true)));
      return List.copyOf(output);
    }

    @Override
    public List<Plan> inputs() {
      return List.of(input);
    }
  }
}
