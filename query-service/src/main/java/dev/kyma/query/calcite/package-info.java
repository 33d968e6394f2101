/**
 * The SQL front end: Postgres' dialect, validated and rewritten by Calcite.
 *
 * <p>Entry class: {@link dev.kyma.query.calcite.SqlFrontend}. A statement passes through {@code
 * parse} (our grammar), {@code resolve} (names), {@code plan} (Calcite's validator and rules) and
 * leaves as a tree without any type of Calcite's.
 */
@NullMarked
package dev.kyma.query.calcite;

import org.jspecify.annotations.NullMarked;
