/**
 * Statements about how tables are stored, and those that change rows that are there.
 *
 * <p>Each class does one kind of statement, over the catalog, the jobs in it and ingest. Nothing
 * here writes to the log or the object store itself: rows go through ingest, extents are the
 * compactor's.
 */
@NullMarked
package dev.kyma.query.core.storage;

import org.jspecify.annotations.NullMarked;
