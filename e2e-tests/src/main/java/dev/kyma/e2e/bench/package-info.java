/**
 * The benchmarks: our figure and a peer's from one run on the same rows, answers compared.
 *
 * <p>Entry class: {@link dev.kyma.e2e.bench.Bench}. Rows come from {@link
 * dev.kyma.e2e.bench.LogGenerator}, which both sides are loaded from; Kyma is a process of its own,
 * reached through its public interfaces only.
 */
@NullMarked
package dev.kyma.e2e.bench;

import org.jspecify.annotations.NullMarked;
