/**
 * Types: what a new column's type is, how far an existing one widens, and how raw rows become a
 * batch of a table's schema.
 *
 * <p>Entry classes: {@link dev.kyma.ingest.core.typing.SchemaPlanner} and {@link
 * dev.kyma.ingest.core.typing.RowMapper}. Pure functions of their arguments.
 *
 * <p>A column of an inferred table widens up one lattice: int64 to decimal, int64 to double as long
 * as every integer stored stays exact, decimal to more digits, anything else to dynamic, which
 * holds every value exactly as it was sent. Where schemas may not change, and for the event time, a
 * value that does not fit goes to the overflow column under the column's name.
 */
@NullMarked
package dev.kyma.ingest.core.typing;

import org.jspecify.annotations.NullMarked;
