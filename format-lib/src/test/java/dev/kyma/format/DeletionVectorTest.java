package dev.kyma.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kyma.format.bytes.CorruptBytesException;
import dev.kyma.format.vector.Bits;
import java.util.Arrays;
import java.util.BitSet;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class DeletionVectorTest {

  private static BitSet random(SplittableRandom random) {
    BitSet rows = new BitSet();
    int limit = 1 + random.nextInt(random.nextBoolean() ? 200 : ExtentWriter.MAX_ROWS);
    for (int i = random.nextInt(200); i > 0; i--) {
      int row = random.nextInt(limit);
      rows.set(row, Math.min(limit, row + 1 + random.nextInt(random.nextInt(9) == 0 ? 9_000 : 1)));
    }
    return rows;
  }

  private static DeletionVector vector(BitSet rows) {
    return DeletionVector.of(rows.stream().toArray());
  }

  @Test
  void setsOfRowsBehaveAsSetsAndComeBackFromTheirBytes() {
    long first = System.nanoTime();
    for (long seed = first; seed < first + 200; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      BitSet left = random(random);
      BitSet right = random(random);
      DeletionVector vector = vector(left);
      String label = "seed " + seed;
      assertThat(DeletionVector.fromBytes(vector.toBytes())).as(label).isEqualTo(vector);
      assertThat(vector.cardinality()).as(label).isEqualTo(left.cardinality());
      assertThat(vector.rows()).as(label).isEqualTo(left.stream().toArray());
      BitSet union = (BitSet) left.clone();
      union.or(right);
      assertThat(vector.union(vector(right))).as(label).isEqualTo(vector(union));
      assertThat(vector.union(vector(right)).toBytes())
          .as(label)
          .isEqualTo(vector(union).toBytes());
      BitSet minus = (BitSet) left.clone();
      minus.andNot(right);
      assertThat(vector.minus(vector(right))).as(label).isEqualTo(vector(minus));
      int from = random.nextInt(ExtentWriter.MAX_ROWS);
      int count = random.nextInt(8_193);
      long[] words = new long[Bits.words(count)];
      Bits.fill(words, count);
      vector.andNot(words, from, count);
      for (int i = 0; i < count; i++) {
        assertThat(Bits.get(words, i)).as(label).isEqualTo(!left.get(from + i));
      }
      assertThat(vector.cardinality(from, from + count))
          .as(label)
          .isEqualTo(left.get(from, from + count).cardinality());
    }
  }

  @Test
  void rowsNoExtentHasAreRefused() {
    assertThatThrownBy(() -> DeletionVector.of(1, -1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> DeletionVector.of(ExtentWriter.MAX_ROWS))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(DeletionVector.of(ExtentWriter.MAX_ROWS - 1).cardinality()).isEqualTo(1);
  }

  @Test
  void damagedBytesAreRefusedOrAreAnotherVectorWholly() {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    int refused = 0;
    for (int round = 0; round < 3_000; round++) {
      byte[] bytes = vector(random(random)).toBytes();
      byte[] damaged = Arrays.copyOf(bytes, random.nextInt(bytes.length + 3));
      for (int i = random.nextInt(3); i > 0 && damaged.length > 0; i--) {
        damaged[random.nextInt(Math.min(damaged.length, 40))] = (byte) random.nextInt();
      }
      try {
        assertThat(DeletionVector.fromBytes(damaged).toBytes())
            .as("seed " + seed)
            .isEqualTo(damaged);
      } catch (CorruptBytesException e) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(1_000);
  }
}
