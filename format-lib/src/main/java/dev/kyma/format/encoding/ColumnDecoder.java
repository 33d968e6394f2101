package dev.kyma.format.encoding;

import static java.util.Objects.requireNonNull;

import dev.kyma.format.json.PathExtractor;
import dev.kyma.format.predicate.Constant;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.AllNull;
import dev.kyma.format.vector.BytesVector;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.DoubleVector;
import dev.kyma.format.vector.FloatsVector;
import dev.kyma.format.vector.Int128Vector;
import dev.kyma.format.vector.LongVector;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what {@link ColumnEncoder} wrote. Used by one thread at a time. */
public final class ColumnDecoder {
  private final LogicalType type;
  private final int rows;
  private final Nulls nulls;
  private final @Nullable LongDecoder longs;
  private final @Nullable LongDecoder high;
  private final @Nullable DoubleDecoder doubles;
  private final @Nullable BytesDecoder bytes;
  private final @Nullable DynamicDecoder dynamic;
  private final FloatsCodec.@Nullable Decoder floats;

  private ColumnDecoder(ByteSource head, LogicalType type, int rows, PageSource pages) {
    this.type = type;
    this.rows = rows;
    nulls = Nulls.open(head, rows, pages);
    LongDecoder openLongs = null;
    LongDecoder openHigh = null;
    DoubleDecoder openDoubles = null;
    BytesDecoder openBytes = null;
    DynamicDecoder openDynamic = null;
    FloatsCodec.Decoder openFloats = null;
    if (!nulls.isAll()) {
      switch (type.physical()) {
        case LONG -> openLongs = LongDecoder.open(head, rows, pages);
        case DOUBLE -> openDoubles = new DoubleDecoder(head, rows, pages);
        case INT128 -> {
          if (head.u8(1) == 1) {
            openHigh = LongDecoder.open(head, rows, pages);
          }
          openLongs = LongDecoder.open(head, rows, pages);
        }
        case BYTES -> {
          if (type.kind() == LogicalType.Kind.DYNAMIC) {
            openDynamic = new DynamicDecoder(head, type, rows, nulls, pages);
          } else {
            openBytes = BytesDecoder.open(head, type, rows, pages);
          }
        }
        case FLOATS -> openFloats = new FloatsCodec.Decoder(head, type, rows, pages);
      }
    }
    longs = openLongs;
    high = openHigh;
    doubles = openDoubles;
    bytes = openBytes;
    dynamic = openDynamic;
    floats = openFloats;
  }

  /**
   * Reads the head of a column.
   *
   * @param head stands where the encoder began to write
   * @param type the type with which the column was written
   * @param rows how many rows the extent has
   */
  public static ColumnDecoder open(ByteSource head, LogicalType type, int rows, PageSource pages) {
    return new ColumnDecoder(head, type, rows, pages);
  }

  /** The type of the vectors that are decoded. */
  public LogicalType type() {
    return type;
  }

  /** Marks the pages that hold anything of rows {@code [from, to)}. */
  public void pages(int from, int to, BitSet needed) {
    nulls.pages(from, to, needed);
    if (longs != null) {
      longs.pages(from, to, needed);
    }
    if (high != null) {
      high.pages(from, to, needed);
    }
    if (doubles != null) {
      doubles.pages(from, to, needed);
    }
    if (bytes != null) {
      bytes.pages(from, to, needed);
    }
    if (dynamic != null) {
      dynamic.pages(from, to, needed);
    }
    if (floats != null) {
      floats.pages(from, to, needed);
    }
  }

  /**
   * Marks the pages that hold anything of a path in rows {@code [from, to)} of a dynamic column.
   */
  public void pathPages(List<String> keys, int from, int to, BitSet needed) {
    ShreddedPath path = dynamic == null ? null : dynamic.path(keys);
    if (path != null) {
      path.pages(from, to, needed);
    } else if (dynamic == null || !dynamic.isAbsent(keys)) {
      pages(from, to, needed);
    }
  }

  /**
   * Decodes a path of a dynamic column where that needs no look at the texts.
   *
   * @param type a type that {@link PathExtractor#supports}
   * @return null when the path must be extracted from the decoded texts
   */
  public @Nullable ColumnVector decodePath(
      List<String> keys, LogicalType type, int from, int size) {
    if (dynamic == null) {
      return null;
    }
    ShreddedPath path = dynamic.path(keys);
    if (path != null) {
      return path.decode(type, from, size);
    }
    return dynamic.isAbsent(keys) ? AllNull.of(type, size) : null;
  }

  /**
   * Decodes rows.
   *
   * @param from the first row, a multiple of 64
   * @param size how many rows
   * @param wanted the rows whose values matter, counted from {@code from}, null for all; others may
   *     come out as anything
   */
  public ColumnVector decode(int from, int size, long @Nullable [] wanted) {
    long[] nullRows = nulls.decode(from, size);
    if (bytes != null) {
      return bytes.decode(from, size, nullRows, wanted);
    }
    if (dynamic != null) {
      return dynamic.decode(from, size, nullRows, wanted);
    }
    return switch (type.physical()) {
      case LONG -> {
        long[] values = new long[size];
        if (longs != null) {
          longs.decode(from, size, values, 0);
        }
        yield new LongVector(type, size, values, nullRows);
      }
      case DOUBLE -> {
        double[] values = new double[size];
        if (doubles != null) {
          doubles.decode(from, size, values);
        }
        yield new DoubleVector(type, size, values, nullRows);
      }
      case INT128 -> decodeWide(from, size, nullRows);
      case BYTES -> new BytesVector(type, size, new byte[0], new int[size + 1], nullRows);
      case FLOATS ->
          floats != null
              ? floats.decode(from, size, nullRows, wanted)
              : new FloatsVector(type, size, new float[size * type.precision()], nullRows);
    };
  }

  private Int128Vector decodeWide(int from, int size, long @Nullable [] nullRows) {
    long[] low = new long[size];
    long[] upper = new long[size];
    if (longs != null) {
      longs.decode(from, size, low, 0);
    }
    if (high != null) {
      high.decode(from, size, upper, 0);
    } else {
      for (int i = 0; i < size; i++) {
        upper[i] = low[i] >> 63;
      }
    }
    return new Int128Vector(type, size, upper, low, nullRows);
  }

  /**
   * Clears the bits of rows that cannot contain some bytes, where that is cheaper to know than the
   * rows themselves are to decode; others may not contain them either.
   *
   * @param part what a value is to contain
   * @param from the row of the first bit
   */
  public void narrow(byte[] part, int from, int size, long[] words) {
    if (bytes instanceof LogTextDecoder texts) {
      texts.narrow(part, from, size, words);
    }
  }

  /** Which rows are NULL. */
  public Nulls nulls() {
    return nulls;
  }

  /** Whether the values of each vector of 1,024 rows have bounds that are known undecoded. */
  public boolean hasZones() {
    return doubles != null || longs != null && type.physical() == LogicalType.Physical.LONG;
  }

  /** A lower bound of the values of a vector, where there are {@link #hasZones zones}. */
  public Constant least(int vector) {
    return doubles != null
        ? new Constant.OfDouble(type, doubles.least(vector))
        : Constant.of(type, requireNonNull(longs).least(vector));
  }

  /** An upper bound of the values of a vector, where there are {@link #hasZones zones}. */
  public Constant greatest(int vector) {
    return doubles != null
        ? new Constant.OfDouble(type, doubles.greatest(vector))
        : Constant.of(type, requireNonNull(longs).greatest(vector));
  }
}
