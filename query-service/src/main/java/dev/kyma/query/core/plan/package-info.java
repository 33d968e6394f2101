/**
 * The relational tree every query language is translated to and the engine executes.
 *
 * <p>Entry classes: {@link dev.kyma.query.core.plan.Plan} for relations, {@link
 * dev.kyma.query.core.plan.Expr} for values. Trees are immutable and free of any parser's or
 * planner's types; two equal trees answer the same rows. Columns are addressed by their place in
 * the input's output, never by name, so names in a tree are for people only.
 *
 * <p>Types are settled before a tree is built: operands carry exactly the types their function asks
 * for (see {@link dev.kyma.query.core.plan.Function}), and every conversion is a {@link
 * dev.kyma.query.core.plan.Expr.Cast} of its own.
 *
 * <p>There is no interval type. An interval is either a number of nanoseconds or a number of
 * months, both integers, and each has functions of its own.
 */
@NullMarked
package dev.kyma.query.core.plan;

import org.jspecify.annotations.NullMarked;
