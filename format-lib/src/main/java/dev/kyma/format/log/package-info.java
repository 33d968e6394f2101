/**
 * Frames: the records of the log.
 *
 * <p>A frame carries rows as Arrow record batches without their schema; schemas are objects named
 * by fingerprint and written before the first frame that names them. The bytes of a frame are
 * frozen per version and covered by a CRC32C. Entry classes: {@link dev.kyma.format.log.LogFrame}
 * and its codec. Nothing here knows Kafka.
 */
@NullMarked
package dev.kyma.format.log;

import org.jspecify.annotations.NullMarked;
