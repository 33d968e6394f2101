/**
 * A catalog made anew from its archive in the bucket, for the day its database is lost.
 *
 * <p>Entry class: {@link dev.kyma.catalog.rebuild.CatalogRebuild}. Invariants: only an empty
 * database is written, in one transaction, so that a rebuild that dies leaves it empty; nothing the
 * lost catalog may have handed out is handed out again; objects of the bucket are moved, never
 * deleted. Used by one thread, while no service runs.
 */
@NullMarked
package dev.kyma.catalog.rebuild;

import org.jspecify.annotations.NullMarked;
