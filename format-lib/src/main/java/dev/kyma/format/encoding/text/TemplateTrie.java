package dev.kyma.format.encoding.text;

import dev.kyma.format.encoding.ByteSink;
import dev.kyma.format.encoding.Hashing;
import java.util.Arrays;

/**
 * Templates as paths from a root: every node is one token, either literal or a slot, and ends with
 * the text that must precede its variable. A path that ends with the end of a text is a template.
 *
 * <p>What is known of a node lies together in one array, and a child that is its parent's only one
 * is compared before it is looked for: that is where encoding spends its time. Used by one thread.
 */
final class TemplateTrie {
  static final int NONE = -1;

  /** The root of templates learnt from a sample. */
  static final int LEARNT = 0;

  /** The root of templates in which every string is a slot. */
  static final int GENERAL = 1;

  private static final int MANY = -2;
  private static final int MAX_NODES = 1 << 18;
  private static final long PRIME = 0xD6E8FEB86659FD93L;

  /** Numbers kept of a node, and the place of each among them. */
  private static final int STRIDE = 8;

  private static final int PARENT = 0;
  private static final int TYPE = 1;
  private static final int FROM = 2;
  private static final int TO = 3;
  private static final int FLAGS = 4;
  private static final int ONLY = 5;
  private static final int NUMBERED = 6;

  /** The node ends with a variable. */
  private static final int SLOT = 1;

  /** The node has children that are literal strings. */
  private static final int LITERALS = 2;

  /** Of a place in the table of children: the child; the bits above it are those of its key. */
  private static final long CHILD = (1 << 20) - 1;

  private final ByteSink arena = new ByteSink(1 << 16);
  private int[] nodes = new int[STRIDE * 1_024];
  private long[] places = new long[4_096];
  private int count;

  TemplateTrie() {
    append(NONE, RowTokenizer.END, false, new byte[0], 0, 0);
    append(NONE, RowTokenizer.END, false, new byte[0], 0, 0);
  }

  int count() {
    return count;
  }

  boolean isFull() {
    return count >= MAX_NODES;
  }

  int parent(int node) {
    return nodes[STRIDE * node + PARENT];
  }

  /** What the node's token is, see {@link RowTokenizer#type}. */
  int type(int node) {
    return nodes[STRIDE * node + TYPE];
  }

  /** Whether the node ends with a variable. */
  boolean isSlot(int node) {
    return (nodes[STRIDE * node + FLAGS] & SLOT) != 0;
  }

  byte[] texts() {
    return arena.array();
  }

  int textFrom(int node) {
    return nodes[STRIDE * node + FROM];
  }

  int textLength(int node) {
    return nodes[STRIDE * node + TO] - nodes[STRIDE * node + FROM];
  }

  static long hash(byte[] data, int from, int to, int type) {
    return Hashing.hash(data, from, to - from) + type * PRIME;
  }

  private static long key(int node, long hash) {
    long mixed = (hash ^ node * 0x9E3779B97F4A7C15L) * PRIME;
    return mixed ^ mixed >>> 32;
  }

  private boolean hasText(int at, byte[] data, int from, int to) {
    return Arrays.equals(arena.array(), nodes[at + FROM], nodes[at + TO], data, from, to);
  }

  /** The child of a kind whose text is {@code data[from, to)}. */
  private int find(int node, int type, boolean literal, byte[] data, int from, int to) {
    long key = key(node, hash(data, from, to, literal ? ~type : type));
    int mask = places.length - 1;
    for (int place = (int) (key >>> 32) & mask; places[place] != 0; place = place + 1 & mask) {
      if ((places[place] ^ key) >>> 20 == 0) {
        int child = (int) (places[place] & CHILD);
        int at = STRIDE * child;
        boolean isLiteral = isString(type) && (nodes[at + FLAGS] & SLOT) == 0;
        if (nodes[at + PARENT] == node
            && nodes[at + TYPE] == type
            && isLiteral == literal
            && hasText(at, data, from, to)) {
          return child;
        }
      }
    }
    return NONE;
  }

