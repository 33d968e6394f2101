/**
 * Log texts as templates and variables: what a program writes again and again is kept once, what
 * varies in columns by its kind.
 *
 * <p>{@link dev.kyma.format.encoding.text.TextEncoder} takes texts apart: a {@code RowTokenizer}
 * finds words and typed variables, a {@code TemplateTrie} learnt from a sample says which words
 * belong to the program's text, {@code SlotColumns} decides which variables share a column, {@code
 * NumberStream} and {@code StringStream} store them. {@link
 * dev.kyma.format.encoding.text.TextDecoder} puts rows together again, {@code Stretch.ROWS} at a
 * time, so that a few rows cost one stretch and not the extent.
 *
 * <p>How texts were taken apart is the encoder's own business: the decoder knows templates, columns
 * and streams only. Every byte string comes back as it was; what fits no template is kept whole.
 * Encoders and decoders are used by one thread at a time; decoders throw {@link
 * dev.kyma.format.CorruptExtentException} and nothing else on damaged bytes.
 */
@NullMarked
package dev.kyma.format.encoding.text;

import org.jspecify.annotations.NullMarked;
