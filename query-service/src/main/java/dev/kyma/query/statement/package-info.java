/**
 * The words of SQL text: tokens with their places, and the small texts inside statements
 * (intervals, flush policies, durations).
 *
 * <p>Entry classes: {@link dev.kyma.query.statement.Lexer} and {@link
 * dev.kyma.query.statement.TokenCursor}. Nothing here knows a planner. Every error is a {@link
 * dev.kyma.query.core.frontend.StatementException} with the line and column of the user's text.
 */
@NullMarked
package dev.kyma.query.statement;

import org.jspecify.annotations.NullMarked;
