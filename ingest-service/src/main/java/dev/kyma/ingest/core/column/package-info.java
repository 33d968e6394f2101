/**
 * Columns under construction: append-only arrays that become {@link
 * dev.kyma.format.vector.ColumnVector vectors}.
 *
 * <p>Entry class: {@link dev.kyma.ingest.core.column.ColumnBuilder}. A builder belongs to one
 * thread and is used once; the vector it builds takes over its arrays.
 */
@NullMarked
package dev.kyma.ingest.core.column;

import org.jspecify.annotations.NullMarked;
