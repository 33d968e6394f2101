package dev.kyma.format.encoding;

import dev.kyma.format.vector.Bits;
import dev.kyma.format.vector.BytesVector;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON texts: paths that are numeric or have few values as columns of their own, and other
 * frequent ones too when then few different texts are left; what is left as byte strings.
 *
 * <pre>
 * dynamic   := u8 0, bytes                                                       nothing shredded
 *            | u8 1, bytes, varint paths, path*, u8 known, [varint page of hashes]
 * path      := varint length, name, u8 flags, stretches × varint present, varint presence page,
 *              varint length, values
 * flags     := 1 numbers, else texts | 2 alone | 4 numbers of a common scale
 * values    := longs unscaled, longs scale | {@link DecimalColumn decimals} | bytes
 * hashes    := block{count × u64, ascending}
 * </pre>
 *
 * <p>In the text that is left a shredded scalar is the two bytes {@code 01, 20 + number of its
 * path}. A text that begins with byte 02 or contains 01 by itself is preceded by 02 and has nothing
 * shredded. Every other text stands as it is.
 *
 * <p>A path's name is its keys joined by dots. Its values are dense: one for each row that has one,
 * {@code present} of them in every stretch of 8,192 rows. Which rows those are says the presence
 * page: with texts left by dictionary {@code block{bitmap of entries whose texts have it}}, NULL
 * rows having none; else it is the first of pages {@code block{bitmap}}, one for 65,536 rows.
 *
 * <p>A path is alone when no other keys of the extent, nor any text not shredded, can hold a value
 * that is not JSON null under its name. The hashes are those of all names in the extent, known
 * unless there are too many.
 */
final class DynamicEncoder {
  static final int PLAIN = 0;
  static final int SHREDDED = 1;
  static final int NUMBERS = 1;
  static final int ALONE = 2;
  static final int SCALED = 4;

  /** First byte of a placeholder. */
  static final byte PLACEHOLDER = 1;

  /** First byte of a text that is to be taken as it is. */
  static final byte RAW = 2;

  static final int FIRST_PATH = 0x20;
  static final int MAX_PATHS = 0x100 - FIRST_PATH;

  /** Rows whose values of a path are counted together. */
  static final int STRETCH = 8_192;

  private static final int MIN_VALUES = 64;

  /** A path must occur in one of so many rows when its presence comes for free. */
  private static final int SHARE_BY_SHAPE = 1_024;

  /** A path must occur in one of so many rows when its presence takes a bitmap. */
  private static final int SHARE_BY_BITMAP = 32;

  private final BytesVector texts;
  private final ChunkWriter chunk;

  private DynamicEncoder(BytesVector texts, ChunkWriter chunk) {
    this.texts = texts;
    this.chunk = chunk;
  }

  /** Writes a column; {@code dictionary} is one of its whole texts, or null when none pays. */
  static void encode(BytesVector texts, @Nullable BytesDictionary dictionary, ChunkWriter chunk) {
    if (dictionary != null || !new DynamicEncoder(texts, chunk).shred()) {
      chunk.head().u8(PLAIN);
      BytesEncoder.encodeColumn(texts, dictionary, chunk);
    }
  }

