/**
 * A cache of what is read of objects, in front of any object store.
 *
 * <p>Entry class: {@link dev.kyma.format.io.cache.CachingObjectStore}, safe for use by many
 * threads. Objects never change, so nothing that is kept ever becomes wrong.
 */
@NullMarked
package dev.kyma.format.io.cache;

import org.jspecify.annotations.NullMarked;