  private static boolean isString(int type) {
    return type >= RowTokenizer.WORD && type <= RowTokenizer.PATH;
  }

  /** The child of the token that has been read; {@link #NONE} when there is none. */
  int child(int node, RowTokenizer token, byte[] data) {
    int at = STRIDE * node;
    int only = nodes[at + ONLY];
    boolean string = token.isString();
    if (only >= 0 && nodes[STRIDE * only + TYPE] == token.type) {
      boolean literal = string && (nodes[STRIDE * only + FLAGS] & SLOT) == 0;
      if (hasText(STRIDE * only, data, token.start, literal ? token.end : token.core)) {
        return only;
      }
    }
    if (!string) {
      int child = find(node, token.type, false, data, token.start, token.core);
      return child == NONE && token.type == SlotKind.NUMBER.ordinal()
          ? numberAsOther(node, token, data)
          : child;
    }
    if ((nodes[at + FLAGS] & LITERALS) != 0) {
      int child = find(node, token.type, true, data, token.start, token.end);
      if (child != NONE) {
        return child;
      }
    }
    int numbered = nodes[at + NUMBERED];
    if (numbered != NONE) {
      int digits = RowTokenizer.numberAfter(data, token.core, token.end);
      if (digits > 0 && hasText(STRIDE * numbered, data, token.start, digits)) {
        return numbered;
      }
    }
    return find(node, token.type, false, data, token.start, token.core);
  }

  /** A whole number among numbers with a point, or with as many digits as padded ones. */
  private int numberAsOther(int node, RowTokenizer token, byte[] data) {
    int child = NONE;
    if (token.value < RowTokenizer.DECIMAL_LIMIT) {
      child = find(node, SlotKind.DECIMAL.ordinal(), false, data, token.start, token.core);
    }
    int padded = SlotKind.PADDED.ordinal() + (token.end - token.core << 9);
    return child == NONE ? find(node, padded, false, data, token.start, token.core) : child;
  }

  /** Adds a child whose text is {@code data[from, to)}. */
  int add(int node, int type, boolean slot, byte[] data, int from, int to) {
    int child = append(node, type, slot && type != RowTokenizer.END, data, from, to);
    boolean literal = isString(type) && !slot;
    int at = STRIDE * node;
    nodes[at + FLAGS] |= literal ? LITERALS : 0;
    nodes[at + ONLY] = nodes[at + ONLY] == NONE && nodes[at + NUMBERED] == NONE ? child : MANY;
    insert(key(node, hash(data, from, to, literal ? ~type : type)) & ~CHILD | child);
    if (2 * count > places.length) {
      long[] old = places;
      places = new long[2 * old.length];
      for (long place : old) {
        if (place != 0) {
          insert(place);
        }
      }
    }
    return child;
  }

  /** Adds the child for words that are the same letters and then a number. */
  int addNumbered(int node, byte[] data, int from, int to) {
    int child = append(node, SlotKind.NUMBER.ordinal(), true, data, from, to);
    nodes[STRIDE * node + NUMBERED] = child;
    nodes[STRIDE * node + ONLY] = MANY;
    return child;
  }

  private int append(int parent, int type, boolean slot, byte[] data, int from, int to) {
    int at = STRIDE * count;
    if (at == nodes.length) {
      nodes = Arrays.copyOf(nodes, 2 * at);
    }
    nodes[at + PARENT] = parent;
    nodes[at + TYPE] = type;
    nodes[at + FROM] = arena.size();
    arena.bytes(data, from, to - from);
    nodes[at + TO] = arena.size();
    nodes[at + FLAGS] = slot ? SLOT : 0;
    nodes[at + ONLY] = NONE;
    nodes[at + NUMBERED] = NONE;
    return count++;
  }

  private void insert(long entry) {
    int mask = places.length - 1;
    int place = (int) (entry >>> 32) & mask;
    while (places[place] != 0) {
      place = place + 1 & mask;
    }
    places[place] = entry;
  }
}
