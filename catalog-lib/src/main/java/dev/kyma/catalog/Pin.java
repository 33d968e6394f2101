package dev.kyma.catalog;

/**
 * A snapshot whose extents stay in the store for as long as the pin is there.
 *
 * @param name says whose it is, for example {@code backup/2026-11-20}
 * @param number the snapshot's number
 */
public record Pin(String name, long number) {
  public Pin {
    if (name.isEmpty() || name.indexOf(0) >= 0 || number < 0) {
      throw new IllegalArgumentException("pin '" + name + "' of snapshot " + number);
    }
  }
}
