package dev.kyma.format.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kyma.format.bytes.ByteReader;
import dev.kyma.format.bytes.ByteWriter;
import dev.kyma.format.bytes.CorruptBytesException;
import dev.kyma.format.predicate.Constant;
import dev.kyma.format.stats.ColumnStats.ValueCount;
import dev.kyma.format.type.LogicalType;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ColumnStatsCodecTest {
  private static final List<ColumnStats> EXAMPLE =
      List.of(
          new ColumnStats(
              1,
              LogicalType.TIMESTAMP,
              1000,
              0,
              Constant.of(LogicalType.TIMESTAMP, -5),
              Constant.of(LogicalType.TIMESTAMP, 1_700_000_000_000_000_000L),
              true,
              900,
              List.of()),
          new ColumnStats(
              -2,
              LogicalType.TEXT,
              1000,
              10,
              Constant.of("a"),
              Constant.of("ü"),
              false,
              -1,
              List.of(new ValueCount(Constant.of("a"), 990))),
          new ColumnStats(3, LogicalType.decimal(38, 4), 7, 7, null, null, false, 0, List.of()));

  private static byte[] bytes(List<ColumnStats> columns) {
    ByteWriter out = new ByteWriter();
    ColumnStatsCodec.write(columns, out);
    return out.toByteArray();
  }

  @Test
  void bytesOfVersionOneStayWhatTheyAre() {
    assertThat(HexFormat.of().formatHex(bytes(EXAMPLE)))
        .isEqualTo(
            "01030209e80700070009008080d0e2c6bfce972f880e00030ae8070a030001610002c3bc0101000161de07"
                + "060d26040707000000");
  }

  @Test
  void whatIsWrittenIsRead() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 2_000; round++) {
      List<ColumnStats> columns = new ArrayList<>();
      for (int i = random.nextInt(6); i > 0; i--) {
        columns.add(column(random));
      }
      ByteReader in = new ByteReader(bytes(columns));
      assertThat(ColumnStatsCodec.read(in)).as("seed %d", seed).isEqualTo(columns);
      in.end();
    }
  }

  @Test
  void damagedBytesNeverGiveAnythingButTheirOwnException() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    byte[] good = bytes(EXAMPLE);
    for (int round = 0; round < 20_000; round++) {
      byte[] bad = Arrays.copyOf(good, random.nextInt(good.length + 1));
      for (int i = random.nextInt(4); i > 0 && bad.length > 0; i--) {
        bad[random.nextInt(bad.length)] = (byte) random.nextInt();
      }
      try {
        ColumnStatsCodec.read(new ByteReader(bad));
      } catch (CorruptBytesException expected) {
        assertThat(expected.offset()).as("seed %d", seed).isBetween(0, bad.length);
      }
    }
    for (int length = 0; length < good.length; length++) {
      byte[] torn = Arrays.copyOf(good, length);
      assertThatThrownBy(() -> ColumnStatsCodec.read(new ByteReader(torn)))
          .isInstanceOf(CorruptBytesException.class);
    }
  }

  private static ColumnStats column(Random random) {
    LogicalType[] types = {
      LogicalType.BOOL,
      LogicalType.INT16,
      LogicalType.INT32,
      LogicalType.INT64,
      LogicalType.FLOAT32,
      LogicalType.FLOAT64,
      LogicalType.DATE,
      LogicalType.TIME,
      LogicalType.TIMESTAMP,
      LogicalType.TEXT,
      LogicalType.BINARY,
      LogicalType.DYNAMIC,
      LogicalType.decimal(18, 2),
      LogicalType.decimal(38, 38)
    };
    LogicalType type = types[random.nextInt(types.length)];
    List<ValueCount> counts = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      counts.add(new ValueCount(constant(type, random), random.nextLong() >>> 1));
    }
    return new ColumnStats(
        random.nextInt(),
        type,
        random.nextLong() >>> 1,
        random.nextInt(9),
        random.nextBoolean() ? constant(type, random) : null,
        random.nextBoolean() ? constant(types[random.nextInt(types.length)], random) : null,
        random.nextBoolean(),
        random.nextLong(),
        counts);
  }

  private static Constant constant(LogicalType type, Random random) {
    return switch (type.physical()) {
      case LONG -> new Constant.OfLong(type, random.nextLong() >> random.nextInt(64));
      case DOUBLE ->
          new Constant.OfDouble(type, random.nextBoolean() ? Double.NaN : random.nextGaussian());
      case INT128 ->
          new Constant.OfInt128(type, new BigInteger(random.nextInt(126), random).negate());
      case BYTES ->
          new Constant.OfBytes(
              type, "x".repeat(random.nextInt(40)).getBytes(StandardCharsets.UTF_8));
      case FLOATS -> throw new AssertionError(type);
    };
  }
}
