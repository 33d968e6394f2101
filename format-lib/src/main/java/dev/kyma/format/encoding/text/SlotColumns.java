package dev.kyma.format.encoding.text;

import dev.kyma.format.vector.BytesVector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The templates that rows have, most frequent first, and the columns their variables are stored in:
 * a slot of the trie has a column of its own when it has enough values, else shares one with others
 * of its kind. Used by one thread.
 */
final class SlotColumns {
  /** A column of its own takes so many values a stretch. */
  private static final int OWN_FROM = 64;

  /** So many rows of a template say what its variables are like. */
  private static final int LOOK_AT = 4_096;

  private final BytesVector texts;
  private final TemplateTrie trie;
  private final RowMatcher rows;
  private final int stretches;

  /** The last node of every template; template 0, rows kept whole, has none. */
  private final int[] leaves;

  /** The template of every row. */
  private final int[] codes;

  /** The slots of every template: nodes of the trie. */
  private final int[][] slots;

  private final int[] columnOf;
  private final List<SlotColumn> columns = new ArrayList<>();

  SlotColumns(BytesVector texts, TemplateTrie trie, RowMatcher rows) {
    this.texts = texts;
    this.trie = trie;
    this.rows = rows;
    stretches = (texts.size() + Stretch.ROWS - 1) / Stretch.ROWS;
    int[] counts = new int[trie.count()];
    for (int row = 0; row < texts.size(); row++) {
      int leaf = rows.leaf(row);
      if (leaf != TemplateTrie.NONE) {
        counts[leaf]++;
      }
    }
    leaves = byFrequency(counts);
    int[] codeOf = new int[trie.count()];
    slots = new int[leaves.length][];
    slots[0] = new int[0];
    for (int t = 1; t < leaves.length; t++) {
      codeOf[leaves[t]] = t;
      slots[t] = slots(leaves[t]);
    }
    codes = new int[texts.size()];
    for (int row = 0; row < codes.length; row++) {
      codes[row] = rows.leaf(row) == TemplateTrie.NONE ? 0 : codeOf[rows.leaf(row)];
    }
    columnOf = new int[trie.count()];
    assign(counts);
    fill();
  }

  int[] codes() {
    return codes;
  }

  List<SlotColumn> columns() {
    return columns;
  }

  int stretches() {
    return stretches;
  }

  /** How many templates there are, that of rows kept whole included. */
  int templates() {
    return leaves.length;
  }

