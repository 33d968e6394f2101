package dev.kyma.query.calcite.plan;

import java.util.List;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.hep.HepMatchOrder;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.plan.hep.HepProgramBuilder;
import org.apache.calcite.rel.rules.CoreRules;
import org.apache.calcite.rel.rules.PruneEmptyRules;

/** The rules that rewrite a query, in the order of their programs. JOIN_COMMUTE never ends. */
final class Programs {
  /** Subqueries in expressions become correlations. */
  static final HepProgram SUBQUERIES =
      program(
          CoreRules.FILTER_SUB_QUERY_TO_CORRELATE,
          CoreRules.PROJECT_SUB_QUERY_TO_CORRELATE,
          CoreRules.JOIN_SUB_QUERY_TO_CORRELATE);

  /** Filters move down, conditions on two sides become joins. */
  static final HepProgram PUSH =
      program(
          CoreRules.FILTER_INTO_JOIN,
          CoreRules.JOIN_CONDITION_PUSH,
          CoreRules.FILTER_PROJECT_TRANSPOSE,
          CoreRules.FILTER_AGGREGATE_TRANSPOSE,
          CoreRules.FILTER_SET_OP_TRANSPOSE,
          CoreRules.FILTER_SORT_TRANSPOSE,
          CoreRules.FILTER_MERGE,
          CoreRules.PROJECT_MERGE,
          CoreRules.PROJECT_REMOVE,
          CoreRules.AGGREGATE_PROJECT_MERGE,
          CoreRules.UNION_MERGE,
          CoreRules.SORT_REMOVE_CONSTANT_KEYS,
          PruneEmptyRules.FILTER_INSTANCE,
          PruneEmptyRules.PROJECT_INSTANCE,
          PruneEmptyRules.SORT_INSTANCE,
          PruneEmptyRules.JOIN_LEFT_INSTANCE,
          PruneEmptyRules.JOIN_RIGHT_INSTANCE);

  /** Inner joins of more than two relations are collected … */
  static final HepProgram COLLECT_JOINS =
      program(
          HepMatchOrder.BOTTOM_UP,
          CoreRules.JOIN_TO_MULTI_JOIN,
          CoreRules.PROJECT_MULTI_JOIN_MERGE,
          CoreRules.FILTER_MULTI_JOIN_MERGE);

  /** … and ordered by row counts. */
  static final HepProgram ORDER_JOINS = program(CoreRules.MULTI_JOIN_OPTIMIZE);

  /** Expressions in join conditions become columns, window functions become windows. */
  static final HepProgram FINISH =
      program(
          CoreRules.PROJECT_TO_SEMI_JOIN,
          CoreRules.JOIN_TO_SEMI_JOIN,
          CoreRules.JOIN_PUSH_EXPRESSIONS,
          CoreRules.PROJECT_TO_LOGICAL_PROJECT_AND_WINDOW,
          CoreRules.FILTER_MERGE,
          CoreRules.PROJECT_MERGE,
          CoreRules.PROJECT_REMOVE);

  private Programs() {}

  private static HepProgram program(RelOptRule... rules) {
    return program(HepMatchOrder.ARBITRARY, rules);
  }

  private static HepProgram program(HepMatchOrder order, RelOptRule... rules) {
    return new HepProgramBuilder().addMatchOrder(order).addRuleCollection(List.of(rules)).build();
  }
}
