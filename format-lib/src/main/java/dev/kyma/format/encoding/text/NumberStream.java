package dev.kyma.format.encoding.text;

import dev.kyma.format.encoding.BitPacking;
import dev.kyma.format.encoding.ByteSink;
import dev.kyma.format.encoding.ByteSource;
import dev.kyma.format.encoding.Compressed;
import dev.kyma.format.encoding.LittleEndian;
import dev.kyma.format.encoding.UnpackKernel;

/**
 * A few thousand whole numbers, all of which are read together.
 *
 * <pre>
 * numbers := u8 0, zigzag value                           all the same
 *          | u8 1, frame, packed{width}
 *          | u8 2, frame, u8 low, packed{low}, counted    the low bits, and what is above them
 *          | u8 3, zigzag first, numbers                  zigzag of each one's difference to the next
 *          | u8 4, frame, counted                         all bits
 * frame   := zigzag least, varint factor, u8 width        number = least + factor * packed
 * counted := varint length, block                         each number in as few bytes as it needs
 * </pre>
 *
 * <p>No numbers take no bytes. Differences are not of differences. Arithmetic wraps at 64 bits.
 */
final class NumberStream {
  private static final int CONSTANT = 0;
  private static final int PACKED = 1;
  private static final int SPLIT = 2;
  private static final int DELTA = 3;
  private static final int WHOLE = 4;

  /** What is compressed must be so much smaller than packed numbers, in percent. */
  private static final int PAYS = 92;

  /** So many streams of a column are written in the way that was best for the last one tried. */
  private static final int KEEP = 6;

  private final StreamCompressor compressor;
  private long[] offsets = new long[1_024];
  private final long[] vector = new long[BitPacking.VECTOR];
  private byte[] bytes = new byte[4_096];
  private final int[] counts = new int[256];

  NumberStream(StreamCompressor compressor) {
    this.compressor = compressor;
  }

  /** What has been found out about a column's streams. */
  static final class Habit {
    private int kind = -1;
    private int left;
  }

  /** Appends the stream of {@code count} numbers, which are overwritten. */
  void encode(long[] values, int count, Habit habit, ByteSink out) {
    if (count == 0) {
      return;
    }
    if (habit.kind >= 0 && habit.left-- > 0) {
      if (habit.kind == DELTA && count > 1) {
        encodeDeltas(values, count, out);
      } else {
        encodeFlat(values, count, habit.kind, out);
      }
      return;
    }
    if (!deltasMayPay(values, count)) {
      habit.kind = encodeFlat(values, count, -1, out);
    } else {
      long[] copy = java.util.Arrays.copyOf(values, count);
      ByteSink flat = new ByteSink(count);
      int kind = encodeFlat(copy, count, -1, flat);
      ByteSink deltas = new ByteSink(count);
      encodeDeltas(values, count, deltas);
      boolean pays = deltas.size() * 100L < flat.size() * (long) PAYS;
      habit.kind = pays ? DELTA : kind;
      ByteSink best = pays ? deltas : flat;
      out.bytes(best.array(), 0, best.size());
    }
    habit.left = KEEP;
  }

  private static boolean deltasMayPay(long[] values, int count) {
    if (count < 8) {
      return false;
    }
    long least = Long.MAX_VALUE;
    for (int i = 0; i < count; i++) {
      least = Math.min(least, values[i]);
    }
    long bits = 0;
    long deltaBits = 0;
    for (int i = 1; i < count; i++) {
      bits += BitPacking.width(values[i] - least);
      deltaBits += BitPacking.width(zigzag(values[i] - values[i - 1]));
    }
    return deltaBits * 20 < bits * 19;
  }

  private void encodeDeltas(long[] values, int count, ByteSink out) {
    out.u8(DELTA);
    out.varint(zigzag(values[0]));
    for (int i = 0; i < count - 1; i++) {
      values[i] = zigzag(values[i + 1] - values[i]);
    }
    encodeFlat(values, count - 1, -1, out);
  }

  /**
   * Appends numbers without differences.
   *
   * @param wanted the way to do it, or -1 for the best
   */
  private int encodeFlat(long[] values, int count, int wanted, ByteSink out) {
    long least = values[0];
    long greatest = values[0];
    for (int i = 1; i < count; i++) {
      least = Math.min(least, values[i]);
      greatest = Math.max(greatest, values[i]);
    }
    if (least == greatest) {
      out.u8(CONSTANT);
      out.varint(zigzag(least));
      return -1;
    }
    long factor = greatest - least < 0 ? 1 : factor(values, count, least);
    if (offsets.length < count) {
      offsets = new long[Math.max(count, 2 * offsets.length)];
    }
    for (int i = 0; i < count; i++) {
      offsets[i] = factor == 1 ? values[i] - least : (values[i] - least) / factor;
    }
    int width = BitPacking.width(factor == 1 ? greatest - least : (greatest - least) / factor);
    ByteSink head = new ByteSink(24);
    head.varint(zigzag(least));
    head.varint(factor);
    head.u8(width);
    long packed = ((long) count * width + 7) / 8;
    if (wanted == PACKED) {
      writePacked(head, count, width, out);
      return PACKED;
    }
    ByteSink best = null;
    int kind = PACKED;
    long limit = packed * PAYS / 100;
    if (wanted != WHOLE && packed > 24) {
      int low = Math.max(0, width - 8);
      if (wanted == SPLIT || low == 0 || mayPay(count, low, packed)) {
        best = split(head, count, low);
        kind = SPLIT;
      }
    }
    if (wanted != SPLIT && width > 8 && packed > 24) {
      ByteSink whole = whole(head, count, width);
      if (best == null || whole.size() < best.size()) {
        best = whole;
        kind = WHOLE;
      }
    }
    if (best == null || best.size() > limit) {
      writePacked(head, count, width, out);
      return PACKED;
    }
    out.bytes(best.array(), 0, best.size());
    return kind;
  }