  /** The columns of a template's slots. */
  int[] columnsOf(int template) {
    int[] columns = new int[slots[template].length];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = columnOf[slots[template][i]];
    }
    return columns;
  }

  /** The nodes of a template from its first token on. */
  int[] nodes(int template) {
    int depth = 0;
    for (int n = leaves[template]; n > TemplateTrie.GENERAL; n = trie.parent(n)) {
      depth++;
    }
    int[] nodes = new int[depth];
    for (int n = leaves[template]; n > TemplateTrie.GENERAL; n = trie.parent(n)) {
      nodes[--depth] = n;
    }
    return nodes;
  }

  private static int[] byFrequency(int[] counts) {
    long[] order = new long[counts.length];
    int count = 0;
    for (int leaf = 0; leaf < counts.length; leaf++) {
      if (counts[leaf] > 0) {
        order[count++] = (long) (Integer.MAX_VALUE - counts[leaf]) << 32 | leaf;
      }
    }
    Arrays.sort(order, 0, count);
    int[] leaves = new int[count + 1];
    for (int i = 0; i < count; i++) {
      leaves[i + 1] = (int) order[i];
    }
    return leaves;
  }

  private int[] slots(int leaf) {
    int count = 0;
    for (int n = leaf; n > TemplateTrie.GENERAL; n = trie.parent(n)) {
      count += trie.isSlot(n) ? 1 : 0;
    }
    int[] found = new int[count];
    for (int n = leaf; n > TemplateTrie.GENERAL; n = trie.parent(n)) {
      if (trie.isSlot(n)) {
        found[--count] = n;
      }
    }
    return found;
  }

  private boolean isString(int node) {
    int type = trie.type(node);
    return type >= RowTokenizer.WORD && type <= RowTokenizer.PATH;
  }

  private SlotKind kind(int node) {
    return isString(node) ? SlotKind.PLAIN : SlotKind.of(trie.type(node) & 0xFF);
  }

  private boolean isGeneral(int node) {
    int n = node;
    while (n > TemplateTrie.GENERAL) {
      n = trie.parent(n);
    }
    return n == TemplateTrie.GENERAL;
  }

  /** Decides the column of every slot; column 0 is that of rows kept whole. */
  private void assign(int[] leafCounts) {
    int[] counts = new int[trie.count()];
    for (int t = 1; t < slots.length; t++) {
      for (int node : slots[t]) {
        counts[node] += leafCounts[leaves[t]];
      }
    }
    @Nullable SlotNode[] looks = look(counts);
    columns.add(new SlotColumn(SlotKind.PLAIN, 0, 0, stretches, 64));
    Map<Integer, Integer> shared = new HashMap<>();
    int ownFrom = OWN_FROM * Math.max(1, stretches);
    for (int node = 0; node < counts.length; node++) {
      SlotNode look = looks[node];
      if (look == null) {
        continue;
      }
      boolean string = isString(node);
      boolean own = counts[node] >= ownFrom && (!string || !isGeneral(node) && look.isOwn());
      int parameter = string ? 0 : trie.type(node) >>> 9;
      if (own) {
        columnOf[node] = columns.size();
        columns.add(new SlotColumn(kind(node), parameter, look.base(), stretches, counts[node]));
      } else {
        int key = trie.type(node);
        if (key == SlotKind.NUMBER.ordinal()) {
          key += (look.width() + 3) / 4 << 20;
        }
        Integer known = shared.get(key);
        if (known == null) {
          known = columns.size();
          shared.put(key, known);
          columns.add(new SlotColumn(kind(node), parameter, 0, stretches, counts[node]));
        }
        columnOf[node] = known;
      }
    }
  }

  /** Looks at the first values of every slot that is used. */
  private @Nullable SlotNode[] look(int[] counts) {
    @Nullable SlotNode[] looks = new @Nullable SlotNode[counts.length];
    boolean[][] differable = new boolean[slots.length][];
    for (int t = 1; t < slots.length; t++) {
      differable[t] = new boolean[slots[t].length];
      for (int i = 0; i < slots[t].length; i++) {
        int node = slots[t][i];
        if (looks[node] == null) {
          looks[node] = new SlotNode(kind(node), isString(node));
        }
        differable[t][i] = kind(node).isDifferable();
      }
    }
    long[] values = rows.values();
    int[] seen = new int[slots.length];
    for (int row = 0; row < codes.length; row++) {
      if (seen[codes[row]]++ >= LOOK_AT) {
        continue;
      }
      int[] own = slots[codes[row]];
      int first = rows.first(row);
      for (int i = 0; i < own.length; i++) {
        SlotNode look = looks[own[i]];
        if (look == null) {
          continue;
        }
        if (isString(own[i])) {
          look.addString(texts.data(), values[first + i]);
        } else {
          look.addNumber(values, first, i, differable[codes[row]]);
        }
      }
    }
    return looks;
  }

  private void fill() {
    long[] values = rows.values();
    SlotColumn whole = columns.getFirst();
    int[][] columnsOf = new int[slots.length][];
    for (int t = 0; t < slots.length; t++) {
      columnsOf[t] = columnsOf(t);
    }
    SlotColumn[] all = columns.toArray(SlotColumn[]::new);
    for (int row = 0; row < codes.length; row++) {
      int[] own = columnsOf[codes[row]];
      int first = rows.first(row);
      if (codes[row] == 0) {
        whole.add(SlotColumn.reference(texts.offsets()[row], texts.length(row)));
      }
      for (int i = 0; i < own.length; i++) {
        SlotColumn column = all[own[i]];
        long value = values[first + i];
        column.add(column.base == 0 ? value : value - values[first + column.base - 1]);
      }
      if ((row + 1) % Stretch.ROWS == 0 || row + 1 == codes.length) {
        for (SlotColumn column : all) {
          column.ends[row / Stretch.ROWS] = column.count;
        }
      }
    }
  }
}
