/**
 * A checker of linearizability, own and small, and what it judges: histories of others whose
 * verdict is known, and histories recorded from the catalog.
 *
 * <p>Entry class: {@link dev.kyma.catalog.history.Linearizability}. The algorithm is the one of
 * Wing and Gong with Lowe's memory of configurations, on each part of a history that can be judged
 * by itself.
 */
@NullMarked
package dev.kyma.catalog.history;

import org.jspecify.annotations.NullMarked;
