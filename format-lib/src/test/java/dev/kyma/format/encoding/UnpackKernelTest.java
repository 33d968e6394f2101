package dev.kyma.format.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class UnpackKernelTest {
  private static final int SIZE = BitPacking.VECTOR;

  private static UnpackKernel[] kernels() {
    return new UnpackKernel[] {new PlainUnpackKernel(), new VectorUnpackKernel()};
  }

  private static long[] numbers(SplittableRandom random, int width) {
    long[] numbers = new long[SIZE];
    for (int i = 0; i < SIZE; i++) {
      numbers[i] = width == 0 ? 0 : random.nextLong() >>> (64 - width);
    }
    return numbers;
  }

  @Test
  void everyWidthComesBackFromEveryKernel() {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    assertThat(VectorUnpackKernel.isSupported()).isTrue();
    for (int width = 0; width <= 64; width++) {
      long[] numbers = numbers(random, width);
      ByteSink sink = new ByteSink(16);
      sink.zeros(random.nextInt(9));
      int at = sink.size();
      BitPacking.pack(numbers, SIZE, width, sink);
      assertThat(sink.size() - at).isEqualTo(BitPacking.bytes(SIZE, width));
      byte[] in = sink.toBytes();
      long base = random.nextLong();
      long factor = random.nextBoolean() ? 1 : random.nextLong();
      long[] expected = Arrays.stream(numbers).map(n -> base + factor * n).toArray();
      int[] expectedInts = Arrays.stream(expected).mapToInt(n -> (int) n).toArray();
      for (UnpackKernel kernel : kernels()) {
        String label = kernel.getClass().getSimpleName() + ", width " + width + ", seed " + seed;
        long[] out = new long[SIZE + 5];
        kernel.unpack(in, at, width, base, factor, out, 5);
        assertThat(Arrays.copyOfRange(out, 5, SIZE + 5)).as(label).isEqualTo(expected);
        int[] ints = new int[SIZE + 5];
        kernel.unpack(in, at, width, base, factor, ints, 5);
        assertThat(Arrays.copyOfRange(ints, 5, SIZE + 5)).as(label).isEqualTo(expectedInts);
      }
    }
  }

  @Test
  void shortRunsOfEveryWidthComeBack() {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    for (int width = 0; width <= 64; width++) {
      int count = 1 + random.nextInt(SIZE - 1);
      long[] numbers = numbers(random, width);
      ByteSink sink = new ByteSink(16);
      BitPacking.pack(numbers, count, width, sink);
      byte[] in = sink.toBytes();
      assertThat(in).hasSize(BitPacking.bytes(count, width));
      for (int i = 0; i < count; i++) {
        assertThat(BitPacking.getFromRun(in, 0, in.length, width, i))
            .as("width %d, number %d of %d, seed %d", width, i, count, seed)
            .isEqualTo(numbers[i]);
      }
    }
  }

  /** Prints how fast whole vectors are unpacked; asserts nothing about it. */
  @Test
  void speedIsPrinted() {
    SplittableRandom random = new SplittableRandom(1);
    long[] out = new long[SIZE];
    for (UnpackKernel kernel : kernels()) {
      for (int width : new int[] {5, 13, 31}) {
        ByteSink sink = new ByteSink(16);
        BitPacking.pack(numbers(random, width), SIZE, width, sink);
        byte[] in = sink.toBytes();
        double best = 0;
        for (int round = 0; round < 6; round++) {
          long start = System.nanoTime();
          for (int i = 0; i < 30_000; i++) {
            kernel.unpack(in, 0, width, i, 1, out, 0);
          }
          best = Math.max(best, 30_000.0 * SIZE / (System.nanoTime() - start));
        }
        System.out.printf(
            "%s, %d bits: %.2f G values/s%n", kernel.getClass().getSimpleName(), width, best);
      }
    }
    assertThat(out[0]).isGreaterThanOrEqualTo(29_999);
  }
}
