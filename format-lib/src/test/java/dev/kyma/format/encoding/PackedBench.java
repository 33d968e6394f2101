package dev.kyma.format.encoding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * How fast a packed integer column is decoded from pages in memory, a vector of 1,024 values at a
 * time into an array that is used again, with either kernel; beside it copying as many numbers that
 * were never packed, which bounds what can be had.
 */
public final class PackedBench {
  private static final int ROWS = 1 << 20;

  /** What a round decodes: a column of numbers of a few bits around a base. */
  private final LongDecoder decoder;

  private final long[] values;
  private final byte[] packed;
  private final int width;
  private final int[] starts;
  private final long[] out = new long[BitPacking.VECTOR];

  /** A column whose numbers take {@code width} bits. */
  public PackedBench(int width, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    this.width = width;
    values = new long[ROWS];
    for (int i = 0; i < ROWS; i++) {
      values[i] = 1_000_000_007L + (random.nextLong() >>> (64 - width));
    }
    ChunkWriter chunk = new ChunkWriter(3);
    LongEncoder.encode(values, ROWS, chunk);
    ByteSource head = new ByteSource("bench", 0, chunk.head().array(), 0, chunk.head().size());
    decoder = LongDecoder.open(head, ROWS, new ArrayPages(chunk.pages()));
    ByteSink sink = new ByteSink(1 << 20);
    starts = new int[ROWS / BitPacking.VECTOR];
    long[] numbers = new long[BitPacking.VECTOR];
    for (int v = 0; v < starts.length; v++) {
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = values[v * BitPacking.VECTOR + i] - 1_000_000_007L;
      }
      starts[v] = sink.size();
      BitPacking.pack(numbers, BitPacking.VECTOR, width, sink);
    }
    packed = sink.toBytes();
  }

  /** Whether decoding gives the numbers back, by either kernel. */
  public boolean isEqual() {
    long[] all = new long[ROWS];
    decoder.decode(0, ROWS, all, 0);
    boolean equal = Arrays.equals(all, values);
    for (UnpackKernel kernel : new UnpackKernel[] {UnpackKernel.BEST, new PlainUnpackKernel()}) {
      for (int v = 0; v < starts.length; v++) {
        kernel.unpack(packed, starts[v], width, 1_000_000_007L, 1, out, 0);
        int from = v * BitPacking.VECTOR;
        equal &= Arrays.equals(out, 0, out.length, values, from, from + out.length);
      }
    }
    return equal;
  }

  /** Billions of values a second as readers decode them, with the kernel this process chose. */
  public double decoded() {
    long start = System.nanoTime();
    for (int row = 0; row < ROWS; row += BitPacking.VECTOR) {
      decoder.decode(row, BitPacking.VECTOR, out, 0);
    }
    return (double) ROWS / (System.nanoTime() - start);
  }

  /** Billions of values a second by plain loops. */
  public double plain() {
    UnpackKernel kernel = new PlainUnpackKernel();
    long start = System.nanoTime();
    for (int at : starts) {
      kernel.unpack(packed, at, width, 1_000_000_007L, 1, out, 0);
    }
    return (double) ROWS / (System.nanoTime() - start);
  }

  /** Billions of values a second by {@code System.arraycopy} of a vector that lies in the cache. */
  public double copied() {
    long start = System.nanoTime();
    for (int i = 0; i < starts.length; i++) {
      System.arraycopy(values, i & 7, out, 0, out.length);
    }
    return (double) ROWS / (System.nanoTime() - start);
  }

  private record ArrayPages(List<byte[]> content) implements PageSource {
    ArrayPages(List<byte[]> content) {
      this.content = new ArrayList<>(content);
    }

    @Override
    public int pageCount() {
      return content.size();
    }

    @Override
    public ByteSource page(int page) {
      byte[] bytes = content.get(page);
      return new ByteSource("bench", 0, bytes, 0, bytes.length);
    }

    @Override
    public String key() {
      return "bench";
    }
  }
}
