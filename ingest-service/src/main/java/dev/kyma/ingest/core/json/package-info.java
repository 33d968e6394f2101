/**
 * JSON rows from untrusted bytes, without building trees: values stay slices of the body until the
 * type of their column is known.
 *
 * <p>Entry classes: {@link dev.kyma.ingest.core.json.RowParser} and {@link
 * dev.kyma.ingest.core.json.RawRows}. Strict RFC 8259 apart from the bare tokens NaN, Infinity and
 * -Infinity. Nesting is bounded and nothing recurses. One thread a parser.
 */
@NullMarked
package dev.kyma.ingest.core.json;

import org.jspecify.annotations.NullMarked;
