/**
 * How values look: in SQL as Postgres prints them, in answers as JSON.
 *
 * <p>Entry classes: {@link dev.kyma.query.core.text.SqlText}, {@link
 * dev.kyma.query.core.text.JsonText}. Both write UTF-8 into a {@link
 * dev.kyma.query.core.text.ByteSink} without an object per value.
 */
@NullMarked
package dev.kyma.query.core.text;

import org.jspecify.annotations.NullMarked;
