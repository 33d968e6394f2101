package dev.kyma.query.core.read;

import dev.kyma.format.vector.Selection;

/**
 * The rows of one tail segment that lie between a query's cursor and end.
 *
 * @param segment the segment
 * @param all all of them
 * @param current those that neither are tombstones nor were replaced before the query's end
 */
record TailRows(TailSegment segment, Selection all, Selection current) {}
