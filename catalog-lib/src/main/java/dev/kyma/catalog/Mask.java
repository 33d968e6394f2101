package dev.kyma.catalog;

import dev.kyma.format.DeletionVector;

/**
 * Rows of an extent that are deleted from now on. Those deleted already are no mistake.
 *
 * @param extent the key of a live extent, or of one that the same commit adds
 * @param rows the rows, at least one
 */
public record Mask(String extent, DeletionVector rows) {
  public Mask {
    if (rows.isEmpty()) {
      throw new IllegalArgumentException("no row of " + extent);
    }
  }
}
