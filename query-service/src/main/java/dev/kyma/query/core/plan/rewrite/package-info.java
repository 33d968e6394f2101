/**
 * Rewrites of the relational tree that every language shares: constants are folded, columns nobody
 * needs are dropped, dynamic paths and conditions move into scans.
 *
 * <p>Entry class: {@link dev.kyma.query.core.plan.rewrite.PlanRewriter}. A rewritten tree answers
 * the same rows. Rewrites run for each execution, after the time of the statement is known, so that
 * {@code now()} prunes.
 */
@NullMarked
package dev.kyma.query.core.plan.rewrite;

import org.jspecify.annotations.NullMarked;
