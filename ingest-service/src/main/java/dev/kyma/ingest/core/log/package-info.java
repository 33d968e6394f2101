/**
 * The way of batches to the log: cut or joined to frames, sent, acknowledged.
 *
 * <p>Entry class: {@link dev.kyma.ingest.core.log.TableAppender}. A row counts as accepted only
 * once the log acknowledged its frame. {@link dev.kyma.ingest.core.log.FrameLog} and {@link
 * dev.kyma.ingest.core.log.FrameEncoder} are the ports. Everything here is safe for use by many
 * threads; waiting threads are meant to be virtual ones.
 */
@NullMarked
package dev.kyma.ingest.core.log;

import org.jspecify.annotations.NullMarked;
