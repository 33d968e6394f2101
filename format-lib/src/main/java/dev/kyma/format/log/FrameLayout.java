package dev.kyma.format.log;

/** Places and sizes in a frame, in bytes; all integers are little-endian. */
final class FrameLayout {
  /** "KYMF" read as a little-endian integer. */
  static final int MAGIC = 0x464D594B;

  /** The kind of frames that carry rows. */
  static final byte KIND_ROWS = 1;

  static final int MAGIC_AT = 0;
  static final int VERSION_AT = 4;
  static final int KIND_AT = 5;
  static final int RESERVED_AT = 6;
  static final int CHECKSUM_AT = 8;
  static final int LENGTH_AT = 12;
  static final int KEYS_AT = 16;
  static final int TABLES_AT = 20;
  static final int HEADER_BYTES = 24;

  /** Hash of key, hash of payload, part, first row, row count, reserved. */
  static final int KEY_BYTES = 48;

  /** Table, fingerprint, first row, row count, body length, reserved. */
  static final int TABLE_BYTES = 40;

  private FrameLayout() {}
}
