/**
 * Compact little-endian byte encodings shared by formats: variable-length integers, text, blobs.
 *
 * <p>Entry classes: {@link dev.kyma.format.bytes.ByteWriter} and {@link
 * dev.kyma.format.bytes.ByteReader}. A reader never trusts what it reads: every length is checked
 * against the bytes there are, so damaged input costs a {@link
 * dev.kyma.format.bytes.CorruptBytesException} and no memory. Used by one thread each.
 */
@NullMarked
package dev.kyma.format.bytes;

import org.jspecify.annotations.NullMarked;
