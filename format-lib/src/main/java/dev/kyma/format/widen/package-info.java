/**
 * Conversion of values to a wider type: what a column's older rows are when its type has grown.
 *
 * <p>Entry class: {@link dev.kyma.format.widen.Widening}. Flush, hot tail and extent readers share
 * it, so a row reads the same wherever it lies. Stateless.
 */
@NullMarked
package dev.kyma.format.widen;

import org.jspecify.annotations.NullMarked;
