/**
 * An object store in a directory of a local file system.
 *
 * <p>Entry class: {@link dev.kyma.format.io.local.LocalObjectStore}, safe for use by many threads
 * and processes at once.
 */
@NullMarked
package dev.kyma.format.io.local;

import org.jspecify.annotations.NullMarked;