  private boolean shred() {
    DocumentLeaves leaves = new DocumentLeaves(texts);
    List<PathColumn> others = new ArrayList<>();
    List<PathColumn> paths = candidates(leaves, others);
    BytesVector left = left(leaves, paths);
    long[] hashes = hashes(left);
    BytesDictionary shapes = paths.isEmpty() ? null : BytesDictionary.find(left, hashes);
    if (shapes == null) {
      // Texts of many values may be all that keeps the documents apart. And more different texts
      // than a dictionary usually pays for are still cheaper than to say of each path by itself
      // which rows have it.
      boolean more = !others.isEmpty() && paths.size() + others.size() <= MAX_PATHS;
      List<PathColumn> all = new ArrayList<>(paths);
      all.addAll(more ? others : List.of());
      BytesVector fewer = more ? left(leaves, all) : left;
      shapes =
          all.isEmpty() ? null : BytesDictionary.findMany(fewer, more ? hashes(fewer) : hashes);
      if (shapes != null) {
        paths = all;
        left = fewer;
      }
    }
    if (shapes == null) {
      paths.removeIf(path -> path.rows.length < texts.size() / SHARE_BY_BITMAP);
      if (paths.isEmpty()) {
        return false;
      }
      left = left(leaves, paths);
      shapes = BytesDictionary.find(left, hashes(left));
    }
    ByteSink head = chunk.head();
    head.u8(SHREDDED);
    BytesEncoder.encodeColumn(left, shapes, chunk);
    Map<String, Integer> names = names(leaves.tree());
    head.varint(paths.size());
    long[][] having = shapes == null ? new long[0][] : shapesByPath(paths.size(), shapes.entries());
    for (int i = 0; i < paths.size(); i++) {
      writePath(paths.get(i), leaves, names, shapes == null ? null : having[i]);
    }
    boolean known = !leaves.tree().isOverflown();
    head.u8(known ? 1 : 0);
    if (known) {
      writeHashes(leaves.tree());
    }
    return true;
  }

  private static long[] hashes(BytesVector left) {
    long[] hashes = new long[left.size()];
    for (int row = 0; row < hashes.length; row++) {
      hashes[row] = Hashing.hash(left.data(), left.offsets()[row], left.length(row));
    }
    return hashes;
  }

  /**
   * The columns of all paths worth one, the most frequent first.
   *
   * @param others takes those of further paths that are frequent
   */
  private List<PathColumn> candidates(DocumentLeaves leaves, List<PathColumn> others) {
    int nodes = leaves.tree().count();
    int[] firsts = new int[nodes + 1];
    int[] order = leaves.byNode(firsts);
    int[] rowOf = new int[leaves.count()];
    for (int row = 0, leaf = 0; row < texts.size(); row++) {
      for (; leaf < leaves.rowEnd(row); leaf++) {
        rowOf[leaf] = row;
      }
    }
    int least = Math.max(MIN_VALUES, texts.size() / SHARE_BY_SHAPE);
    List<PathColumn> columns = new ArrayList<>();
    for (int node = 1; node < nodes; node++) {
      if (leaves.leafCount(node) >= least) {
        int[] own = Arrays.copyOfRange(order, firsts[node], firsts[node + 1]);
        PathColumn column = PathColumn.of(node, own, rowOf, leaves);
        if (column != null) {
          columns.add(column);
        } else if (own.length >= texts.size() / SHARE_BY_BITMAP) {
          others.add(PathColumn.ofTexts(node, own, rowOf, leaves, texts));
        }
      }
    }
    columns.sort((a, b) -> Integer.compare(b.rows.length, a.rows.length));
    return columns.size() > MAX_PATHS ? new ArrayList<>(columns.subList(0, MAX_PATHS)) : columns;
  }

  /** The texts with placeholders for what is shredded. */
  private BytesVector left(DocumentLeaves leaves, List<PathColumn> paths) {
    byte[] placeholder = new byte[leaves.count()];
    for (int i = 0; i < paths.size(); i++) {
      for (int leaf : paths.get(i).leaves) {
        placeholder[leaf] = (byte) (FIRST_PATH + i);
      }
    }
    byte[] data = texts.data();
    ByteSink out = new ByteSink(Math.max(64, texts.offsets()[texts.size()] / 2));
    int[] offsets = new int[texts.size() + 1];
    for (int row = 0, leaf = 0; row < texts.size(); row++) {
      int at = texts.offsets()[row];
      int end = texts.offsets()[row + 1];
      if (leaf == leaves.rowEnd(row) && needsEscape(data, at, end)) {
        out.u8(RAW);
      }
      for (; leaf < leaves.rowEnd(row); leaf++) {
        if (placeholder[leaf] != 0) {
          out.bytes(data, at, leaves.start(leaf) - at);
          out.u8(PLACEHOLDER);
          out.u8(placeholder[leaf]);
          at = leaves.end(leaf);
        }
      }
      out.bytes(data, at, end - at);
      offsets[row + 1] = out.size();
    }
    return new BytesVector(texts.type(), texts.size(), out.array(), offsets, texts.nulls());
  }

