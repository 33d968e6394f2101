/**
 * The check of what is stored: extents against the catalog, extents against the log they came from,
 * the archive against the commits, the object store against what is asked of it.
 *
 * <p>Entry class: {@link dev.kyma.compactor.core.check.StorageCheck}. Nothing is ever changed or
 * repaired; a fault becomes a {@link dev.kyma.compactor.core.check.Finding} and the check goes on.
 * What a check reads it reads from the object store itself, never from a cache, at one snapshot.
 */
@NullMarked
package dev.kyma.compactor.core.check;

import org.jspecify.annotations.NullMarked;
