package dev.kyma.format.encoding;

/**
 * Small tables of integers, one row a vector: each column is stored as its least value and the
 * differences from it in as few whole bytes as hold them all.
 *
 * <p>{@code columns × (i64 least, u8 width)}, then {@code columns × rows × width} bytes.
 */
final class PackedTable {
  private PackedTable() {}

  static void write(ByteSink sink, long[][] columns, int rows) {
    for (long[] column : columns) {
      long least = rows == 0 ? 0 : Long.MAX_VALUE;
      long greatest = Long.MIN_VALUE;
      for (int i = 0; i < rows; i++) {
        least = Math.min(least, column[i]);
        greatest = Math.max(greatest, column[i]);
      }
      int width = rows == 0 ? 0 : (BitPacking.width(greatest - least) + 7) / 8;
      sink.i64(least);
      sink.u8(width);
      for (int i = 0; i < rows; i++) {
        sink.fixed(column[i] - least, width);
      }
    }
  }

  static long[][] read(ByteSource source, int columns, int rows) {
    long[][] table = new long[columns][];
    for (int c = 0; c < columns; c++) {
      long least = source.i64();
      int width = source.u8(8);
      int at = source.skip((long) rows * width);
      long[] column = new long[rows];
      for (int i = 0; i < rows; i++) {
        column[i] = least + LittleEndian.getFixed(source.array(), at + i * width, width);
      }
      table[c] = column;
    }
    return table;
  }
}
