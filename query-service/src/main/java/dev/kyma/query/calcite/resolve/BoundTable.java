package dev.kyma.query.calcite.resolve;

import dev.kyma.query.calcite.parse.TableIdentifier.AsOf;
import dev.kyma.query.core.frontend.TableShape;
import dev.kyma.query.core.plan.RowVersions;

/**
 * A table as one place in a statement reads it.
 *
 * @param name the name under which the resolved tree knows it
 * @param shape the table
 * @param asOf at which state
 * @param versions which versions of its rows
 */
public record BoundTable(String name, TableShape shape, AsOf asOf, RowVersions versions) {}
