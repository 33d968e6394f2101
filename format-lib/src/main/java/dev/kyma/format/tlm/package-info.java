/**
 * TLM, the format in which Kyma stores extents.
 *
 * <p>Entry class: {@link dev.kyma.format.tlm.TlmFormat}. An object is {@code header | column chunks
 * | index chunks | statistics | footer | trailer}; the footer names every region with its checksum,
 * and is found with one read of the object's end. The bytes are specified in {@code
 * docs/spec/tlm-format.md}.
 *
 * <p>Writers and scans are used by one thread; the format and its readers by many.
 */
@NullMarked
package dev.kyma.format.tlm;

import org.jspecify.annotations.NullMarked;
