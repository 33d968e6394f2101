package dev.kyma.format.encoding.text;

import dev.kyma.format.encoding.Hashing;
import dev.kyma.format.vector.BytesVector;
import java.util.Arrays;

/**
 * Learns templates from a sample of texts, token by token from the left: texts that have begun
 * alike are told apart by their next token.
 *
 * <p>Strings at one place are the program's own text when the string tells what follows better than
 * the place alone does, and a variable otherwise: of two texts with the same string there, how
 * often do they go on alike, and how often do any two? Alike means the same next token, or tokens
 * of the same kinds.
 */
final class TrieBuilder {
  /** A string must occur so often at its place to be literal. */
  private static final int LITERAL_FROM = 3;

  /** Texts at one place that are looked at to tell literals from variables. */
  private static final int LOOK_AT = 2_048;

  /** So many tokens make the shape of what follows. */
  private static final int SHAPE = 4;

  private static final double ALIKE_ANYWAY = 0.9;
  private static final double TELLING = 0.3;
  private static final int MAX_DEPTH = 500;
  private static final int NUMBER = SlotKind.NUMBER.ordinal();

  private final BytesVector texts;
  private final TemplateTrie trie;
  private int[] types = new int[1 << 14];
  private int[] starts = new int[1 << 14];
  private int[] cores = new int[1 << 14];
  private int[] ends = new int[1 << 14];
  private long[] wholes = new long[1 << 14];
  private int tokens;

  private TrieBuilder(BytesVector texts, TemplateTrie trie) {
    this.texts = texts;
    this.trie = trie;
  }

  /**
   * Adds to the trie what is learnt.
   *
   * @param rows the rows of the sample, none of them NULL or too long
   */
  static void learn(
      BytesVector texts, int[] rows, int count, RowTokenizer tokenizer, TemplateTrie trie) {
    TrieBuilder builder = new TrieBuilder(texts, trie);
    int[] firsts = new int[count];
    for (int i = 0; i < count; i++) {
      firsts[i] = builder.tokenize(rows[i], tokenizer);
    }
    builder.build(TemplateTrie.LEARNT, firsts, 0);
  }

  private int tokenize(int row, RowTokenizer tokenizer) {
    int first = tokens;
    tokenizer.reset(texts.data(), texts.offsets()[row], texts.offsets()[row + 1]);
    do {
      tokenizer.next();
      if (tokens == types.length) {
        int size = 2 * tokens;
        types = Arrays.copyOf(types, size);
        starts = Arrays.copyOf(starts, size);
        cores = Arrays.copyOf(cores, size);
        ends = Arrays.copyOf(ends, size);
        wholes = Arrays.copyOf(wholes, size);
      }
      types[tokens] = tokenizer.type;
      starts[tokens] = tokenizer.start;
      cores[tokens] = tokenizer.core;
      ends[tokens] = tokenizer.end;
      int to = tokenizer.isString() ? tokenizer.end : tokenizer.core;
      wholes[tokens] = TemplateTrie.hash(texts.data(), tokenizer.start, to, tokenizer.type);
      tokens++;
    } while (tokenizer.type != RowTokenizer.END);
    return first;
  }

  /**
   * Adds the children of a node.
   *
   * @param at the next token of every text that has come here
   */
  private void build(int node, int[] at, int depth) {
    if (at.length < LITERAL_FROM || depth == MAX_DEPTH || trie.isFull()) {
      return;
    }
    joinNumbers(at);
    long[] places = new long[at.length];
    for (int i = 0; i < at.length; i++) {
      int token = at[i];
      places[i] = TemplateTrie.hash(texts.data(), starts[token], cores[token], types[token]);
    }
    for (int[] group : Grouping.of(at, places)) {
      if (group.length < LITERAL_FROM) {
        continue;
      }
      int type = types[group[0]];
      if (type >= RowTokenizer.WORD && type <= RowTokenizer.PATH) {
        buildStrings(node, group, depth);
      } else {
        int child = add(node, group[0], true);
        if (type != RowTokenizer.END) {
          build(child, following(group), depth + 1);
        }
      }
    }
  }

  /**
   * Makes whole numbers of one kind with the others at their place: with those that have a point,
   * or with padded ones of as many digits.
   */
  private void joinNumbers(int[] at) {
    boolean points = false;
    int padded = -1;
    for (int token : at) {
      points |= types[token] == SlotKind.DECIMAL.ordinal();
      if ((types[token] & 0x1FF) == SlotKind.PADDED.ordinal()) {
        padded = padded == -1 || padded == types[token] ? types[token] : -2;
      }
    }
    if (!points && padded < 0) {
      return;
    }
    boolean sameWidth = padded >= 0;
    for (int i = 0; sameWidth && i < at.length; i++) {
      sameWidth = types[at[i]] != NUMBER || ends[at[i]] - cores[at[i]] == padded >> 9;
    }
    for (int token : at) {
      if (types[token] == NUMBER && (points || sameWidth)) {
        types[token] = points ? SlotKind.DECIMAL.ordinal() : padded;
      }
    }
  }

