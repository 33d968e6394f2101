/**
 * Validation and planning with Calcite, and translation to the relational tree.
 *
 * <p>Entry class: {@link dev.kyma.query.calcite.plan.QueryPlanner}. Rules run in fixed programs;
 * nothing is compiled at run time: metadata comes through JDK proxies, constants are not evaluated
 * here, and none of Calcite's own executors is used.
 */
@NullMarked
package dev.kyma.query.calcite.plan;

import org.jspecify.annotations.NullMarked;
