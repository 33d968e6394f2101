package dev.kyma.format.stats;

import dev.kyma.format.encoding.Hashing;
import dev.kyma.format.type.TableSchema;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.Bits;
import dev.kyma.format.vector.BytesVector;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.DictionaryVector;
import dev.kyma.format.vector.DoubleVector;
import dev.kyma.format.vector.Flatten;
import dev.kyma.format.vector.FloatsVector;
import dev.kyma.format.vector.Int128Vector;
import dev.kyma.format.vector.LongVector;
import org.jspecify.annotations.Nullable;

/**
 * The order-independent hash of a multiset of rows.
 *
 * <p>A row's hash is the sum over its columns that are not NULL of {@code mix(value ^ mix(column
 * id))}; the hash of the rows is the sum of {@code mix(row)}. The hash of a value is {@code
 * mix(number)}, {@code mix(bits of the double, one NaN)}, {@code mix(mix(high) ^ low)}, the {@link
 * Hashing#hash} of a byte string, or all floats folded in by {@code h = mix(h ^ bits)} from 0.
 * Columns that are all NULL, and rows in another order, change nothing. Used by one thread.
 */
public final class RowHashes {
  private final long[] rows;

  /**
   * @param rows how many rows are to be hashed
   */
  public RowHashes(int rows) {
    this.rows = new long[rows];
  }

  /** The hash of every row's value; 0 for byte strings that are NULL. */
  public static long[] of(BytesVector bytes) {
    long[] hashes = new long[bytes.size()];
    for (int row = 0; row < hashes.length; row++) {
      if (!bytes.isNull(row)) {
        hashes[row] = Hashing.hash(bytes.data(), bytes.offsets()[row], bytes.length(row));
      }
    }
    return hashes;
  }

  /**
   * Adds a column.
   *
   * @param hashes the hash of every value where they are byte strings; else unused
   */
  public void add(int column, ColumnVector values, long[] hashes) {
    long salt = Hashing.mix(column);
    long[] nulls = values.nulls();
    switch (values) {
      case LongVector longs -> {
        for (int row = 0; row < rows.length; row++) {
          add(row, Hashing.mix(longs.values()[row]), salt, nulls);
        }
      }
      case DoubleVector doubles -> {
        for (int row = 0; row < rows.length; row++) {
          add(row, Hashing.mix(Double.doubleToLongBits(doubles.values()[row])), salt, nulls);
        }
      }
      case Int128Vector wide -> {
        for (int row = 0; row < rows.length; row++) {
          add(row, Hashing.mix(Hashing.mix(wide.high()[row]) ^ wide.low()[row]), salt, nulls);
        }
      }
      case BytesVector _ -> {
        for (int row = 0; row < rows.length; row++) {
          add(row, hashes[row], salt, nulls);
        }
      }
      case FloatsVector floats -> {
        for (int row = 0; row < rows.length; row++) {
          add(row, hash(floats, row), salt, nulls);
        }
      }
      case DictionaryVector coded -> throw new IllegalArgumentException(coded.type().id());
    }
  }

  private void add(int row, long value, long salt, long @Nullable [] nulls) {
    if (nulls == null || !Bits.get(nulls, row)) {
      rows[row] += Hashing.mix(value ^ salt);
    }
  }

  private static long hash(FloatsVector floats, int row) {
    long hash = 0;
    int from = row * floats.dimension();
    for (int i = from; i < from + floats.dimension(); i++) {
      hash = Hashing.mix(hash ^ Float.floatToIntBits(floats.values()[i]));
    }
    return hash;
  }

  /**
   * The hash of a batch's rows.
   *
   * @param schema the columns of the batch, for their ids
   */
  public static long of(Batch batch, TableSchema schema) {
    RowHashes hashes = new RowHashes(batch.rowCount());
    for (int i = 0; i < schema.size(); i++) {
      ColumnVector values = Flatten.of(batch.column(i));
      hashes.add(
          schema.field(i).id(),
          values,
          values instanceof BytesVector bytes ? of(bytes) : new long[0]);
    }
    return hashes.total();
  }

  /** The hash of all rows. */
  public long total() {
    long total = 0;
    for (long row : rows) {
      total += Hashing.mix(row);
    }
    return total;
  }
}
