package dev.kyma.catalog.commit;

import java.util.Arrays;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * An immutable map whose changed copies share all but a few nodes with it: a hash array mapped trie
 * (Bagwell 2001) of 32-way branches. A change copies at most seven small arrays, however large the
 * map is. Null is neither key nor value.
 */
final class PersistentMap<K, V> {
  private static final int BITS = 5;
  private static final PersistentMap<?, ?> EMPTY = new PersistentMap<>(null, 0);

  private sealed interface Node {}

  /** An entry; entries whose keys have equal hashes are chained. */
  private record Leaf(int hash, Object key, Object value, @Nullable Leaf next) implements Node {}

  /** A branch by five bits of the hash, with slots only for the bits that occur. */
  private static final class Branch implements Node {
    final int bitmap;
    final Node[] slots;

    Branch(int bitmap, Node[] slots) {
      this.bitmap = bitmap;
      this.slots = slots;
    }
  }

  private final @Nullable Node root;
  private final int size;

  private PersistentMap(@Nullable Node root, int size) {
    this.root = root;
    this.size = size;
  }

  @SuppressWarnings("unchecked") // an empty map holds nothing of any type
  static <K, V> PersistentMap<K, V> empty() {
    return (PersistentMap<K, V>) EMPTY;
  }

  int size() {
    return size;
  }

  /** The value of a key, or null when it has none. */
  @SuppressWarnings("unchecked") // only with() puts values in
  @Nullable V find(K key) {
    Leaf leaf = leaf(key);
    return leaf == null ? null : (V) leaf.value;
  }

  /** This map with a key's value set. */
  PersistentMap<K, V> with(K key, V value) {
    int hash = hash(key);
    boolean there = leaf(key) != null;
    return new PersistentMap<>(put(root, 0, hash, key, value), there ? size : size + 1);
  }

  /** This map without a key. */
  PersistentMap<K, V> without(K key) {
    if (root == null || leaf(key) == null) {
      return this;
    }
    return new PersistentMap<>(remove(root, 0, hash(key), key), size - 1);
  }

  /** Visits all entries, in no order to rely on. */
  @SuppressWarnings("unchecked") // only with() puts entries in
  void forEach(BiConsumer<? super K, ? super V> action) {
    if (root != null) {
      visit(root, (BiConsumer<Object, Object>) (BiConsumer<?, ?>) action);
    }
  }

  private @Nullable Leaf leaf(Object key) {
    int hash = hash(key);
    Node node = root;
    int shift = 0;
    while (node instanceof Branch branch) {
      int bit = bit(hash, shift);
      if ((branch.bitmap & bit) == 0) {
        return null;
      }
      node = branch.slots[slot(branch.bitmap, bit)];
      shift += BITS;
    }
    for (Leaf leaf = (Leaf) node; leaf != null; leaf = leaf.next) {
      if (leaf.hash == hash && leaf.key.equals(key)) {
        return leaf;
      }
    }
    return null;
  }

  private static Node put(@Nullable Node node, int shift, int hash, Object key, Object value) {
    return switch (node) {
      case null -> new Leaf(hash, key, value, null);
      case Leaf leaf when leaf.hash == hash -> new Leaf(hash, key, value, unlink(leaf, key));
      case Leaf leaf -> {
        int bit = bit(leaf.hash, shift);
        yield put(new Branch(bit, new Node[] {leaf}), shift, hash, key, value);
      }
      case Branch branch -> {
        int bit = bit(hash, shift);
        int slot = slot(branch.bitmap, bit);
        if ((branch.bitmap & bit) != 0) {
          Node[] slots = branch.slots.clone();
          slots[slot] = put(slots[slot], shift + BITS, hash, key, value);
          yield new Branch(branch.bitmap, slots);
        }
        Node[] slots = new Node[branch.slots.length + 1];
        System.arraycopy(branch.slots, 0, slots, 0, slot);
        slots[slot] = new Leaf(hash, key, value, null);
        System.arraycopy(branch.slots, slot, slots, slot + 1, branch.slots.length - slot);
        yield new Branch(branch.bitmap | bit, slots);
      }
    };
  }

  private static @Nullable Node remove(Node node, int shift, int hash, Object key) {
    return switch (node) {
      case Leaf leaf -> unlink(leaf, key);
      case Branch branch -> {
        int bit = bit(hash, shift);
        int slot = slot(branch.bitmap, bit);
        Node rest = remove(branch.slots[slot], shift + BITS, hash, key);
        int length = branch.slots.length;
        if (rest != null) {
          if (length == 1 && rest instanceof Leaf) {
            yield rest;
          }
          Node[] slots = branch.slots.clone();
          slots[slot] = rest;
          yield new Branch(branch.bitmap, slots);
        }
        if (length == 1) {
          yield null;
        }
        if (length == 2 && branch.slots[1 - slot] instanceof Leaf last) {
          yield last;
        }
        Node[] slots = Arrays.copyOf(branch.slots, length - 1);
        System.arraycopy(branch.slots, slot + 1, slots, slot, length - 1 - slot);
        yield new Branch(branch.bitmap & ~bit, slots);
      }
    };
  }

  private static @Nullable Leaf unlink(@Nullable Leaf leaf, Object key) {
    if (leaf == null) {
      return null;
    }
    return leaf.key.equals(key)
        ? leaf.next
        : new Leaf(leaf.hash, leaf.key, leaf.value, unlink(leaf.next, key));
  }

  private static void visit(Node node, BiConsumer<Object, Object> action) {
    switch (node) {
      case Leaf leaf -> {
        for (Leaf next = leaf; next != null; next = next.next) {
          action.accept(next.key, next.value);
        }
      }
      case Branch branch -> {
        for (Node slot : branch.slots) {
          visit(slot, action);
        }
      }
    }
  }

  private static int hash(Object key) {
    return key.hashCode() * 0x9E3779B9;
  }

  private static int bit(int hash, int shift) {
    return 1 << (hash >>> shift & 31);
  }

  private static int slot(int bitmap, int bit) {
    return Integer.bitCount(bitmap & (bit - 1));
  }
}
