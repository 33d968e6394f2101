package dev.kyma.format.tlm;

import java.util.Optional;

/**
 * The versions of TLM there are. Objects of each are read for ever; the latest is written.
 *
 * <p>A new version is needed for whatever a reader of the version before would not refuse and yet
 * get wrong, and for every encoding it cannot decode. What such a reader may pass over, as it does
 * over regions of kinds it does not know, needs none.
 */
enum FormatVersion {
  /** The first: column chunks whose heads stand before their pages, and statistics. */
  V1(1),
  /**
   * Heads together before the statistics; order, level, tombstones and primary key in the footer;
   * token, value and primary-key indexes; log texts, decimals in JSON, large dictionaries.
   */
  V2(2);

  /** The version that is written. */
  static final FormatVersion LATEST = V2;

  private final int number;

  FormatVersion(int number) {
    this.number = number;
  }

  /** The number that header, footer and trailer bear. */
  int number() {
    return number;
  }

  /** The version of a number, unless this reader does not know it. */
  static Optional<FormatVersion> of(int number) {
    for (FormatVersion version : values()) {
      if (version.number == number) {
        return Optional.of(version);
      }
    }
    return Optional.empty();
  }
}
