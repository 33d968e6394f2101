package dev.kyma.query.core.frontend;

import dev.kyma.format.type.LogicalType;
import dev.kyma.query.core.plan.Expr;
import java.util.Optional;

/**
 * A column of a table to be created.
 *
 * @param name the name as it is to be stored
 * @param type the type
 * @param nullable whether NULL is allowed
 * @param defaultValue what a row without a value gets: an expression of the column's type over no
 *     columns, {@code now()} left as a call to be computed for each statement
 */
public record ColumnDefinition(
    String name, LogicalType type, boolean nullable, Optional<Expr> defaultValue) {}
