/**
 * What a query reads: the extents of one snapshot and the log behind their cursors.
 *
 * <p>Entry class: {@link dev.kyma.query.core.read.TableReader}. A query fixes one snapshot for all
 * tables and one vector of end offsets for all logs, before it reads anything. A log that cannot be
 * read from its cursor to that end is a fault of the query, never fewer rows.
 *
 * <p>Nothing here is state: {@link dev.kyma.query.core.read.TailCache} holds decoded records that
 * can be read again.
 */
@NullMarked
package dev.kyma.query.core.read;

import org.jspecify.annotations.NullMarked;
