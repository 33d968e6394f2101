/**
 * Conditions that travel from the planner to storage: the language in which pruning is asked for.
 *
 * <p>Entry class: {@link dev.kyma.format.predicate.Predicate}. Everything is an immutable value.
 * The same predicates are evaluated on vectors (extents and hot tail alike) and on statistics
 * (catalog and footer), where the answer is only "may match" or "cannot match".
 */
@NullMarked
package dev.kyma.format.predicate;

import org.jspecify.annotations.NullMarked;
