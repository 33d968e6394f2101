/**
 * Encodings: how the values of one column become bytes and come back, one encoder and decoder pair
 * each.
 *
 * <p>An encoder writes <em>streams</em> into a {@link dev.kyma.format.encoding.ChunkWriter}: a few
 * bytes of head and any number of pages, each of which carries its own checksum. A decoder is built
 * from the head, says which pages a range of rows needs ({@code pages}) and decodes any range. The
 * encoder of a physical type inspects the values and chooses; the choice is recorded in the head.
 *
 * <p>Decoders throw {@link dev.kyma.format.CorruptExtentException} and nothing else on damaged
 * bytes, and check every length before they allocate. Encoders are used by one thread; decoders are
 * used by one thread at a time.
 */
@NullMarked
package dev.kyma.format.encoding;

import org.jspecify.annotations.NullMarked;
