/**
 * Removing objects from the store.
 *
 * <p>{@link dev.kyma.compactor.core.gc.GarbageCollector} removes what a commit dereferenced, a
 * while after it did so; {@link dev.kyma.compactor.core.gc.OrphanSweep} removes what no commit ever
 * named, once nothing can name it any more. Invariant: an object is removed only after the catalog
 * has ruled out that a snapshot anybody may read, now or later, has it. Removing twice does no
 * harm, so several processes may do it at once and any may die at any point.
 */
@NullMarked
package dev.kyma.compactor.core.gc;

import org.jspecify.annotations.NullMarked;
