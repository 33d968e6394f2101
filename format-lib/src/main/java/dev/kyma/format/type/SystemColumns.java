package dev.kyma.format.type;

/**
 * Columns every extent carries beside the table's own, hidden from {@code SELECT *}.
 *
 * <p>Together they are the identity of a row for as long as it lives: the log it came through, the
 * record's offset there and the row's place in the record.
 */
public final class SystemColumns {
  /** Ordinal of the log partition among the table's logs, see the catalog. */
  public static final Field LOG = new Field(-1, "_log", LogicalType.INT32, false);

  /** {@link #seq(long, int) Offset and row} of a row in its log partition. */
  public static final Field SEQ = new Field(-2, "_seq", LogicalType.INT64, false);

  /**
   * What a row of a keyed table does, only in such tables: {@link #INSERT} and {@link #UPDATE} hold
   * a whole new version of its key, {@link #DELETE} says that there is none any more, the columns
   * outside the key being NULL.
   */
  public static final Field OP = new Field(-3, "_kyma_op", LogicalType.TEXT, false);

  /** The value of {@link #OP} in a row that was inserted. */
  public static final String INSERT = "c";

  /** The value of {@link #OP} in a row that replaces another. */
  public static final String UPDATE = "u";

  /** The value of {@link #OP} in a tombstone. */
  public static final String DELETE = "d";

  /** Bits of {@code _seq} that hold the row's place in its record. */
  public static final int ROW_BITS = 20;

  /** The most rows one record may carry. */
  public static final int MAX_ROWS_PER_RECORD = 1 << ROW_BITS;

  private SystemColumns() {}

  /**
   * The value of {@code _seq} for a row.
   *
   * @param offset the record's offset in its partition, below 2^43
   * @param row the row's place in the record, below {@link #MAX_ROWS_PER_RECORD}
   */
  public static long seq(long offset, int row) {
    if (offset < 0 || offset >= 1L << (63 - ROW_BITS) || row < 0 || row >= MAX_ROWS_PER_RECORD) {
      throw new IllegalArgumentException("offset " + offset + ", row " + row);
    }
    return offset << ROW_BITS | row;
  }

  /** The record's offset in a value of {@code _seq}. */
  public static long offset(long seq) {
    return seq >>> ROW_BITS;
  }

  /** The row's place in its record in a value of {@code _seq}. */
  public static int row(long seq) {
    return (int) (seq & (MAX_ROWS_PER_RECORD - 1));
  }
}
