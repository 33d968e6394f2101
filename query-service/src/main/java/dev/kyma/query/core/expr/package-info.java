/**
 * Evaluates expressions over batches, a column at a time.
 *
 * <p>Entry class: {@link dev.kyma.query.core.expr.Expressions}. Evaluators look only at selected
 * rows where looking could fail, so that an error in a row that a filter, a CASE or an AND has left
 * out is no error of the statement. They remember what they found out about dictionaries and are
 * therefore used by one thread each.
 */
@NullMarked
package dev.kyma.query.core.expr;

import org.jspecify.annotations.NullMarked;
