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
  static @Nullable PathColumn of(
      int node, int[] leaves, int[] rowOf, DocumentLeaves documents, BytesVector texts) {
    BytesDictionary values = values(leaves, documents, texts);
    if (values == null || values.entries().size() > leaves.length / CLEARLY_FEW) {
      PathColumn numbers = numbers(node, leaves, rowOf, documents, texts);
      if (numbers != null) {
        return numbers;
      }
    }
    return values == null
        ? null
        : new PathColumn(
            node, leaves, rows(leaves, rowOf, leaves.length), null, null, values, null);
  }

  private static int[] rows(int[] leaves, int[] rowOf, int count) {
    int[] rows = new int[count];
    for (int i = 0; i < count; i++) {
      rows[i] = rowOf[leaves[i]];
    }
    return rows;
  }

  private static @Nullable BytesDictionary values(
      int[] leaves, DocumentLeaves documents, BytesVector texts) {
    BytesIndex index = new BytesIndex();
    int[] codes = new int[leaves.length];
    byte[] data = texts.data();
    int limit = Math.min(leaves.length / FEW, MAX_DISTINCT);
    for (int i = 0; i < leaves.length; i++) {
      int from = documents.start(leaves[i]);
      int length = documents.end(leaves[i]) - from;
      codes[i] = index.add(data, from, length, Hashing.hash(data, from, length));
      if (index.count() > limit || i == 1_023 && index.count() > 700) {
        return null;
      }
    }
    return BytesDictionary.of(LogicalType.DYNAMIC, codes, index);
  }

  private static @Nullable PathColumn numbers(
      int node, int[] leaves, int[] rowOf, DocumentLeaves documents, BytesVector texts) {
    int[] kept = new int[leaves.length];
    long[] unscaled = new long[leaves.length];
    long[] scales = new long[leaves.length];
    DecimalText number = new DecimalText();
    int count = 0;
    for (int i = 0; i < leaves.length; i++) {
      int leaf = leaves[i];
      if (number.read(texts.data(), documents.start(leaf), documents.end(leaf))) {
        kept[count] = leaf;
        unscaled[count] = number.unscaled();
        scales[count++] = number.scale();
      } else if ((i + 1 - count) * (long) MAX_ODD_SHARE > i + 64) {
        return null;
      }
    }
    int[] own = Arrays.copyOf(kept, count);
    return new PathColumn(
        node,
        own,
        rows(own, rowOf, count),
        Arrays.copyOf(unscaled, count),
        Arrays.copyOf(scales, count),
        null,
        null);
  }

  boolean isNumeric() {
    return unscaled != null;
  }

  void write(ChunkWriter chunk) {
    if (values != null) {
      BytesEncoder.encode(values.entries(), values, chunk);
    } else if (unscaled != null && scales != null) {
      LongEncoder.encode(unscaled, unscaled.length, chunk);
      LongEncoder.encode(scales, scales.length, chunk);
    } else if (texts != null) {
      BytesEncoder.encode(texts, null, chunk);
    }
  }
}
