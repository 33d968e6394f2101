/**
 * The catalog on SQLite and on Postgres.
 *
 * <p>Entry class: {@link dev.kyma.catalog.jdbc.JdbcCatalog}. One implementation; {@code Dialect}
 * holds the few words in which the databases differ. The SQL is integers, text, blobs, unique keys
 * and row locks. Invariants: a commit's id is inserted first and its number is taken last, under
 * the head row's lock; whatever fails before COMMIT was not applied, whatever fails in COMMIT is
 * submitted again under the same id until the database has answered. Commits of one process are
 * grouped by one thread; everything else may be called by any.
 */
@NullMarked
package dev.kyma.catalog.jdbc;

import org.jspecify.annotations.NullMarked;
