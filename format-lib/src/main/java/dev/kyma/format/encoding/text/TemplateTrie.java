package dev.kyma.format.encoding.text;

import dev.kyma.format.encoding.ByteSink;
import dev.kyma.format.encoding.Hashing;
import java.util.Arrays;

/**
 * Templates as paths from a root: every node is one token, either literal or a slot, and ends with
 * the text that must precede its variable. A path that ends with the end of a text is a template.
 * Used by one thread.
 */
final class TemplateTrie {
  static final int NONE = -1;

  private static final int MANY = -2;

  /** The root of templates learnt from a sample. */
  static final int LEARNT = 0;

  /** The root of templates in which every string is a slot. */
  static final int GENERAL = 1;

  private static final int MAX_NODES = 1 << 18;
  private static final long PRIME = 0xD6E8FEB86659FD93L;

  private final ByteSink arena = new ByteSink(1 << 16);
  private int[] parents = new int[1_024];
  private int[] types = new int[1_024];
  private int[] textEnds = new int[1_024];
  private boolean[] slots = new boolean[1_024];
  private boolean[] withLiterals = new boolean[1_024];
  private int[] numbered = new int[1_024];

  /** The only child that is found by its text; {@link #NONE} of none, {@link #MANY} of several. */
  private int[] only = new int[1_024];

  private long[] keys = new long[4_096];
  private int[] places = new int[4_096];
  private int count = 2;

  TemplateTrie() {
    Arrays.fill(numbered, NONE);
    Arrays.fill(only, NONE);
    parents[LEARNT] = NONE;
    parents[GENERAL] = NONE;
  }

  int count() {
    return count;
  }

  boolean isFull() {
    return count >= MAX_NODES;
  }

  int parent(int node) {
    return parents[node];
  }

  /** What the node's token is, see {@link RowTokenizer#type}. */
  int type(int node) {
    return types[node];
  }

  /** Whether the node ends with a variable. */
  boolean isSlot(int node) {
    return slots[node];
  }

  byte[] texts() {
    return arena.array();
  }

  int textFrom(int node) {
    return node == 0 ? 0 : textEnds[node - 1];
  }

  int textLength(int node) {
    return textEnds[node] - textFrom(node);
  }

  static long hash(byte[] data, int from, int to, int type) {
    return Hashing.hash(data, from, to - from) + type * PRIME;
  }

  private static long key(int node, long hash) {
    long mixed = (hash ^ node * 0x9E3779B97F4A7C15L) * PRIME;
    return mixed ^ mixed >>> 32;
  }

  private int find(int node, int type, boolean slot, byte[] data, int from, int to) {
    long key = key(node, hash(data, from, to, slot ? type : ~type));
    int mask = places.length - 1;
    int place = (int) key & mask;
    while (places[place] != 0) {
      int child = places[place];
      if (keys[place] == key
          && parents[child] == node
          && types[child] == type
          && slots[child] == (slot && type != RowTokenizer.END)
          && Arrays.equals(
              arena.array(), textEnds[child - 1], textEnds[child], data, from, to)) {
        return child;
      }
      place = place + 1 & mask;
    }
    return NONE;
  }

  /** The child of the token that has been read; {@link #NONE} when there is none. */
  int child(int node, RowTokenizer token, byte[] data) {
    int single = only[node];
    if (single >= 0 && types[single] == token.type) {
      // Most tokens follow their only possible predecessor: no need to look for them.
      int to = slots[single] || !token.isString() ? token.core : token.end;
      if (Arrays.equals(
          arena.array(), textEnds[single - 1], textEnds[single], data, token.start, to)) {
        return single;
      }
    }
    if (!token.isString()) {
      int child = find(node, token.type, true, data, token.start, token.core);
      return child == NONE && token.type == SlotKind.NUMBER.ordinal()
          ? numberAsOther(node, token, data)
          : child;
    }
    if (withLiterals[node]) {
      int child = find(node, token.type, false, data, token.start, token.end);
      if (child != NONE) {
        return child;
      }
    }
    int child = numbered[node];
    if (child != NONE) {
      int at = RowTokenizer.numberAfter(data, token.core, token.end);
      if (at > 0
          && Arrays.equals(
              arena.array(), textEnds[child - 1], textEnds[child], data, token.start, at)) {
        return child;
      }
    }
    return find(node, token.type, true, data, token.start, token.core);
  }

  /** A whole number among numbers with a point, or with as many digits as padded ones. */
  private int numberAsOther(int node, RowTokenizer token, byte[] data) {
    int child = NONE;
    if (token.value < RowTokenizer.DECIMAL_LIMIT) {
      child = find(node, SlotKind.DECIMAL.ordinal(), true, data, token.start, token.core);
    }
    int padded = SlotKind.PADDED.ordinal() + (token.end - token.core << 9);
    return child == NONE ? find(node, padded, true, data, token.start, token.core) : child;
  }

  /** Adds a child whose text is {@code data[from, to)}. */
  int add(int node, int type, boolean slot, byte[] data, int from, int to) {
    int child = append(node, type, slot, data, from, to);
    if (!slot) {
      withLiterals[node] = true;
    }
    only[node] = only[node] == NONE && numbered[node] == NONE ? child : MANY;
    long key = key(node, hash(data, from, to, slot ? type : ~type));
    insert(key, child);
    if (2 * count > places.length) {
      grow();
    }
    return child;
  }

  /** Adds the child for words that are the same letters and then a number. */
  int addNumbered(int node, byte[] data, int from, int to) {
    int child = append(node, SlotKind.NUMBER.ordinal(), true, data, from, to);
    numbered[node] = child;
    only[node] = MANY;
    return child;
  }

  private int append(int node, int type, boolean slot, byte[] data, int from, int to) {
    if (count == parents.length) {
      int size = 2 * count;
      parents = Arrays.copyOf(parents, size);
      types = Arrays.copyOf(types, size);
      textEnds = Arrays.copyOf(textEnds, size);
      slots = Arrays.copyOf(slots, size);
      withLiterals = Arrays.copyOf(withLiterals, size);
      numbered = Arrays.copyOf(numbered, size);
      Arrays.fill(numbered, count, size, NONE);
      only = Arrays.copyOf(only, size);
      Arrays.fill(only, count, size, NONE);
    }
    arena.bytes(data, from, to - from);
    parents[count] = node;
    types[count] = type;
    slots[count] = slot && type != RowTokenizer.END;
    textEnds[count] = arena.size();
    return count++;
  }

  private void insert(long key, int child) {
    int mask = places.length - 1;
    int place = (int) key & mask;
    while (places[place] != 0) {
      place = place + 1 & mask;
    }
    places[place] = child;
    keys[place] = key;
  }

  private void grow() {
    long[] oldKeys = keys;
    int[] old = places;
    keys = new long[2 * old.length];
    places = new int[2 * old.length];
    for (int i = 0; i < old.length; i++) {
      if (old[i] != 0) {
        insert(oldKeys[i], old[i]);
      }
    }
  }
}
