package dev.kyma.format.encoding;

import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.BytesVector;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The values of one path that are to be stored as a column. Used by one thread. */
final class PathColumn {
  /** Numbers are stored as such when at most one in so many does not come back. */
  private static final int MAX_ODD_SHARE = 20;

  private static final int CLEARLY_FEW = 8;
  private static final int FEW = 4;
  private static final int MAX_DISTINCT = 1 << 16;

  /** The path's node. */
  final int node;

  /** The leaves that are stored here, in the order of their rows. */
  final int[] leaves;

  /** The rows that have a value here. */
  final int[] rows;

  private final long @Nullable [] unscaled;
  private final long @Nullable [] scales;
  private final @Nullable DecimalColumn decimals;
  private final @Nullable BytesDictionary values;
  private final @Nullable BytesVector texts;

  private PathColumn(
      int node,
      int[] leaves,
      int[] rows,
      long @Nullable [] unscaled,
      long @Nullable [] scales,
      @Nullable BytesDictionary values,
      @Nullable BytesVector texts) {
    this.node = node;
    this.leaves = leaves;
    this.rows = rows;
    this.unscaled = unscaled;
    this.scales = scales;
    decimals = unscaled == null || scales == null ? null : DecimalColumn.of(unscaled, scales);
    this.values = values;
    this.texts = texts;
  }

  /** A column of these leaves, whatever they are, for the sake of what their documents leave. */
  static PathColumn ofTexts(
      int node, int[] leaves, int[] rowOf, DocumentLeaves documents, BytesVector texts) {
    ByteSink data = new ByteSink(16 * leaves.length);
    int[] offsets = new int[leaves.length + 1];
    for (int i = 0; i < leaves.length; i++) {
      int from = documents.start(leaves[i]);
      data.bytes(texts.data(), from, documents.end(leaves[i]) - from);
      offsets[i + 1] = data.size();
    }
    BytesVector own =
        new BytesVector(LogicalType.DYNAMIC, leaves.length, data.array(), offsets, null);
    return new PathColumn(node, leaves, rows(leaves, rowOf, leaves.length), null, null, null, own);
  }

  /** A column of these leaves; null when it would not pay. */
  static @Nullable PathColumn of(int node, int[] leaves, int[] rowOf, DocumentLeaves documents) {
    LeafValues values = documents.values(node);
    int distinct = values.distinct().count();
    boolean few = values.isFew() && distinct <= Math.min(leaves.length / FEW, MAX_DISTINCT);
    int[] codes = new int[leaves.length];
    for (int i = 0; i < leaves.length; i++) {
      codes[i] = documents.code(leaves[i]);
    }
    if (!few || distinct > leaves.length / CLEARLY_FEW) {
      PathColumn numbers = numbers(node, leaves, codes, rowOf, values);
      if (numbers != null) {
        return numbers;
      }
    }
    return few
        ? new PathColumn(
            node,
            leaves,
            rows(leaves, rowOf, leaves.length),
            null,
            null,
            BytesDictionary.of(LogicalType.DYNAMIC, codes, values.distinct()),
            null)
        : null;
  }

  private static int[] rows(int[] leaves, int[] rowOf, int count) {
    int[] rows = new int[count];
    for (int i = 0; i < count; i++) {
      rows[i] = rowOf[leaves[i]];
    }
    return rows;
  }

  private static @Nullable PathColumn numbers(
      int node, int[] leaves, int[] codes, int[] rowOf, LeafValues values) {
    long[] wholes = new long[leaves.length];
    long[] fractions = new long[leaves.length];
    values.numbers(codes, wholes, fractions);
    int[] kept = new int[leaves.length];
    int count = 0;
    for (int i = 0; i < leaves.length; i++) {
      if (fractions[i] >= 0) {
        kept[count] = leaves[i];
        wholes[count] = wholes[i];
        fractions[count++] = fractions[i];
      }
    }
    if ((leaves.length - count) * (long) MAX_ODD_SHARE > leaves.length + 64) {
      return null;
    }
    int[] own = Arrays.copyOf(kept, count);
    return new PathColumn(
        node,
        own,
        rows(own, rowOf, count),
        Arrays.copyOf(wholes, count),
        Arrays.copyOf(fractions, count),
        null,
        null);
  }

  boolean isNumeric() {
    return unscaled != null;
  }

  /** Whether numbers have a common scale. */
  boolean isScaled() {
    return decimals != null;
  }

  void write(ChunkWriter chunk) {
    if (values != null) {
      BytesEncoder.encode(values.entries(), values, chunk);
    } else if (decimals != null) {
      decimals.write(chunk);
    } else if (unscaled != null && scales != null) {
      LongEncoder.encode(unscaled, unscaled.length, chunk);
      LongEncoder.encode(scales, scales.length, chunk);
    } else if (texts != null) {
      BytesEncoder.encode(texts, null, chunk);
    }
  }
}