  private static boolean needsEscape(byte[] data, int from, int to) {
    if (from < to && data[from] == RAW) {
      return true;
    }
    for (int i = from; i < to; i++) {
      if (data[i] == PLACEHOLDER) {
        return true;
      }
    }
    return false;
  }

  /** How many nodes have each name. */
  private static Map<String, Integer> names(PathTree tree) {
    Map<String, Integer> names = new HashMap<>();
    for (int node = 1; node < tree.count(); node++) {
      names.merge(name(tree, node), 1, Integer::sum);
    }
    return names;
  }

  private static String name(PathTree tree, int node) {
    return new String(tree.dotted(node), StandardCharsets.ISO_8859_1);
  }

  private void writePath(
      PathColumn path,
      DocumentLeaves leaves,
      Map<String, Integer> names,
      long @Nullable [] shapes) {
    PathTree tree = leaves.tree();
    boolean alone =
        !tree.isOverflown()
            && !leaves.isUnsure(path.node)
            && path.rows.length == leaves.leafCount(path.node)
            && names.getOrDefault(name(tree, path.node), 0) == 1;
    byte[] name = tree.dotted(path.node);
    ByteSink head = chunk.head();
    head.varint(name.length);
    head.bytes(name);
    head.u8(
        (path.isNumeric() ? NUMBERS : 0) | (alone ? ALONE : 0) | (path.isScaled() ? SCALED : 0));
    int[] present = new int[(texts.size() + STRETCH - 1) / STRETCH];
    for (int row : path.rows) {
      present[row / STRETCH]++;
    }
    for (int count : present) {
      head.varint(count);
    }
    if (shapes != null) {
      head.varint(chunk.compressedPage(words(shapes, 0, shapes.length)));
    } else {
      head.varint(chunk.pages().size());
      writeBitmap(path.rows);
    }
    ChunkWriter values = chunk.withHead();
    path.write(values);
    head.varint(values.head().size());
    head.bytes(values.head().array(), 0, values.head().size());
  }

  /** For every path a bitmap of the texts left that have it. */
  private static long[][] shapesByPath(int paths, BytesVector entries) {
    long[][] bits = new long[paths][Bits.words(entries.size())];
    byte[] data = entries.data();
    for (int entry = 0; entry < entries.size(); entry++) {
      int from = entries.offsets()[entry];
      int end = entries.offsets()[entry + 1];
      if (from < end && data[from] != RAW) {
        for (int i = from; i + 1 < end; i++) {
          if (data[i] == PLACEHOLDER) {
            Bits.set(bits[(data[++i] & 0xFF) - FIRST_PATH], entry);
          }
        }
      }
    }
    return bits;
  }

  private static ByteSink words(long[] bits, int from, int to) {
    ByteSink sink = new ByteSink(8 * (to - from));
    for (int i = from; i < to; i++) {
      sink.i64(bits[i]);
    }
    return sink;
  }

  private void writeBitmap(int[] rows) {
    long[] bits = new long[Bits.words(texts.size())];
    for (int row : rows) {
      Bits.set(bits, row);
    }
    int perPage = LongEncoder.PAGE / 64;
    for (int from = 0; from < bits.length; from += perPage) {
      chunk.compressedPage(words(bits, from, Math.min(bits.length, from + perPage)));
    }
  }

  private void writeHashes(PathTree tree) {
    long[] hashes = new long[tree.count() - 1];
    for (int node = 1; node < tree.count(); node++) {
      byte[] name = tree.dotted(node);
      hashes[node - 1] = Hashing.hash(name, 0, name.length);
    }
    Arrays.sort(hashes);
    chunk.head().varint(chunk.compressedPage(words(hashes, 0, hashes.length)));
  }
}
