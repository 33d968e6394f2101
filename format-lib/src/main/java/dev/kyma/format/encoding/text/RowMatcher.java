package dev.kyma.format.encoding.text;

import dev.kyma.format.vector.BytesVector;
import java.util.Arrays;

/**
 * Finds the template of every row and the values of its variables. Rows whose template hardly any
 * other row has get one in which every string is a variable; where that is rare too, the row is
 * kept whole. Used by one thread.
 */
final class RowMatcher {
  /** Longer rows are kept whole. */
  static final int MAX_ROW = 3_500;

  /** More variables no template has. */
  static final int MAX_SLOTS = 255;

  /** A template of fewer rows is given up. */
  private static final int MIN_ROWS = 16;

  private final BytesVector texts;
  private final TemplateTrie trie;
  private final RowTokenizer tokenizer;
  private final int minRows;
  private final int[] leaves;
  private final int[] firsts;
  private long[] values;
  private int used;

  private RowMatcher(BytesVector texts, TemplateTrie trie, RowTokenizer tokenizer) {
    this.texts = texts;
    this.trie = trie;
    this.tokenizer = tokenizer;
    minRows = Math.clamp(texts.size() / 64, 3, MIN_ROWS);
    leaves = new int[texts.size()];
    firsts = new int[texts.size()];
    values = new long[4 * texts.size() + 64];
  }

  static RowMatcher match(BytesVector texts, TemplateTrie trie, RowTokenizer tokenizer) {
    RowMatcher matcher = new RowMatcher(texts, trie, tokenizer);
    matcher.matchAll();
    return matcher;
  }

  /** The node that ends the row's template, {@link TemplateTrie#NONE} for a row kept whole. */
  int leaf(int row) {
    return leaves[row];
  }

  /** Where in {@link #values} the row's begin, in the order of the template's slots. */
  int first(int row) {
    return firsts[row];
  }

  /**
   * Values of all rows: numbers; of strings and identifiers {@code place in the texts << 31 |
   * length}.
   */
  long[] values() {
    return values;
  }

  private void matchAll() {
    for (int row = 0; row < leaves.length; row++) {
      leaves[row] = TemplateTrie.NONE;
      if (texts.length(row) <= MAX_ROW) {
        walk(row, TemplateTrie.LEARNT);
      }
    }
    int[] counts = counts();
    int used = trie.count();
    for (int row = 0; row < leaves.length; row++) {
      int leaf = leaves[row];
      if (texts.length(row) <= MAX_ROW && (leaf == TemplateTrie.NONE || counts[leaf] < minRows)) {
        leaves[row] = TemplateTrie.NONE;
        walk(row, TemplateTrie.GENERAL);
      }
    }
    if (trie.count() > used) {
      counts = counts();
      for (int row = 0; row < leaves.length; row++) {
        int leaf = leaves[row];
        if (leaf != TemplateTrie.NONE && counts[leaf] < minRows) {
          leaves[row] = TemplateTrie.NONE;
        }
      }
    }
  }

  private int[] counts() {
    int[] counts = new int[trie.count()];
    for (int leaf : leaves) {
      if (leaf != TemplateTrie.NONE) {
        counts[leaf]++;
      }
    }
    return counts;
  }

  private void walk(int row, int root) {
    byte[] data = texts.data();
    int before = used;
    if (values.length < used + MAX_SLOTS + 1) {
      values = Arrays.copyOf(values, values.length + values.length / 2 + MAX_SLOTS + 1);
    }
    RowTokenizer token = tokenizer;
    token.reset(data, texts.offsets()[row], texts.offsets()[row + 1]);
    int node = root;
    while (true) {
      token.next();
      int child = trie.child(node, token, data);
      if (child == TemplateTrie.NONE && root == TemplateTrie.GENERAL && !trie.isFull()) {
        child = trie.add(node, token.type, true, data, token.start, token.core);
      }
      if (child == TemplateTrie.NONE || used - before > MAX_SLOTS) {
        used = before;
        return;
      }
      if (token.type == RowTokenizer.END) {
        leaves[row] = child;
        firsts[row] = before;
        return;
      }
      if (trie.isSlot(child)) {
        values[used++] = value(token, trie.type(child), data);
      }
      node = child;
    }
  }

  private static long value(RowTokenizer token, int type, byte[] data) {
    if (token.isString()) {
      if (type == SlotKind.NUMBER.ordinal()) {
        int at = RowTokenizer.numberAfter(data, token.core, token.end);
        return RowTokenizer.parse(data, at, token.end);
      }
      return (long) token.core << 31 | token.end - token.core;
    }
    if (type == SlotKind.DECIMAL.ordinal() && token.type == SlotKind.NUMBER.ordinal()) {
      return token.value << 5;
    }
    return SlotKind.of(type & 0xFF).isIdentifier()
        ? (long) token.core << 31 | token.end - token.core
        : token.value;
  }
}
