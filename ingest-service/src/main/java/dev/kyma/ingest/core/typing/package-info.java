/**
 * Types: what a new column's type is, how far an existing one widens, and how raw rows become a
 * batch of a table's schema.
 *
 * <p>Entry classes: {@link dev.kyma.ingest.core.typing.SchemaPlanner} and {@link
 * dev.kyma.ingest.core.typing.RowMapper}. Pure functions of their arguments.
 *
 * <p>A column of an inferred table widens only among numbers, where nothing stored changes its
 * value: int64 to decimal, int64 to double as long as every integer stays exact, decimal to more
 * digits. Any other value that does not fit goes to the overflow column under the column's name, so
 * that one odd value never costs a column its type.
 */
@NullMarked
package dev.kyma.ingest.core.typing;

import org.jspecify.annotations.NullMarked;
