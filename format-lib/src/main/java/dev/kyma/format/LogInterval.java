package dev.kyma.format;

/**
 * A stretch of one log partition.
 *
 * @param log the ordinal of the partition, as in {@link dev.kyma.format.type.SystemColumns#LOG}
 * @param fromOffset the first offset covered
 * @param toOffset the first offset no longer covered
 */
public record LogInterval(int log, long fromOffset, long toOffset) {
  public LogInterval {
    if (fromOffset < 0 || toOffset < fromOffset) {
      throw new IllegalArgumentException("[" + fromOffset + ", " + toOffset + ")");
    }
  }
}
