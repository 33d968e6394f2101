package dev.kyma.format.testing;

import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.Bits;
import dev.kyma.format.vector.BytesVector;
import dev.kyma.format.vector.BytesVectorBuilder;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.DictionaryVector;
import dev.kyma.format.vector.DoubleVectorBuilder;
import dev.kyma.format.vector.FloatsVectorBuilder;
import dev.kyma.format.vector.Int128VectorBuilder;
import dev.kyma.format.vector.LongVectorBuilder;
import dev.kyma.format.vector.VectorBuilder;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Makes random columns of every type, from few values so that they meet each other. */
public final class RandomVectors {
  /** A type of each kind. */
  public static final List<LogicalType> TYPES =
      List.of(
          LogicalType.BOOL,
          LogicalType.INT16,
          LogicalType.INT32,
          LogicalType.INT64,
          LogicalType.FLOAT32,
          LogicalType.FLOAT64,
          LogicalType.decimal(9, 2),
          LogicalType.decimal(30, 4),
          LogicalType.DATE,
          LogicalType.TIME,
          LogicalType.TIMESTAMP,
          LogicalType.TEXT,
          LogicalType.BINARY,
          LogicalType.DYNAMIC,
          LogicalType.vector(3));

  private static final String[] TEXTS = {
    "",
    "a",
    "A",
    "ab",
    "abc",
    "abcd",
    "b",
    "B%",
    "a_c",
    "ünïcode",
    "ÜNÏCODE",
    "GET /cart 200",
    "get",
    "error: cart failed",
    "Cart-42",
    "\uD83D\uDE00 smile",
    "K\u212A",
    "zz",
    "abcabcabd"
  };
  private static final double[] DOUBLES = {
    0,
    -0.0,
    1,
    1.5,
    -1.5,
    1e300,
    -1e300,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.MIN_VALUE,
    0.1
  };

  private final Random random;

  public RandomVectors(Random random) {
    this.random = random;
  }

  /** A column of {@code size} rows, with or without NULLs; byte strings also by dictionary. */
  public ColumnVector vector(LogicalType type, int size) {
    int nullsIn = random.nextInt(4);
    VectorBuilder builder = VectorBuilder.of(type, random.nextInt(4));
    if (type.physical() == LogicalType.Physical.BYTES && random.nextBoolean()) {
      return dictionary(type, size, nullsIn);
    }
    for (int i = 0; i < size; i++) {
      if (nullsIn > 0 && random.nextInt(nullsIn * 3) == 0) {
        builder.appendNull();
      } else {
        append(builder);
      }
    }
    return builder.build();
  }

  /** Adds a random value that is not NULL. */
  public void append(VectorBuilder builder) {
    switch (builder) {
      case LongVectorBuilder out -> out.append(longValue(out.type()));
      case DoubleVectorBuilder out -> {
        double value = DOUBLES[random.nextInt(DOUBLES.length)];
        out.append(out.type().kind() == LogicalType.Kind.FLOAT32 ? (float) value : value);
      }
      case Int128VectorBuilder out ->
          out.append(
              random.nextBoolean()
                  ? BigInteger.valueOf(random.nextInt(7) - 3)
                  : new BigInteger(95, random).multiply(BigInteger.valueOf(random.nextInt(3) - 1)));
      case BytesVectorBuilder out -> out.append(bytes(out.type()));
      case FloatsVectorBuilder out -> {
        float[] row = new float[out.type().precision()];
        for (int i = 0; i < row.length; i++) {
          row[i] = random.nextFloat();
        }
        out.append(row, 0);
      }
    }
  }

  private long longValue(LogicalType type) {
    return switch (type.kind()) {
      case BOOL -> random.nextInt(2);
      case TIME -> random.nextLong(86_400_000_000_000L);
      case INT64, TIMESTAMP ->
          switch (random.nextInt(8)) {
            case 0 -> Long.MAX_VALUE;
            case 1 -> Long.MIN_VALUE;
            case 2 -> 86_400_000_000_000L * random.nextInt(3);
            default -> random.nextInt(11) - 5;
          };
      default -> random.nextInt(11) - 5;
    };
  }

  private byte[] bytes(LogicalType type) {
    return switch (type.kind()) {
      case TEXT -> TEXTS[random.nextInt(TEXTS.length)].getBytes(StandardCharsets.UTF_8);
      case DYNAMIC -> ("{\"a\":" + random.nextInt(3) + "}").getBytes(StandardCharsets.UTF_8);
      default -> {
        byte[] value = new byte[random.nextInt(3)];
        random.nextBytes(value);
        yield value;
      }
    };
  }

  private DictionaryVector dictionary(LogicalType type, int size, int nullsIn) {
    LinkedHashSet<ByteBuffer> distinct = new LinkedHashSet<>();
    for (int i = 0; i < 8; i++) {
      distinct.add(ByteBuffer.wrap(bytes(type)));
    }
    BytesVectorBuilder entries = new BytesVectorBuilder(type, 8);
    distinct.forEach(entries::append);
    BytesVector dictionary = entries.build();
    int[] codes = new int[size];
    long @Nullable [] nulls = null;
    for (int i = 0; i < size; i++) {
      codes[i] = random.nextInt(dictionary.size());
      if (nullsIn > 0 && random.nextInt(nullsIn * 3) == 0) {
        nulls = nulls == null ? new long[Bits.words(size)] : nulls;
        Bits.set(nulls, i);
        codes[i] = -7;
      }
    }
    return new DictionaryVector(size, codes, dictionary, nulls);
  }
}
