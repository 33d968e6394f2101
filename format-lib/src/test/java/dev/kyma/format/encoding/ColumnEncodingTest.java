package dev.kyma.format.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kyma.format.testing.Values;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.Bits;
import dev.kyma.format.vector.BytesVector;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.DoubleVector;
import dev.kyma.format.vector.FloatsVector;
import dev.kyma.format.vector.Int128Vector;
import dev.kyma.format.vector.LongVector;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What holds of every encoding: the chooser takes it for the values it is meant for, any range of
 * rows comes back, and needs no other pages than the decoder has said.
 */
final class ColumnEncodingTest {
  private static final int ROWS = 70_000;
  private static final String KEY = "t/e";

  /**
   * @param name what the values are like
   * @param path the bytes the head begins with, which name the encoding
   */
  record Example(String name, List<Integer> path, ColumnVector values) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static ColumnVector longs(IntFunction<Long> value) {
    long[] values = new long[ROWS];
    for (int i = 0; i < ROWS; i++) {
      values[i] = value.apply(i);
    }
    return new LongVector(LogicalType.INT64, values);
  }

  private static ColumnVector doubles(IntToDoubleFunction value) {
    double[] values = new double[ROWS];
    for (int i = 0; i < ROWS; i++) {
      values[i] = value.applyAsDouble(i);
    }
    return new DoubleVector(LogicalType.FLOAT64, values);
  }

  private static ColumnVector texts(LogicalType type, IntFunction<String> value, int nullEvery) {
    ByteSink data = new ByteSink(1 << 20);
    int[] offsets = new int[ROWS + 1];
    long[] nulls = new long[Bits.words(ROWS)];
    for (int i = 0; i < ROWS; i++) {
      if (nullEvery > 0 && i % nullEvery == 0) {
        Bits.set(nulls, i);
      } else {
        data.bytes(value.apply(i).getBytes(StandardCharsets.UTF_8));
      }
      offsets[i + 1] = data.size();
    }
    return new BytesVector(type, ROWS, data.toBytes(), offsets, nullEvery > 0 ? nulls : null);
  }

  private static ColumnVector wide(IntUnaryOperator high) {
    long[] upper = new long[ROWS];
    long[] lower = new long[ROWS];
    for (int i = 0; i < ROWS; i++) {
      lower[i] = i * 31L;
      upper[i] = high.applyAsInt(i);
    }
    return new Int128Vector(LogicalType.decimal(30, 2), ROWS, upper, lower, null);
  }

