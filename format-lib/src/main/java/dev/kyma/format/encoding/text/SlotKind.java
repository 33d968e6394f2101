package dev.kyma.format.encoding.text;

/** What the values of a slot are; the ordinals are part of the format. */
enum SlotKind {
  /** A whole number of at most 19 digits, written without leading zeros. */
  NUMBER,
  /** A whole number written with leading zeros in as many digits as the parameter says. */
  PADDED,
  /** A number with or without a point: {@code digits << 5 | how many follow the point}. */
  DECIMAL,
  /** A point in time in nanoseconds, written as the parameter says, see {@link TimeText}. */
  TIME,
  /** An IPv4 address. */
  ADDRESS,
  /** 16 lower-case hexadecimal digits. */
  HEX16,
  /** 32 lower-case hexadecimal digits. */
  HEX32,
  /** A lower-case UUID. */
  UUID,
  /** Byte strings named by their place in a dictionary of the column. */
  CODED,
  /** Byte strings as they are. */
  PLAIN;

  private static final SlotKind[] ALL = values();

  /** The kind with an ordinal, which must be one. */
  static SlotKind of(int ordinal) {
    return ALL[ordinal];
  }

  static int count() {
    return ALL.length;
  }

  /** Whether values are identifiers of the pool. */
  boolean isIdentifier() {
    return this == HEX16 || this == HEX32 || this == UUID;
  }

  /** How many bytes an identifier has. */
  int identifierBytes() {
    return this == HEX16 ? 8 : 16;
  }

  /** Whether a value may be stored as the difference from another. */
  boolean isDifferable() {
    return this == NUMBER || this == TIME;
  }
}
