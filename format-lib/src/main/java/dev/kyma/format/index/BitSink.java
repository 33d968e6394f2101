package dev.kyma.format.index;

import dev.kyma.format.encoding.ByteSink;

/** Writes bits, the least significant of a byte first. Used by one thread. */
final class BitSink {
  private final ByteSink sink;
  private long open;
  private int bits;

  BitSink(ByteSink sink) {
    this.sink = sink;
  }

  /** The low {@code width} bits of a value, at most 32. */
  void bits(long value, int width) {
    open |= (value & (1L << width) - 1) << bits;
    bits += width;
    while (bits >= 8) {
      sink.u8((int) open);
      open >>>= 8;
      bits -= 8;
    }
  }

  /** {@code value >>> k} ones, a zero, and the low {@code k} bits. */
  void rice(long value, int k) {
    for (long ones = value >>> k; ones > 0; ones -= 32) {
      bits(-1L, (int) Math.min(32, ones));
    }
    bits(0, 1);
    bits(value, k);
  }

  /** A number of at least 1: as many zeros as it has bits after its first one, then its bits. */
  void gamma(int value) {
    int width = 31 - Integer.numberOfLeadingZeros(value);
    bits(0, width);
    bits(1, 1);
    bits(value, width);
  }

  /** Ends the last byte with zeros. */
  void finish() {
    if (bits > 0) {
      sink.u8((int) open);
      open = 0;
      bits = 0;
    }
  }
}
