package dev.kyma.format.encoding;

import dev.kyma.format.json.JsonScanner;
import dev.kyma.format.json.JsonStrings;
import dev.kyma.format.json.JsonToken;
import dev.kyma.format.json.MalformedJsonException;
import dev.kyma.format.vector.BytesVector;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The scalars in a column of JSON texts that a path leads to: strings, numbers and truth values
 * outside arrays. Used by one thread.
 *
 * <p>Texts that are not JSON have none. An object that has a key twice makes all paths of its text
 * unsure, and the text has no leaves.
 */
final class DocumentLeaves {
  private final PathTree tree = new PathTree();
  private final JsonScanner scanner = new JsonScanner();
  private byte[] unescaped = new byte[64];
  private int[] nodes = new int[1024];
  private int[] starts = new int[1024];
  private int[] ends = new int[1024];
  private int[] codes = new int[1024];
  private @Nullable LeafValues[] values = new @Nullable LeafValues[64];
  private int count;
  private final int[] rowEnds;
  private int[] seenIn = new int[64];
  private boolean[] unsure = new boolean[64];
  private int[] leafCounts = new int[64];
  private int objects;
  private boolean repeated;

  DocumentLeaves(BytesVector texts) {
    rowEnds = new int[texts.size()];
    for (int row = 0; row < texts.size(); row++) {
      if (!texts.isNull(row)) {
        readRow(texts.data(), texts.offsets()[row], texts.offsets()[row + 1], row);
      }
      rowEnds[row] = count;
    }
    for (int i = 0; i < count; i++) {
      leafCounts[nodes[i]]++;
    }
  }

  private void readRow(byte[] data, int from, int to, int row) {
    int before = row == 0 ? 0 : rowEnds[row - 1];
    repeated = false;
    try {
      scanner.reset(data, from, to);
      if (scanner.next() == JsonToken.BEGIN_OBJECT) {
        readObject(data, PathTree.ROOT);
        scanner.next();
        if (repeated) {
          for (int i = before; i < count; i++) {
            unsure[nodes[i]] = true;
          }
          count = before;
        }
      } else {
        count = before;
      }
    } catch (MalformedJsonException e) {
      count = before;
    }
  }

  private void readObject(byte[] data, int parent) {
    int object = ++objects;
    while (scanner.next() == JsonToken.NAME) {
      int node = child(data, parent);
      if (node != PathTree.NONE) {
        if (seenIn[node] == object) {
          repeated = true;
          unsure[node] = true;
        }
        seenIn[node] = object;
      }
      JsonToken token = scanner.next();
      switch (token) {
        case BEGIN_OBJECT -> {
          mark(node);
          readObject(data, node);
        }
        case BEGIN_ARRAY -> {
          mark(node);
          scanner.skipContainer();
        }
        case STRING, NUMBER, TRUE, FALSE -> add(node, data, scanner.start(), scanner.end());
        case NULL, NAME, END_OBJECT, END_ARRAY, END -> {}
      }
    }
  }

  private void mark(int node) {
    if (node != PathTree.NONE) {
      unsure[node] = true;
    }
  }

  private int child(byte[] data, int parent) {
    byte[] key = data;
    int from = scanner.start() + 1;
    int to = scanner.end() - 1;
    if (scanner.hasEscapes()) {
      if (unescaped.length < to - from) {
        unescaped = new byte[to - from];
      }
      to = JsonStrings.unescape(data, from, to, unescaped, 0);
      key = unescaped;
      from = 0;
    }
    int node = tree.child(parent, key, from, to);
    if (node >= seenIn.length) {
      seenIn = Arrays.copyOf(seenIn, 2 * node);
      unsure = Arrays.copyOf(unsure, 2 * node);
      leafCounts = Arrays.copyOf(leafCounts, 2 * node);
      values = Arrays.copyOf(values, 2 * node);
    }
    if (node != PathTree.NONE && values[node] == null) {
      values[node] = new LeafValues();
    }
    return node;
  }

  private void add(int node, byte[] data, int start, int end) {
    if (node == PathTree.NONE) {
      return;
    }
    if (count == nodes.length) {
      nodes = Arrays.copyOf(nodes, 2 * count);
      starts = Arrays.copyOf(starts, 2 * count);
      ends = Arrays.copyOf(ends, 2 * count);
      codes = Arrays.copyOf(codes, 2 * count);
    }
    // While the text is at hand: once more through all of them for each path takes far longer.
    codes[count] = values(node).add(data, start, end);
    nodes[count] = node;
    starts[count] = start;
    ends[count++] = end;
  }

  PathTree tree() {
    return tree;
  }

  /** How many leaves there are. */
  int count() {
    return count;
  }

  /** The first leaf that no longer belongs to the row; a row's leaves are in their order. */
  int rowEnd(int row) {
    return rowEnds[row];
  }

  int node(int leaf) {
    return nodes[leaf];
  }

  int start(int leaf) {
    return starts[leaf];
  }

  int end(int leaf) {
    return ends[leaf];
  }

  /** What a leaf's value is known by to the values of its node. */
  int code(int leaf) {
    return codes[leaf];
  }

  /** The values of a node that was met. */
  LeafValues values(int node) {
    return Objects.requireNonNull(values[node]);
  }

  /** How many leaves a node has. */
  int leafCount(int node) {
    return leafCounts[node];
  }

  /** Whether the node has values that are not among the leaves, other than JSON null. */
  boolean isUnsure(int node) {
    return unsure[node];
  }

  /**
   * The leaves of every node: those of node {@code n} lie in {@code [firsts[n], firsts[n + 1])}.
   */
  int[] byNode(int[] firsts) {
    for (int i = 0; i < count; i++) {
      firsts[nodes[i] + 1]++;
    }
    for (int i = 1; i < firsts.length; i++) {
      firsts[i] += firsts[i - 1];
    }
    int[] next = firsts.clone();
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      order[next[nodes[i]]++] = i;
    }
    return order;
  }
}
