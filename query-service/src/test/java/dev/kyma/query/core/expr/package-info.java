/** Tests of expression evaluation. */
@NullMarked
package dev.kyma.query.core.expr;

import org.jspecify.annotations.NullMarked;
