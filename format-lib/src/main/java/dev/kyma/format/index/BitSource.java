package dev.kyma.format.index;

import dev.kyma.format.encoding.ByteSource;

/** Reads what {@link BitSink} wrote, up to the end of a source. Used by one thread. */
final class BitSource {
  private final ByteSource source;
  private final byte[] bytes;
  private final int end;
  private int position;
  private long open;
  private int bits;

  /** Reads the rest of a source. */
  BitSource(ByteSource source) {
    this.source = source;
    bytes = source.array();
    position = source.position();
    end = position + source.remaining();
  }

  /** Makes at least {@code width} bits be open, at most 32. */
  private void need(int width) {
    while (bits < width) {
      if (position == end) {
        throw source.corrupt("a whole bucket", "one that ends too early");
      }
      open |= (bytes[position++] & 0xFFL) << bits;
      bits += 8;
    }
  }

  /** So many bits, at most 32, as a number. */
  long bits(int width) {
    need(width);
    long value = open & (1L << width) - 1;
    open >>>= width;
    bits -= width;
    return value;
  }

  /** A number written with this parameter that is below a limit. */
  long rice(int k, long limit) {
    long high = 0;
    while (true) {
      need(1);
      int run = Math.min(bits, Long.numberOfTrailingZeros(~open));
      high += run;
      open >>>= run;
      bits -= run;
      if (high << k >= limit) {
        throw source.corrupt("a number below " + limit, "more");
      }
      if (bits > 0) {
        open >>>= 1;
        bits--;
        break;
      }
    }
    long value = high << k | bits(k);
    if (value >= limit) {
      throw source.corrupt("a number below " + limit, Long.toString(value));
    }
    return value;
  }

  /** A number of at least 1 and at most {@code max}. */
  int gamma(int max) {
    int width = 0;
    while (bits(1) == 0) {
      if (++width > 30) {
        throw source.corrupt("a number up to " + max, "more");
      }
    }
    int value = 1 << width | (int) bits(width);
    if (value > max) {
      throw source.corrupt("a number up to " + max, Integer.toString(value));
    }
    return value;
  }
}