  static Stream<Example> examples() {
    SplittableRandom random = new SplittableRandom(3);
    LogicalType text = LogicalType.TEXT;
    LogicalType dynamic = LogicalType.DYNAMIC;
    float[] floats = new float[ROWS * 2];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = i / 3f;
    }
    long[] allNull = new long[Bits.words(ROWS)];
    Bits.fill(allNull, ROWS);
    return Stream.of(
        new Example("one number", List.of(0, 0), longs(i -> 42L)),
        new Example("numbers in a range", List.of(0, 1), longs(i -> random.nextLong(1000))),
        new Example("multiples", List.of(0, 1), longs(i -> 7 + 1_000_000L * random.nextInt(50))),
        new Example("all 64 bits", List.of(0, 1), longs(i -> random.nextLong())),
        new Example("ascending numbers", List.of(0, 2), longs(i -> i * 1000L + random.nextInt(9))),
        new Example("runs with jumps", List.of(0, 2), longs(i -> (i / 500L << 20) + i % 500)),
        new Example("short decimals", List.of(0, 1), doubles(i -> random.nextInt(9999) / 100.0)),
        new Example(
            "decimals and others",
            List.of(0, 1),
            doubles(i -> i % 50 == 0 ? Double.NaN : random.nextInt(9999) / 1000.0)),
        new Example("any doubles", List.of(0, 0), doubles(i -> random.nextDouble())),
        new Example("few texts", List.of(2, 0), texts(text, i -> "v" + i % 300, 7)),
        new Example(
            "many repeated ids",
            List.of(0, 4),
            texts(text, i -> HexFormat.of().toHexDigits(i / 9 * 7919L), 0)),
        new Example(
            "ids",
            List.of(2, 1),
            texts(text, i -> HexFormat.of().toHexDigits(random.nextLong()), 11)),
        new Example(
            "log texts",
            List.of(2, 3),
            texts(text, i -> "user " + i % 7_001 + " took " + random.nextInt(90_000) + " ms", 5)),
        new Example(
            "other texts",
            List.of(2, 2),
            texts(text, i -> Integer.toString(random.nextInt(), 36).replace('-', 'z'), 5)),
        new Example(
            "documents of few shapes",
            List.of(2, 1, 0),
            texts(
                dynamic, i -> "{\"a\":" + random.nextInt(9000) + ",\"b\":\"x" + i % 5 + "\"}", 9)),
        new Example(
            "documents of many shapes",
            List.of(2, 1, 3),
            texts(
                dynamic,
                i -> "{\"a\":" + random.nextInt(9000) / 8.0 + ",\"u\":[" + random.nextInt() + "]}",
                9)),
        new Example(
            "documents of few shapes once their texts are taken out",
            List.of(2, 1, 0),
            texts(
                dynamic,
                i ->
                    "{\"a\":"
                        + random.nextInt(9000) / 8.0
                        + ",\"u\":\"x"
                        + random.nextInt()
                        + "\"}",
                9)),
        new Example(
            "few documents", List.of(0, 0, 0), texts(dynamic, i -> "{\"a\":" + i % 3 + "}", 0)),
        new Example("short wide decimals", List.of(0, 0), wide(i -> 0)),
        new Example("wide decimals", List.of(0, 1), wide(i -> i % 7 - 3)),
        new Example(
            "vectors", List.of(0), new FloatsVector(LogicalType.vector(2), ROWS, floats, null)),
        new Example(
            "nothing",
            List.of(1),
            new LongVector(LogicalType.DATE, ROWS, new long[ROWS], allNull)));
  }

  /** Pages in memory, of which only those asked for may be read. */
  private static final class Pages implements PageSource {
    private final List<byte[]> pages;
    private BitSet allowed = new BitSet();

    Pages(List<byte[]> pages) {
      this.pages = pages;
    }

    @Override
    public int pageCount() {
      return pages.size();
    }

    @Override
    public ByteSource page(int page) {
      assertThat(allowed.get(page)).as("page %d was asked for", page).isTrue();
      byte[] bytes = pages.get(page);
      return new ByteSource(KEY, 0, bytes, 0, bytes.length);
    }

    @Override
    public String key() {
      return KEY;
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void anyRangeComesBackFromItsOwnPages(Example example) {
    ColumnVector values = example.values();
    ChunkWriter chunk = new ChunkWriter(3);
    BytesDictionary dictionary = null;
    if (values instanceof BytesVector bytes) {
      long[] hashes = new long[ROWS];
      for (int i = 0; i < ROWS; i++) {
        hashes[i] = Hashing.hash(bytes.data(), bytes.offsets()[i], bytes.length(i));
      }
      dictionary = BytesDictionary.find(bytes, hashes);
    }
    ColumnEncoder.encode(values, dictionary, chunk);
    byte[] head = chunk.head().toBytes();
    int at = 0;
    for (int i = 0; i < example.path().size(); i++) {
      assertThat((int) head[at]).as("byte %d of the head", at).isEqualTo(example.path().get(i));
      // The number of the first page of the null bitmap follows its kind.
      at += i == 0 && head[0] == Nulls.BITMAP ? 2 : 1;
    }
    List<Object> expected = Values.of(values);
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 12; round++) {
      Pages pages = new Pages(chunk.pages());
      ColumnDecoder decoder =
          ColumnDecoder.open(
              new ByteSource(KEY, 0, head, 0, head.length), values.type(), ROWS, pages);
      for (int part = 0; part < 4; part++) {
        int from = round == 0 ? 0 : random.nextInt(ROWS / 64) * 64;
        int size = round == 0 ? ROWS : Math.min(ROWS - from, 1 + random.nextInt(9_000));
        BitSet needed = new BitSet();
        decoder.pages(from, from + size, needed);
        pages.allowed = needed;
        long[] wanted = random.nextBoolean() ? null : new long[Bits.words(size)];
        for (int i = 0; wanted != null && i < size; i++) {
          if (random.nextInt(3000) == 0) {
            Bits.set(wanted, i);
          }
        }
        ColumnVector decoded = decoder.decode(from, size, wanted);
        assertThat(decoded.size()).isEqualTo(size);
        for (int i = 0; i < size; i++) {
          if (wanted == null || Bits.get(wanted, i)) {
            assertThat(Values.value(decoded, i))
                .as("row %d, seed %d", from + i, seed)
                .isEqualTo(expected.get(from + i));
          }
        }
      }
    }
  }
}
