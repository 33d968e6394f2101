/**
 * Indexes of extents: hashes of values, filters that rule extents out, and lists of the rows that
 * hold a value.
 */
@NullMarked
package dev.kyma.format.index;

import org.jspecify.annotations.NullMarked;
