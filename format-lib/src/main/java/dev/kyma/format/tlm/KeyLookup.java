package dev.kyma.format.tlm;

import dev.kyma.format.KeyMatches;
import dev.kyma.format.ScanCursor;
import dev.kyma.format.index.HashIndex;
import dev.kyma.format.index.KeyScan;
import dev.kyma.format.index.Postings;
import dev.kyma.format.index.ValueHash;
import dev.kyma.format.io.ObjectStore.Range;
import dev.kyma.format.predicate.ColumnPath;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.Bits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Looks keys up by the index of primary keys: their hashes, sorted, are merged with the buckets
 * they fall into, and the rows found there are compared with the keys. Used by one thread.
 */
final class KeyLookup {
  private final long[] byHash;
  private final int[] hashes;
  private final int[] starts;
  private long[] pairs = new long[16];
  private int count;

  private KeyLookup(Batch keys) {
    long[] all = ValueHash.ofKeys(keys);
    byHash = new long[all.length];
    for (int key = 0; key < all.length; key++) {
      byHash[key] = (all[key] & 0xFFFF_FFFF_0000_0000L | key) ^ Long.MIN_VALUE;
    }
    Arrays.sort(byHash);
    int[] distinct = new int[all.length];
    int[] first = new int[all.length + 1];
    int size = 0;
    for (int i = 0; i < byHash.length; i++) {
      byHash[i] ^= Long.MIN_VALUE;
      int hash = HashIndex.shortened(byHash[i]);
      if (size == 0 || distinct[size - 1] != hash) {
        distinct[size] = hash;
        first[size++] = i;
      }
    }
    first[size] = byHash.length;
    hashes = Arrays.copyOf(distinct, size);
    starts = Arrays.copyOf(first, size + 1);
  }

  /**
   * Finds keys.
   *
   * @param region the index
   * @param columns the key columns in the types of the keys
   */
  static KeyMatches find(TlmReader extent, Region region, List<ColumnPath> columns, Batch keys) {
    KeyLookup lookup = new KeyLookup(keys);
    lookup.candidates(extent, region);
    return lookup.count == 0 ? KeyMatches.NONE : lookup.verify(extent, columns, keys);
  }

  private void candidates(TlmReader extent, Region region) {
    List<Range> ranges = new ArrayList<>();
    List<ChunkReader.PageRun> runs = new ArrayList<>();
    OpenIndex index =
        OpenIndex.open(
                extent.bytes(), List.of(region), extent.footer().rows(), extent.bytes()::read)
            .getFirst();
    index.missing(hashes, ranges, runs);
    List<byte[]> parts = ranges.isEmpty() ? List.of() : extent.bytes().read(ranges);
    for (int i = 0; i < runs.size(); i++) {
      runs.get(i).take(parts.get(i));
    }
    index.find(hashes, this::add);
  }

  private void add(Postings postings, int hash) {
    int[] rows = postings.places();
    for (int i = starts[hash]; i < starts[hash + 1]; i++) {
      for (int row : rows) {
        if (count == pairs.length) {
          pairs = Arrays.copyOf(pairs, 2 * count);
        }
        pairs[count++] = (long) row << 32 | byHash[i] & 0xFFFF_FFFFL;
      }
    }
  }

  /** Keeps the pairs whose row holds the key. */
  private KeyMatches verify(TlmReader extent, List<ColumnPath> columns, Batch keys) {
    Arrays.sort(pairs, 0, count);
    long[] rows = new long[Bits.words(extent.footer().rows())];
    for (int i = 0; i < count; i++) {
      Bits.set(rows, (int) (pairs[i] >>> 32));
    }
    int[] foundKeys = new int[count];
    int[] foundRows = new int[count];
    int found = 0;
    int next = 0;
    ScanCursor cursor = extent.rows(columns, rows);
    for (ScanCursor.Rows some = cursor.next(); some != null; some = cursor.next()) {
      long end = some.firstRow() + some.batch().rowCount();
      for (; next < count && pairs[next] >>> 32 < end; next++) {
        int row = (int) (pairs[next] >>> 32);
        int key = (int) pairs[next];
        if (KeyScan.isKey(keys, key, some.batch(), row - (int) some.firstRow())) {
          foundKeys[found] = key;
          foundRows[found++] = row;
        }
      }
    }
    return new KeyMatches(Arrays.copyOf(foundKeys, found), Arrays.copyOf(foundRows, found));
  }
}
