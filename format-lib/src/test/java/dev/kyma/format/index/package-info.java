/** Tests of hashes, filters and indexes. */
@NullMarked
package dev.kyma.format.index;

import org.jspecify.annotations.NullMarked;
