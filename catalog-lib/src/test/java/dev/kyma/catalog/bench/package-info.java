/**
 * What the catalog is measured by. Entry classes, each with a main method that prints one JSON
 * object for each figure: {@link dev.kyma.catalog.bench.CommitBench} and {@link
 * dev.kyma.catalog.bench.PlanBench}.
 */
@NullMarked
package dev.kyma.catalog.bench;

import org.jspecify.annotations.NullMarked;
