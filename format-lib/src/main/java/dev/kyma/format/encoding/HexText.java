package dev.kyma.format.encoding;

import dev.kyma.format.vector.Bits;
import dev.kyma.format.vector.BytesVector;

/** Lower-case hexadecimal text of one length, such as trace ids, as half as many bytes. */
final class HexText {
  private static final int MAX_WIDTH = 64;
  private static final byte[] DIGITS = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };
  private static final byte[] VALUES = new byte[256];

  static {
    java.util.Arrays.fill(VALUES, (byte) -1);
    for (int i = 0; i < 16; i++) {
      VALUES[DIGITS[i]] = (byte) i;
    }
  }

  private HexText() {}

  /**
   * How many bytes each value takes packed; 0 when some value that is not NULL is no lower-case
   * hexadecimal text of the same even length, at least 8 and at most 128 digits.
   */
  static int width(BytesVector column) {
    int width = 0;
    long[] nulls = column.nulls();
    byte[] data = column.data();
    for (int row = 0; row < column.size(); row++) {
      if (nulls != null && Bits.get(nulls, row)) {
        continue;
      }
      int length = column.length(row);
      if (width == 0) {
        if (length < 8 || length > 2 * MAX_WIDTH || (length & 1) != 0) {
          return 0;
        }
        width = length / 2;
      } else if (length != 2 * width) {
        return 0;
      }
      int from = column.offsets()[row];
      int all = 0;
      for (int i = from; i < from + length; i++) {
        all |= VALUES[data[i] & 0xFF];
      }
      if (all < 0) {
        return 0;
      }
    }
    return width;
  }

  /** Appends the packed form of {@code [from, to)}; NULL rows as zeros. */
  static void pack(BytesVector column, int from, int to, int width, ByteSink sink) {
    int at = sink.reserve((to - from) * width);
    byte[] out = sink.array();
    byte[] in = column.data();
    for (int row = from; row < to; row++, at += width) {
      if (column.length(row) == 2 * width) {
        int source = column.offsets()[row];
        for (int i = 0; i < width; i++) {
          out[at + i] = (byte) (VALUES[in[source + 2 * i]] << 4 | VALUES[in[source + 2 * i + 1]]);
        }
      }
    }
  }

  /** Writes the text of {@code bytes} packed bytes. */
  static void unpack(byte[] in, int at, int bytes, byte[] out, int outFrom) {
    for (int i = 0, to = outFrom; i < bytes; i++, to += 2) {
      int value = in[at + i];
      out[to] = DIGITS[value >>> 4 & 15];
      out[to + 1] = DIGITS[value & 15];
    }
  }
}
