package dev.kyma.format.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class HashingTest {

  /** As the specification says it, a byte at a time. */
  private static long specified(byte[] bytes) {
    long h = bytes.length * 0xD6E8FEB86659FD93L;
    for (int at = 0; at < bytes.length; at += 8) {
      long word = 0;
      for (int i = at; i < Math.min(at + 8, bytes.length); i++) {
        word |= (bytes[i] & 0xFFL) << (8 * (i - at));
      }
      h = (Long.rotateLeft(h, 29) ^ word) * 0x9E3779B97F4A7C15L;
      if (at + 8 <= bytes.length) {
        h ^= h >>> 32;
      }
    }
    long x = h + 0x9E3779B97F4A7C15L;
    x = (x ^ (x >>> 30)) * 0xBF58476D1CE4E5B9L;
    x = (x ^ (x >>> 27)) * 0x94D049BB133111EBL;
    return x ^ (x >>> 31);
  }

  @Test
  void theHashIsTheSpecifiedOneWhereverTheBytesLie() {
    SplittableRandom random = new SplittableRandom(1);
    for (int length = 0; length < 40; length++) {
      byte[] bytes = new byte[length];
      random.nextBytes(bytes);
      long expected = specified(bytes);
      assertThat(Hashing.hash(bytes, 0, length)).isEqualTo(expected);
      byte[] inside = new byte[length + 20];
      Arrays.fill(inside, (byte) 0x5A);
      System.arraycopy(bytes, 0, inside, 11, length);
      assertThat(Hashing.hash(inside, 11, length)).as("%d bytes", length).isEqualTo(expected);
    }
  }
}
