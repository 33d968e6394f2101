/**
 * The grammar of Kyma's SQL: Postgres' dialect by recursive descent, from tokens to Calcite's tree.
 *
 * <p>Entry class: {@link dev.kyma.query.calcite.parse.StatementGrammar}. Every rule is one method
 * that passes its tokens; an error is a {@link dev.kyma.query.core.frontend.StatementException} at
 * the token that does not fit. Function names are resolved while parsing. Grammars are used by one
 * thread and thrown away.
 */
@NullMarked
package dev.kyma.query.calcite.parse;

import org.jspecify.annotations.NullMarked;
