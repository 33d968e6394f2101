/**
 * Rows leave when they are as old as their table's settings say.
 *
 * <p>Entry class: {@link dev.kyma.compactor.core.retention.Retention}. Rows of tables without a
 * primary key leave by their event time: whole extents here, single rows when compaction rewrites
 * the extent they are in. Of tables with one, no current row ever leaves; replaced versions and
 * tombstones do, with the history extents they are in, some time after they were replaced.
 */
@NullMarked
package dev.kyma.compactor.core.retention;

import org.jspecify.annotations.NullMarked;
