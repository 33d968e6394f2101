package dev.kyma.format.tlm;

import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.Bits;
import dev.kyma.format.vector.BytesVector;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.DictionaryVector;
import dev.kyma.format.vector.DoubleVector;
import dev.kyma.format.vector.FloatsVector;
import dev.kyma.format.vector.Int128Vector;
import dev.kyma.format.vector.LongVector;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Columns of every type in every shape that an encoding treats in its own way. */
final class RandomColumns {
  private static final List<LogicalType> TYPES =
      List.of(
          LogicalType.BOOL,
          LogicalType.INT16,
          LogicalType.INT32,
          LogicalType.INT64,
          LogicalType.FLOAT32,
          LogicalType.FLOAT64,
          LogicalType.decimal(12, 3),
          LogicalType.decimal(38, 10),
          LogicalType.DATE,
          LogicalType.TIME,
          LogicalType.TIMESTAMP,
          LogicalType.TEXT,
          LogicalType.BINARY,
          LogicalType.DYNAMIC,
          LogicalType.vector(3));

  private final SplittableRandom random;

  RandomColumns(SplittableRandom random) {
    this.random = random;
  }

  LogicalType type() {
    return TYPES.get(random.nextInt(TYPES.size()));
  }

  static List<LogicalType> types() {
    return TYPES;
  }

  private boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  /** Null rows: none, all, few, many or runs. */
  long @Nullable [] nulls(int size) {
    int shape = random.nextInt(6);
    if (shape < 2 || size == 0) {
      return null;
    }
    long[] nulls = new long[Bits.words(size)];
    boolean run = false;
    for (int i = 0; i < size; i++) {
      run = i % 100 == 0 ? random.nextBoolean() : run;
      boolean isNull =
          switch (shape) {
            case 2 -> true;
            case 3 -> chance(2);
            case 4 -> chance(60);
            default -> run;
          };
      if (isNull) {
        Bits.set(nulls, i);
      }
    }
    return nulls;
  }

  ColumnVector column(LogicalType type, int size) {
    long[] nulls = nulls(size);
    return switch (type.physical()) {
      case LONG -> new LongVector(type, size, longs(type, size), nulls);
      case DOUBLE -> new DoubleVector(type, size, doubles(type, size), nulls);
      case INT128 -> wide(type, size, nulls);
      case BYTES -> bytes(type, size, nulls, texts(type, size));
      case FLOATS -> {
        float[] values = new float[size * type.precision()];
        for (int i = 0; i < values.length; i++) {
          values[i] = chance(5) ? Float.NaN : random.nextInt(100) / 8f;
        }
        yield new FloatsVector(type, size, values, nulls);
      }
    };
  }

  private long[] longs(LogicalType type, int size) {
    long[] values = new long[size];
    int shape = random.nextInt(7);
    long base = random.nextLong();
    long step = 1L << random.nextInt(20);
    int bits = random.nextInt(64);
    for (int i = 0; i < size; i++) {
      values[i] =
          switch (shape) {
            case 0 -> base;
            case 1 -> base + i * step + (chance(3) ? random.nextInt(50) : 0);
            case 2 -> base % 1000 + random.nextInt(10) * 1000L;
            case 3 -> random.nextLong() >>> bits;
            case 4 -> chance(1) ? (random.nextBoolean() ? Long.MAX_VALUE : Long.MIN_VALUE) : i;
            case 5 -> random.nextInt(3) - 1;
            default -> 1_700_000_000_000_000_000L + i * 1_000_000L + random.nextInt(1000) * 1000L;
          };
    }
    return switch (type.kind()) {
      case BOOL -> Arrays.stream(values).map(v -> v & 1).toArray();
      case INT16 -> Arrays.stream(values).map(v -> (short) v).toArray();
      case INT32 -> Arrays.stream(values).map(v -> (int) v).toArray();
      case DATE -> Arrays.stream(values).map(v -> v % 100_000).toArray();
      case TIME -> Arrays.stream(values).map(v -> Math.floorMod(v, 86_400_000_000_000L)).toArray();
      case DECIMAL -> Arrays.stream(values).map(v -> v % 1_000_000_000_000L).toArray();
      case INT64, TIMESTAMP, FLOAT32, FLOAT64, TEXT, BINARY, DYNAMIC, VECTOR -> values;
    };
  }

