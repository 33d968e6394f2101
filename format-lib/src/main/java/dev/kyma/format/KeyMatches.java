package dev.kyma.format;

/**
 * Where some keys were found in an extent: as many pairs as there are, in no particular order.
 *
 * @param keys the places of keys among those asked for
 * @param rows the rows of the extent that hold them, pair by pair
 */
@SuppressWarnings("ArrayRecordComponent") // the arrays are the point: they are read in place
public record KeyMatches(int[] keys, int[] rows) {
  /** No key was found. */
  public static final KeyMatches NONE = new KeyMatches(new int[0], new int[0]);

  public KeyMatches {
    if (keys.length != rows.length) {
      throw new IllegalArgumentException(keys.length + " keys in " + rows.length + " rows");
    }
  }

  /** How many pairs there are. */
  public int size() {
    return keys.length;
  }
}
