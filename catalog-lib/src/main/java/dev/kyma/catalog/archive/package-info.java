/**
 * The catalog's copy in the bucket: every commit in order, and a checkpoint now and then, from
 * which the catalog can be rebuilt without its database.
 *
 * <p>Entry classes: {@link dev.kyma.catalog.archive.Archiver}, which copies, and {@link
 * dev.kyma.catalog.archive.CommitArchive}, the objects. Invariants: an object is created once and
 * never changed; what {@link dev.kyma.catalog.Catalog#archivedThrough()} names is in the bucket
 * without a gap, checkpoints included; several archivers at once do no harm.
 */
@NullMarked
package dev.kyma.catalog.archive;

import org.jspecify.annotations.NullMarked;
