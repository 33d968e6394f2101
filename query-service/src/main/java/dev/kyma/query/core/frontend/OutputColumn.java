package dev.kyma.query.core.frontend;

import dev.kyma.format.type.LogicalType;

/**
 * One column of a query's answer.
 *
 * @param name the name as SQL derives it; names may repeat
 * @param type the type of its values
 */
public record OutputColumn(String name, LogicalType type) {}
