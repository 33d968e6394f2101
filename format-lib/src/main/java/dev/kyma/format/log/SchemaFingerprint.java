package dev.kyma.format.log;

import java.util.HexFormat;

/**
 * The name of a schema: the first 128 bits of SHA-256 over its canonical text.
 *
 * @param high upper half
 * @param low lower half
 */
public record SchemaFingerprint(long high, long low) {
  /** The key of the object that holds the schema. */
  public String objectKey() {
    return "_schemas/" + this;
  }

  @Override
  public String toString() {
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits(high) + hex.toHexDigits(low);
  }
}
