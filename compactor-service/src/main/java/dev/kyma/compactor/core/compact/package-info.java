/**
 * Compaction: extents are merged into fewer, larger and better encoded ones of the same rows.
 *
 * <p>Entry class: {@link dev.kyma.compactor.core.compact.CompactionLoop}. {@link
 * dev.kyma.compactor.core.compact.CompactionPolicy} decides what is worth merging, {@link
 * dev.kyma.compactor.core.compact.Compaction} carries one task out. Invariants: what a task reads
 * is fixed by the snapshot it took before it began, and its commit replaces exactly that; rows and
 * their hash are the same before and after, or nothing is committed; the log intervals of the
 * outputs are the union of the inputs'. Two compactors on the same extents cost work, never rows.
 */
@NullMarked
package dev.kyma.compactor.core.compact;

import org.jspecify.annotations.NullMarked;
