package dev.kyma.format.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kyma.format.predicate.Constant;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.BytesVectorBuilder;
import dev.kyma.format.vector.DoubleVector;
import dev.kyma.format.vector.LongVector;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class ExtentFilterTest {

  private static double falsePositives(int bits) {
    SplittableRandom random = new SplittableRandom(7);
    long[] hashes = random.longs(100_000).toArray();
    ExtentFilter filter = ExtentFilter.of(3, hashes, 0, hashes.length, bits);
    for (long hash : hashes) {
      assertThat(filter.mayContain(ExtentFilter.hash(hash))).isTrue();
      long known = ExtentFilter.hash(hash);
      int block = ExtentFilter.blockIndex(known, filter.blockCount());
      byte[] alone = Arrays.copyOfRange(filter.blocks(), 32 * block, 32 * block + 32);
      assertThat(ExtentFilter.mayContain(alone, known)).isTrue();
    }
    int found = 0;
    for (int i = 0; i < 100_000; i++) {
      found += filter.mayContain(ExtentFilter.hash(random.nextLong())) ? 1 : 0;
    }
    return found / 100_000.0;
  }

  @Test
  void whatIsThereIsFoundAndLittleElse() {
    assertThat(falsePositives(8)).isBetween(0.005, 0.04);
    assertThat(falsePositives(12)).isLessThan(0.009);
    assertThat(falsePositives(16)).isLessThan(0.003);
  }

  @Test
  void aConstantHasTheHashOfTheValueItEquals() {
    BytesVectorBuilder texts = new BytesVectorBuilder(LogicalType.TEXT, 1);
    texts.append("größer".getBytes(StandardCharsets.UTF_8));
    assertThat(ValueHash.of(LogicalType.TEXT, Constant.of("größer")))
        .hasValue(ValueHash.of(texts.build())[0]);
    LongVector number = new LongVector(LogicalType.INT32, new long[] {-5});
    assertThat(ValueHash.of(LogicalType.INT32, Constant.of(LogicalType.INT64, -5)))
        .hasValue(ValueHash.of(number)[0]);
    assertThat(ValueHash.of(LogicalType.INT32, Constant.of(-5.0)))
        .hasValue(ValueHash.of(number)[0]);
    assertThat(ValueHash.of(LogicalType.INT32, Constant.of(-5.5))).isEmpty();
    LongVector decimal = new LongVector(LogicalType.decimal(9, 2), new long[] {150});
    assertThat(ValueHash.of(LogicalType.decimal(9, 2), Constant.of(1.5)))
        .hasValue(ValueHash.of(decimal)[0]);
    DoubleVector zero = new DoubleVector(LogicalType.FLOAT64, new double[] {-0.0});
    assertThat(ValueHash.of(LogicalType.FLOAT64, Constant.of(LogicalType.INT64, 0)))
        .hasValue(ValueHash.of(zero)[0]);
  }

  @Test
  void aKeyOfOneColumnHasTheHashOfItsValue() {
    LongVector ids = new LongVector(LogicalType.INT64, new long[] {1, 2, 3});
    assertThat(ValueHash.ofKeys(new Batch(List.of(ids), 3))).isEqualTo(ValueHash.of(ids));
    assertThat(ValueHash.ofKeys(new Batch(List.of(ids, ids), 3))).doesNotHaveDuplicates();
  }
}
