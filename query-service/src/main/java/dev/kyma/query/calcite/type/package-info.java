/**
 * Kyma's types as Calcite sees them.
 *
 * <p>Entry class: {@link dev.kyma.query.calcite.type.SqlTypes}, the mapping both ways. Text in
 * quotes keeps Calcite's type CHAR, which no column has: it marks Postgres' literals of unknown
 * type, which take the type of what they meet. Intervals keep Calcite's interval types, with
 * nanoseconds or months as their values.
 */
@NullMarked
package dev.kyma.query.calcite.type;

import org.jspecify.annotations.NullMarked;
