/**
 * An object store in the memory of one process, for tests.
 *
 * <p>Entry class: {@link dev.kyma.format.io.memory.MemoryObjectStore}, safe for use by many
 * threads.
 */
@NullMarked
package dev.kyma.format.io.memory;

import org.jspecify.annotations.NullMarked;
