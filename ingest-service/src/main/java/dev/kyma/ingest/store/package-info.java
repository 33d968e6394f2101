/**
 * Frames with their schemas in the object store.
 *
 * <p>Entry class: {@link dev.kyma.ingest.store.StoredSchemaFrames}.
 */
@NullMarked
package dev.kyma.ingest.store;

import org.jspecify.annotations.NullMarked;
