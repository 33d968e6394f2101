/**
 * Statistics of columns and what may be concluded from them.
 *
 * <p>Entry classes: {@link dev.kyma.format.stats.ColumnStats} and {@code Pruning}, which decides
 * whether a predicate can match anything at all. A pruned result never differs from an unpruned
 * one: when in doubt, a predicate may match.
 */
@NullMarked
package dev.kyma.format.stats;

import org.jspecify.annotations.NullMarked;
