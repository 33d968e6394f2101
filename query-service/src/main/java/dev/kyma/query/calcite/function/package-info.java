/**
 * The functions and operators of Kyma's SQL.
 *
 * <p>Entry class: {@link dev.kyma.query.calcite.function.Functions}, by name. A {@link
 * dev.kyma.query.calcite.function.DialectFunction} is what a user writes; it decides from its
 * arguments' types what they are cast to and builds calls of {@link
 * dev.kyma.query.calcite.function.CoreFunction}, one for each {@link
 * dev.kyma.query.core.plan.Function}. The same code gives the type while validating and the
 * expression while planning, so the two cannot differ.
 */
@NullMarked
package dev.kyma.query.calcite.function;

import org.jspecify.annotations.NullMarked;
