/**
 * What a commit is in bytes and what it does to a snapshot.
 *
 * <p>Entry classes: {@link dev.kyma.catalog.commit.CommitCodec}, the frozen bytes of commits and
 * checkpoints, and {@link dev.kyma.catalog.commit.FoldedSnapshot}, the pure fold over commits in
 * order. Whether a commit may be applied is decided elsewhere, under the database's locks; here it
 * has been. Everything is immutable or stateless.
 */
@NullMarked
package dev.kyma.catalog.commit;

import org.jspecify.annotations.NullMarked;
