package dev.kyma.format;

/**
 * What a scan looked at and what pruning saved it.
 *
 * @param blocks how many blocks the scan covers
 * @param blocksRead how many of them were not pruned by statistics or indexes
 * @param rows how many rows the scan covers
 * @param rowsRead how many of them lie in vectors that were evaluated
 * @param bytes the length of the extent
 * @param bytesRead how many bytes the scan needed, from cache or not
 * @param requests how many reads of the object store the scan made
 */
public record ScanStats(
    long blocks,
    long blocksRead,
    long rows,
    long rowsRead,
    long bytes,
    long bytesRead,
    long requests) {

  /** Nothing at all. */
  public static final ScanStats NONE = new ScanStats(0, 0, 0, 0, 0, 0, 0);

  /** Both together. */
  public ScanStats plus(ScanStats other) {
    return new ScanStats(
        blocks + other.blocks,
        blocksRead + other.blocksRead,
        rows + other.rows,
        rowsRead + other.rowsRead,
        bytes + other.bytes,
        bytesRead + other.bytesRead,
        requests + other.requests);
  }
}
