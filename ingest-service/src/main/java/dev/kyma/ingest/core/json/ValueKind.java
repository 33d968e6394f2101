package dev.kyma.ingest.core.json;

/** What a JSON value is, as exactly as a column's type depends on it. */
public enum ValueKind {
  NULL,
  /** {@code bits} is 1 or 0. */
  BOOL,
  /** A whole number without fraction or exponent that fits 64 bits; {@code bits} is it. */
  INT64,
  /** A number that a double gives back exactly; {@code bits} is the double's. */
  DOUBLE,
  /** A number of at most 38 digits that neither of the above holds. */
  DECIMAL,
  /** Any other number. */
  BIG_NUMBER,
  /** The bare token NaN, Infinity or -Infinity; {@code bits} is the double's. */
  NOT_FINITE,
  /** A string; {@code bits} is 1 when it holds escapes. */
  TEXT,
  /** A string that is an RFC 3339 time in range; {@code bits} is the instant in nanoseconds. */
  TIMESTAMP,
  /** A string with half a surrogate pair, which UTF-8 cannot hold. */
  BROKEN_TEXT,
  /** An object or array. */
  NESTED,
  /** An object or array with a bare NaN or Infinity within. */
  NESTED_NOT_FINITE;

  private static final ValueKind[] ALL = values();

  static ValueKind of(byte code) {
    return ALL[code];
  }

  byte code() {
    return (byte) ordinal();
  }

  /** The bit of this kind in a set of kinds. */
  public int bit() {
    return 1 << ordinal();
  }
}
