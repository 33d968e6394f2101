package dev.kyma.format.tlm;

import dev.kyma.format.ExtentOptions;
import dev.kyma.format.encoding.BytesDictionary;
import dev.kyma.format.encoding.ChunkWriter;
import dev.kyma.format.index.ExtentFilter;
import dev.kyma.format.index.TokenIndexWriter;
import dev.kyma.format.index.ValueHash;
import dev.kyma.format.index.ValueIndexWriter;
import dev.kyma.format.type.Field;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.BytesVector;
import dev.kyma.format.vector.ColumnVector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Builds the indexes of an extent while its columns are written. Used by one thread.
 *
 * <p>Texts get a token index. Columns of identifiers, and others of more values than statistics
 * count one by one, get a value index that says which vectors hold each value, provided that values
 * repeat: an index of values that are all different would be as large as the column.
 */
final class ExtentIndexes {
  /** Statistics count so many values one by one. */
  private static final int COUNTED_VALUES = 256;

  /** Longer values than this are texts rather than identifiers. */
  private static final int IDENTIFIER_BYTES = 64;

  private static final int SAMPLE = 1_024;
  private static final int VALUE_BITS = 16;
  private static final int TOKEN_BITS = 12;

  /** A built index that waits for its place behind the columns. */
  private record Built(RegionKind kind, int column, ChunkWriter chunk) {}

  private final ExtentOptions options;
  private final int rows;
  private final List<Built> built = new ArrayList<>();
  private final List<ExtentFilter> filters = new ArrayList<>();
  private final Map<Integer, long[]> keyHashes = new HashMap<>();

  ExtentIndexes(ExtentOptions options, int rows) {
    this.options = options;
    this.rows = rows;
  }

  /** How many rows of a token are listed exactly. */
  private int exactRows() {
    return switch (options.effort()) {
      case FLUSH -> 8;
      case COMPACTION -> 64;
    };
  }

  /**
   * Takes a column.
   *
   * @param hashes the hash of every row of byte strings
   */
  void add(Field field, ColumnVector values, @Nullable BytesDictionary dictionary, long[] hashes) {
    boolean isKey = options.primaryKey().contains(field.id());
    if (isKey) {
      keyHashes.put(field.id(), values instanceof BytesVector ? hashes : ValueHash.of(values));
    }
    if (rows == 0
        || !(values instanceof BytesVector bytes)
        || field.type().kind() == LogicalType.Kind.DYNAMIC
        || isKey && options.primaryKey().size() == 1) {
      return;
    }
    if (dictionary != null ? dictionary.entries().size() > COUNTED_VALUES : isIdentifiers(bytes)) {
      addValues(field, bytes, hashes);
    } else if (dictionary == null && field.type().kind() == LogicalType.Kind.TEXT) {
      addTokens(field, bytes);
    }
  }

  private void addValues(Field field, BytesVector bytes, long[] hashes) {
    ChunkWriter chunk = new ChunkWriter(0);
    ExtentFilter filter =
        ValueIndexWriter.writeVectors(
            field.id(), hashes, bytes.nulls(), rows / 2, VALUE_BITS, chunk);
    if (filter != null) {
      built.add(new Built(RegionKind.VALUES, field.id(), chunk));
      filters.add(filter);
    }
  }

  private void addTokens(Field field, BytesVector texts) {
    TokenIndexWriter tokens = new TokenIndexWriter(rows, exactRows());
    tokens.add(texts);
    if (tokens.size() > 0) {
      ChunkWriter chunk = new ChunkWriter(0);
      tokens.write(chunk);
      built.add(new Built(RegionKind.TOKEN_INDEX, field.id(), chunk));
      filters.add(tokens.filter(ExtentFilter.tokensOf(field.id()), TOKEN_BITS));
    }
  }

  /** Whether a sample of a column is short strings without blanks. */
  private static boolean isIdentifiers(BytesVector bytes) {
    int step = Math.max(1, bytes.size() / SAMPLE);
    int seen = 0;
    int odd = 0;
    for (int row = 0; row < bytes.size(); row += step) {
      if (!bytes.isNull(row)) {
        seen++;
        odd += isIdentifier(bytes, row) ? 0 : 1;
      }
    }
    return seen > 0 && odd * 20 < seen;
  }

  private static boolean isIdentifier(BytesVector bytes, int row) {
    if (bytes.length(row) > IDENTIFIER_BYTES) {
      return false;
    }
    for (int i = bytes.offsets()[row]; i < bytes.offsets()[row + 1]; i++) {
      if (bytes.data()[i] == ' ') {
        return false;
      }
    }
    return true;
  }

  /** Writes all indexes. */
  void write(RegionWriter out) {
    if (!options.primaryKey().isEmpty()) {
      long[] hashes = new long[rows];
      for (int i = 0; i < options.primaryKey().size(); i++) {
        long[] next = keyHashes.get(options.primaryKey().get(i));
        if (next == null) {
          throw new IllegalStateException("no key column " + options.primaryKey().get(i));
        }
        ValueHash.fold(hashes, next, i == 0);
      }
      ChunkWriter chunk = new ChunkWriter(0);
      filters.add(ValueIndexWriter.writeKeys(hashes, VALUE_BITS, chunk));
      built.add(new Built(RegionKind.PRIMARY_KEYS, ExtentFilter.PRIMARY_KEY, chunk));
    }
    for (Built index : built) {
      out.add(index.kind, index.column, index.chunk);
    }
  }

  /** The filters of what has been written. */
  List<ExtentFilter> filters() {
    return filters;
  }

  /** How many bits each entry has in the filter of a kind of index. */
  static int filterBits(RegionKind kind) {
    return kind == RegionKind.TOKEN_INDEX ? TOKEN_BITS : VALUE_BITS;
  }
}
