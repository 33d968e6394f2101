package dev.kyma.format.index;

import dev.kyma.format.predicate.ColumnPoint;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.BytesVector;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.DictionaryVector;
import dev.kyma.format.vector.DoubleVector;
import dev.kyma.format.vector.FloatsVector;
import dev.kyma.format.vector.Int128Vector;
import dev.kyma.format.vector.LongVector;
import java.util.Arrays;

/** Keys to look rows up by, found by their hash; and whether a row holds one. */
final class KeyTable {
  private final Batch keys;
  private final long[] hashes;
  private final int[] slots;
  private final int[] next;
  private final int mask;

  KeyTable(Batch keys) {
    this.keys = keys;
    hashes = ValueHash.ofKeys(keys);
    mask = Integer.highestOneBit(Math.max(2, 2 * hashes.length)) * 2 - 1;
    slots = new int[mask + 1];
    next = new int[hashes.length];
    Arrays.fill(slots, -1);
    for (int key = 0; key < hashes.length; key++) {
      int slot = (int) hashes[key] & mask;
      next[key] = slots[slot];
      slots[slot] = key;
    }
  }

  /** The first key that may have a hash, or -1. */
  int first(long hash) {
    return slots[(int) hash & mask];
  }

  /** The next key after one that may have the same hash, or -1. */
  int after(int key) {
    return next[key];
  }

  /** Whether a row of some batch, in the columns and types of the keys, holds a key. */
  boolean matches(int key, long hash, Batch rows, int row) {
    return hashes[key] == hash && equal(keys, key, rows, row);
  }

  static boolean equal(Batch keys, int key, Batch rows, int row) {
    for (int c = 0; c < keys.columns().size(); c++) {
      if (!equal(keys.column(c), key, rows.column(c), row)) {
        return false;
      }
    }
    return true;
  }

  private static boolean equal(ColumnVector left, int l, ColumnVector right, int r) {
    if (left.isNull(l) || right.isNull(r)) {
      return false;
    }
    return switch (left) {
      case LongVector longs -> longs.values()[l] == ((LongVector) right).values()[r];
      case DoubleVector doubles ->
          ColumnPoint.key(doubles.values()[l])
              == ColumnPoint.key(((DoubleVector) right).values()[r]);
      case Int128Vector wide ->
          wide.high()[l] == ((Int128Vector) right).high()[r]
              && wide.low()[l] == ((Int128Vector) right).low()[r];
      case BytesVector bytes -> equalBytes(bytes, l, right, r);
      case DictionaryVector coded -> equalBytes(coded.dictionary(), coded.codes()[l], right, r);
      case FloatsVector _ -> throw new IllegalArgumentException("keys of floats");
    };
  }

  private static boolean equalBytes(BytesVector left, int l, ColumnVector right, int r) {
    BytesVector other;
    int place;
    if (right instanceof DictionaryVector coded) {
      other = coded.dictionary();
      place = coded.codes()[r];
    } else {
      other = (BytesVector) right;
      place = r;
    }
    return Arrays.equals(
        left.data(),
        left.offsets()[l],
        left.offsets()[l + 1],
        other.data(),
        other.offsets()[place],
        other.offsets()[place + 1]);
  }
}
