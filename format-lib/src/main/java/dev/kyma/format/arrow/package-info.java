/**
 * Batches as Apache Arrow record batches: in the frames of the log, and in answers.
 *
 * <p>Entry classes: {@link dev.kyma.format.arrow.ArrowMessage} and {@link
 * dev.kyma.format.arrow.ArrowMessageReader} for single record batches, {@link
 * dev.kyma.format.arrow.ArrowStreamOutput} for streams with a schema. Bytes go straight between the
 * arrays of vectors and the message, so that no memory outside the heap needs managing; Arrow's own
 * classes describe the metadata and its reader is the oracle of the tests.
 *
 * <p>Types map as {@link dev.kyma.format.arrow.ArrowSchema} says.
 */
@NullMarked
package dev.kyma.format.arrow;

import org.jspecify.annotations.NullMarked;
