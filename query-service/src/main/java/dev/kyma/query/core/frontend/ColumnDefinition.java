package dev.kyma.query.core.frontend;

import dev.kyma.catalog.ColumnDefault;
import dev.kyma.format.type.LogicalType;
import java.util.Optional;

/**
 * A column of a table to be created, or to be added to one.
 *
 * @param name the name as it is to be stored
 * @param type the type
 * @param nullable whether NULL is allowed
 * @param defaultValue what a row without a value gets; empty for NULL
 */
public record ColumnDefinition(
    String name, LogicalType type, boolean nullable, Optional<ColumnDefault> defaultValue) {}
