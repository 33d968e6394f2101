/**
 * The object store port.
 *
 * <p>Entry class: {@link dev.kyma.format.io.ObjectStore}. Implementations in sub-packages: a local
 * directory, an S3-class service, and memory.
 */
@NullMarked
package dev.kyma.format.io;

import org.jspecify.annotations.NullMarked;