  /** Whether the bits above the low ones are uneven enough for them to be compressed. */
  private boolean mayPay(int count, int low, long packed) {
    java.util.Arrays.fill(counts, 0);
    for (int i = 0; i < count; i++) {
      counts[(int) (offsets[i] >>> low) & 0xFF]++;
    }
    double bits = (double) low * count + 300;
    for (int n : counts) {
      if (n > 0) {
        bits -= n * Math.log((double) n / count) * 1.4427;
      }
    }
    return bits / 8 * 100 < packed * PAYS;
  }

  private void writePacked(ByteSink head, int count, int width, ByteSink out) {
    out.u8(PACKED);
    out.bytes(head.array(), 0, head.size());
    pack(count, width, -1, out);
  }

  private ByteSink split(ByteSink head, int count, int low) {
    ByteSink out = new ByteSink(count);
    out.u8(SPLIT);
    out.bytes(head.array(), 0, head.size());
    out.u8(low);
    pack(count, low, (1L << low) - 1, out);
    need(count);
    for (int i = 0; i < count; i++) {
      bytes[i] = (byte) (offsets[i] >>> low);
    }
    compressor.block(bytes, 0, count, out);
    return out;
  }

  private ByteSink whole(ByteSink head, int count, int width) {
    ByteSink out = new ByteSink(count);
    out.u8(WHOLE);
    out.bytes(head.array(), 0, head.size());
    int each = (width + 7) / 8;
    need(count * each + 8);
    for (int i = 0, at = 0; i < count; i++, at += each) {
      LittleEndian.putLong(bytes, at, offsets[i]);
    }
    compressor.block(bytes, 0, count * each, out);
    return out;
  }

  private void need(int size) {
    if (bytes.length < size) {
      bytes = new byte[Math.max(size, 2 * bytes.length)];
    }
  }

  private void pack(int count, int width, long mask, ByteSink out) {
    for (int from = 0; from < count; from += BitPacking.VECTOR) {
      int size = Math.min(BitPacking.VECTOR, count - from);
      for (int i = 0; i < size; i++) {
        vector[i] = offsets[from + i] & mask;
      }
      BitPacking.pack(vector, size, width, out);
    }
  }

  private static long factor(long[] values, int count, long least) {
    long factor = 0;
    for (int i = 0; i < count && factor != 1; i++) {
      long x = values[i] - least;
      while (x != 0) {
        long rest = factor % x;
        factor = x;
        x = rest;
      }
    }
    return factor;
  }

  static long zigzag(long value) {
    return value << 1 ^ value >> 63;
  }

  static long unzigzag(long value) {
    return value >>> 1 ^ -(value & 1);
  }

  /** Reads {@code count} numbers. */
  static void decode(ByteSource in, String key, int count, long[] out) {
    if (count > 0) {
      decode(in, key, count, out, true);
    }
  }

  private static void decode(ByteSource in, String key, int count, long[] out, boolean mayDiffer) {
    int kind = in.u8(WHOLE);
    switch (kind) {
      case CONSTANT -> java.util.Arrays.fill(out, 0, count, unzigzag(in.varint()));
      case DELTA -> {
        if (!mayDiffer || count < 2) {
          throw in.corrupt("numbers that are no differences", "differences");
        }
        long value = unzigzag(in.varint());
        decode(in, key, count - 1, out, false);
        for (int i = 0; i < count; i++) {
          long delta = i < count - 1 ? unzigzag(out[i]) : 0;
          out[i] = value;
          value += delta;
        }
      }
      default -> decodeFrame(in, key, kind, count, out);
    }
  }

  private static void decodeFrame(ByteSource in, String key, int kind, int count, long[] out) {
    long least = unzigzag(in.varint());
    long factor = in.varint();
    int width = in.u8(64);
    if (kind == PACKED) {
      unpack(in, width, count, least, factor, out);
      return;
    }
    int low = kind == SPLIT ? in.u8(64) : 0;
    if (kind == SPLIT) {
      if (low > width || width - low > 8) {
        throw in.corrupt("up to 8 bits above the low ones", width + " of which low " + low);
      }
      unpack(in, low, count, 0, 1, out);
    }
    int each = kind == SPLIT ? 1 : (width + 7) / 8;
    ByteSource block = Compressed.read(in.slice(in.count(in.remaining())), key);
    int at = block.skip((long) count * each);
    if (block.remaining() != 0) {
      throw block.corrupt(count + " numbers", block.remaining() + " bytes more");
    }
    byte[] array = block.array();
    for (int i = 0; i < count; i++, at += each) {
      long packed =
          kind == SPLIT
              ? out[i] | (array[at] & 0xFFL) << low
              : LittleEndian.getFixed(array, at, each);
      out[i] = least + factor * packed;
    }
  }

  private static void unpack(
      ByteSource in, int width, int count, long least, long factor, long[] out) {
    for (int from = 0; from < count; from += BitPacking.VECTOR) {
      int size = Math.min(BitPacking.VECTOR, count - from);
      int length = BitPacking.bytes(size, width);
      int at = in.skip(length);
      if (size == BitPacking.VECTOR) {
        UnpackKernel.BEST.unpack(in.array(), at, width, least, factor, out, from);
      } else {
        for (int i = 0; i < size; i++) {
          out[from + i] =
              least + factor * BitPacking.getFromRun(in.array(), at, at + length, width, i);
        }
      }
    }
  }
}
