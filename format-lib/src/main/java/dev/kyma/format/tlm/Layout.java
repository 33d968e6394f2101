package dev.kyma.format.tlm;

import java.nio.charset.StandardCharsets;

/** Numbers that every TLM object agrees on. */
final class Layout {
  /** Rows in a block, the unit of statistics. */
  static final int BLOCK_ROWS = 65_536;

  /** Rows in a vector, the unit of packing. */
  static final int VECTOR_ROWS = 1_024;

  /** Regions begin at multiples of this. */
  static final int ALIGNMENT = 64;

  static final int HEADER_BYTES = 64;
  static final int TRAILER_BYTES = 64;

  /** How much of an object's end is read to find the footer. */
  static final int SUFFIX_BYTES = 64 << 10;

  static final byte[] HEADER_MAGIC = "KYMATLM1".getBytes(StandardCharsets.US_ASCII);
  static final byte[] TRAILER_MAGIC = "1MLTAMYK".getBytes(StandardCharsets.US_ASCII);
  static final int FOOTER_MAGIC = 0x464D4C54; // "TLMF"

  private Layout() {}

  /** How many zero bytes follow {@code length} bytes. */
  static int padding(long length) {
    return (int) (-length & (ALIGNMENT - 1));
  }
}
