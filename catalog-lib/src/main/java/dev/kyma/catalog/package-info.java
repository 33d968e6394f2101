/**
 * The catalog: tables, snapshots, cursors and the commit that moves them together.
 *
 * <p>Entry class: {@link dev.kyma.catalog.Catalog}; {@code dev.kyma.catalog.jdbc} implements it on
 * SQLite and Postgres. A {@link dev.kyma.catalog.Snapshot} is immutable. Invariant: extents and the
 * cursors of the logs they came from move in one commit, so the cursor is the seam between what is
 * in extents and what is in the log.
 */
@NullMarked
package dev.kyma.catalog;

import org.jspecify.annotations.NullMarked;
