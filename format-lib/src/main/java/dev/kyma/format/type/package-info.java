/**
 * Types and schemas: what a column is called, which values it holds and how its rows are
 * identified.
 *
 * <p>Entry classes: {@link dev.kyma.format.type.TableSchema} and {@link
 * dev.kyma.format.type.LogicalType}. Everything here is an immutable value. A schema only widens:
 * columns are added, types grow along one lattice, and nothing stored becomes unreadable.
 */
@NullMarked
package dev.kyma.format.type;

import org.jspecify.annotations.NullMarked;
