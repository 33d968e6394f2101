/**
 * Resolution of names, before Calcite validates.
 *
 * <p>Entry class: {@link dev.kyma.query.calcite.resolve.NameResolver}. Afterwards every table is
 * named by its place in a list, every column by its relation's alias and exact name, and whatever
 * is no column has become a path into a dynamic one. Errors name the user's line and column and
 * names like the unknown one.
 */
@NullMarked
package dev.kyma.query.calcite.resolve;

import org.jspecify.annotations.NullMarked;