  private int add(int node, int token, boolean slot) {
    int to = slot ? cores[token] : ends[token];
    return trie.add(node, types[token], slot, texts.data(), starts[token], to);
  }

  private static int[] following(int[] group) {
    int[] next = new int[group.length];
    for (int i = 0; i < group.length; i++) {
      next[i] = group[i] + 1;
    }
    return next;
  }

  private void buildStrings(int node, int[] group, int depth) {
    long[] own = new long[group.length];
    for (int i = 0; i < group.length; i++) {
      own[i] = wholes[group[i]];
    }
    int[][] byString = Grouping.of(group, own);
    if (byString.length == 1) {
      build(add(node, group[0], false), following(group), depth + 1);
      return;
    }
    if (isVariable(group)) {
      buildVariable(node, group, depth);
      return;
    }
    int[] rare = new int[group.length];
    int rares = 0;
    for (int[] same : byString) {
      if (same.length >= LITERAL_FROM) {
        build(add(node, same[0], false), following(same), depth + 1);
      } else {
        for (int token : same) {
          rare[rares++] = token;
        }
      }
    }
    if (rares >= LITERAL_FROM) {
      int[] rest = Arrays.copyOf(rare, rares);
      build(add(node, rest[0], true), following(rest), depth + 1);
    }
  }

  private void buildVariable(int node, int[] group, int depth) {
    int prefixed = samePrefix(group);
    if (prefixed * 20L >= group.length * 19L) {
      int first = group[0];
      int to = RowTokenizer.numberAfter(texts.data(), cores[first], ends[first]);
      int[] with = new int[group.length];
      int count = 0;
      for (int token : group) {
        if (hasPrefix(token, first, to)) {
          with[count++] = token;
        }
      }
      int child = trie.addNumbered(node, texts.data(), starts[first], to);
      build(child, following(Arrays.copyOf(with, count)), depth + 1);
    } else {
      build(add(node, group[0], true), following(group), depth + 1);
    }
  }

  /** How many words are the letters of the first and a number. */
  private int samePrefix(int[] group) {
    int first = group[0];
    int to = RowTokenizer.numberAfter(texts.data(), cores[first], ends[first]);
    if (to < 0 || types[first] != RowTokenizer.WORD) {
      return 0;
    }
    int count = 0;
    for (int token : group) {
      count += hasPrefix(token, first, to) ? 1 : 0;
    }
    return count;
  }

  private boolean hasPrefix(int token, int first, int to) {
    byte[] data = texts.data();
    int at = RowTokenizer.numberAfter(data, cores[token], ends[token]);
    return at > 0 && Arrays.equals(data, cores[token], at, data, cores[first], to);
  }

  private boolean isVariable(int[] group) {
    int size = Math.min(group.length, LOOK_AT);
    long[] strings = new long[size];
    long[] next = new long[size];
    long[] shapes = new long[size];
    // Spread over the texts, which come in an order that may mean something.
    long step = ((long) group.length << 16) / size;
    for (int i = 0; i < size; i++) {
      int token = group[(int) (i * step >>> 16)];
      strings[i] = wholes[token];
      next[i] = wholes[token + 1];
      shapes[i] = shape(token + 1);
    }
    // What follows may itself begin with a variable: then its shape tells.
    return !tells(strings, next) && !tells(strings, shapes);
  }

  /** Whether texts with the same string go on alike much more often than any do. */
  private static boolean tells(long[] strings, long[] continuations) {
    int size = strings.length;
    long[] both = new long[size];
    for (int i = 0; i < size; i++) {
      both[i] = Hashing.mix(strings[i] + 31 * continuations[i]);
    }
    double sameString = pairs(strings.clone());
    if (sameString < 4) {
      return false;
    }
    double alike = pairs(both) / sameString;
    double alikeAnyway = pairs(continuations) / (size * (size - 1.0) / 2);
    return alikeAnyway < ALIKE_ANYWAY && (alike - alikeAnyway) / (1 - alikeAnyway) > TELLING;
  }

  /** What separates the next few tokens, and their kinds. */
  private long shape(int from) {
    long shape = 0;
    for (int token = from; token < from + SHAPE; token++) {
      long place = TemplateTrie.hash(texts.data(), starts[token], cores[token], types[token]);
      shape = Hashing.mix(shape + place);
      if (types[token] == RowTokenizer.END) {
        break;
      }
    }
    return shape;
  }

  /** How many pairs are of equal numbers. */
  private static double pairs(long[] values) {
    Arrays.sort(values);
    double pairs = 0;
    for (int i = 0; i < values.length; ) {
      int end = i + 1;
      while (end < values.length && values[end] == values[i]) {
        end++;
      }
      pairs += (end - i) * (end - i - 1.0) / 2;
      i = end;
    }
    return pairs;
  }
}