  private double[] doubles(LogicalType type, int size) {
    double[] values = new double[size];
    int shape = random.nextInt(5);
    double[] odd = {
      Double.NaN,
      0.0,
      -0.0,
      Double.POSITIVE_INFINITY,
      Double.NEGATIVE_INFINITY,
      Double.MAX_VALUE,
      Double.MIN_VALUE,
      1e17,
      -9007199254740993.0
    };
    for (int i = 0; i < size; i++) {
      double value =
          switch (shape) {
            case 0 -> random.nextInt(100_000) / 100.0;
            case 1 -> random.nextDouble();
            case 2 -> chance(4) ? odd[random.nextInt(odd.length)] : random.nextInt(1000) / 10.0;
            case 3 -> odd[random.nextInt(odd.length)];
            default -> random.nextInt(5);
          };
      values[i] = type.equals(LogicalType.FLOAT32) ? (float) value : value;
    }
    return values;
  }

  private Int128Vector wide(LogicalType type, int size, long @Nullable [] nulls) {
    long[] high = new long[size];
    long[] low = new long[size];
    boolean narrow = random.nextBoolean();
    for (int i = 0; i < size; i++) {
      BigInteger value =
          narrow
              ? BigInteger.valueOf(random.nextLong())
              : BigInteger.valueOf(random.nextLong()).multiply(BigInteger.valueOf(1L << 40));
      high[i] = Int128Vector.high(value);
      low[i] = Int128Vector.low(value);
    }
    return new Int128Vector(type, size, high, low, nulls);
  }

  private IntFunction<byte[]> texts(LogicalType type, int size) {
    if (type.equals(LogicalType.DYNAMIC)) {
      return new RandomDocuments(random).documents();
    }
    int shape = random.nextInt(6);
    int hexDigits = 2 * (4 + random.nextInt(20));
    int distinct = 1 + random.nextInt(1 + random.nextInt(400));
    return i ->
        switch (shape) {
          case 0 -> text("value " + random.nextInt(distinct));
          case 1 ->
              text(HexFormat.of().toHexDigits(random.nextLong()).repeat(3).substring(0, hexDigits));
          case 2 ->
              text(HexFormat.of().toHexDigits(i / 9 * 7919L).repeat(3).substring(0, hexDigits));
          case 3 -> new byte[0];
          case 4 -> random(type);
          default -> text("GET /items/" + random.nextInt() + "?q=ünïcödé" + i);
        };
  }

  private byte[] random(LogicalType type) {
    int length = chance(1) ? random.nextInt(20_000) : random.nextInt(60);
    if (type.equals(LogicalType.BINARY)) {
      byte[] bytes = new byte[length];
      random.nextBytes(bytes);
      return bytes;
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.appendCodePoint(chance(95) ? 32 + random.nextInt(90) : 0x1F600 + random.nextInt(60));
    }
    return text(text.toString());
  }

  static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private ColumnVector bytes(
      LogicalType type, int size, long @Nullable [] nulls, IntFunction<byte[]> values) {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    int[] offsets = new int[size + 1];
    for (int i = 0; i < size; i++) {
      if (nulls == null || !Bits.get(nulls, i)) {
        data.writeBytes(values.apply(i));
      }
      offsets[i + 1] = data.size();
    }
    return new BytesVector(type, size, data.toByteArray(), offsets, nulls);
  }

  /** A row's value in a form that can be compared; null where it is NULL. */
  static @Nullable Object value(ColumnVector vector, int row) {
    if (vector.isNull(row)) {
      return null;
    }
    return switch (vector) {
      case LongVector longs -> longs.values()[row];
      case DoubleVector doubles -> doubles.values()[row];
      case Int128Vector wide -> wide.value(row);
      case BytesVector bytes -> new String(bytes.bytes(row), StandardCharsets.ISO_8859_1);
      case DictionaryVector coded ->
          new String(coded.dictionary().bytes(coded.codes()[row]), StandardCharsets.ISO_8859_1);
      case FloatsVector floats ->
          Arrays.toString(
              Arrays.copyOfRange(
                  floats.values(), row * floats.dimension(), (row + 1) * floats.dimension()));
    };
  }
}
