package dev.kyma.format.index;

import dev.kyma.format.encoding.ByteSink;
import dev.kyma.format.encoding.ChunkWriter;
import java.util.Arrays;

/** Writes what {@link HashIndex} reads: hashes in order and, bucket by bucket, their rows. */
final class HashIndexWriter {
  /** Hashes in a bucket, on average. */
  private static final int BUCKET = 512;

  private final int rows;
  private final int buckets;
  private final ChunkWriter chunk;
  private final int[] hashes = new int[8 * BUCKET];
  private int[] pending = new int[0];
  private final ByteSink lists = new ByteSink(1 << 12);

  /**
   * @param entries how many different hashes there will be
   * @param rows how many rows the extent has
   */
  HashIndexWriter(int entries, int rows, ChunkWriter chunk) {
    this.rows = rows;
    this.chunk = chunk;
    buckets = Math.max(1, (entries + BUCKET / 2) / BUCKET);
    chunk.head().u8(HashIndex.FORM);
    chunk.head().varint(entries);
    chunk.head().varint(buckets);
  }

  /** Writes every hash of a table. */
  static void write(PostingsTable table, ChunkWriter chunk) {
    HashIndexWriter writer = new HashIndexWriter(table.size(), table.rows(), chunk);
    int[] order = table.sorted();
    int from = 0;
    for (int bucket = 0; bucket < writer.buckets; bucket++) {
      long end = HashIndex.base(bucket + 1, writer.buckets);
      int to = from;
      while (to < order.length && (table.hash(order[to]) & 0xFFFF_FFFFL) < end) {
        to++;
      }
      writer.begin(to - from);
      for (int i = from; i < to; i++) {
        writer.hash(i - from, table.hash(order[i]));
      }
      writer.hashes(bucket, to - from);
      for (int i = from; i < to; i++) {
        writer.list(table.form(order[i]), table.places(order[i]));
      }
      writer.end();
      from = to;
    }
  }

  /**
   * Writes the hash of every row.
   *
   * @param sorted the hash of each row in the upper half and the row in the lower, ascending as
   *     unsigned numbers
   */
  static void write(long[] sorted, ChunkWriter chunk) {
    int entries = 0;
    for (int i = 0; i < sorted.length; i++) {
      entries += i == 0 || sorted[i] >>> 32 != sorted[i - 1] >>> 32 ? 1 : 0;
    }
    HashIndexWriter writer = new HashIndexWriter(entries, sorted.length, chunk);
    int from = 0;
    for (int bucket = 0; bucket < writer.buckets; bucket++) {
      long end = HashIndex.base(bucket + 1, writer.buckets);
      int to = from;
      int count = 0;
      while (to < sorted.length && sorted[to] >>> 32 < end) {
        count += to == from || sorted[to] >>> 32 != sorted[to - 1] >>> 32 ? 1 : 0;
        to++;
      }
      writer.begin(count);
      int place = 0;
      for (int i = from; i < to; i++) {
        if (i == from || sorted[i] >>> 32 != sorted[i - 1] >>> 32) {
          writer.hash(place++, (int) (sorted[i] >>> 32));
        }
      }
      writer.hashes(bucket, count);
      for (int i = from; i < to; ) {
        int next = i + 1;
        while (next < to && sorted[next] >>> 32 == sorted[i] >>> 32) {
          next++;
        }
        int[] places = new int[next - i];
        for (int j = i; j < next; j++) {
          places[j - i] = (int) sorted[j];
        }
        writer.list(HashIndex.ROWS, places);
        i = next;
      }
      writer.end();
      from = to;
    }
  }

  private BitSink bits = new BitSink(lists);
  private ByteSink page = lists;

  private void begin(int count) {
    pending = count <= hashes.length ? hashes : new int[count];
    page = new ByteSink(8 * count + 16);
  }

  private void hash(int place, int hash) {
    pending[place] = hash;
  }

  /** Writes the hashes of a bucket. */
  private void hashes(int bucket, int count) {
    long base = HashIndex.base(bucket, buckets);
    long span = HashIndex.base(bucket + 1, buckets) - base;
    int k = HashIndex.parameter(span, count);
    page.varint(count);
    bits = new BitSink(page);
    long next = base;
    for (int i = 0; i < count; i++) {
      long hash = pending[i] & 0xFFFF_FFFFL;
      bits.rice(hash - next, k);
      next = hash + 1;
    }
  }

  /** Writes the places of the next hash. */
  private void list(byte form, int[] places) {
    if (form == HashIndex.ROWS && places.length == 1) {
      bits.bits(1, 1);
      bits.bits(places[0], HashIndex.rowBits(rows));
      return;
    }
    bits.bits(0, 1);
    bits.bits(form == HashIndex.ROWS ? 0 : 1, 1);
    if (form == HashIndex.ROWS) {
      bits.gamma(places.length);
      gaps(places, rows);
      return;
    }
    bits.gamma(places.length + 1);
    if (places.length > 0) {
      gaps(places, HashIndex.vectors(rows));
    }
  }

  private void gaps(int[] places, int range) {
    int k = HashIndex.parameter(range, places.length);
    int next = 0;
    for (int place : places) {
      bits.rice(place - next, k);
      next = place + 1;
    }
  }

  private void end() {
    bits.finish();
    chunk.page(page);
  }

  /** Sorts numbers as unsigned ones. */
  static void sortUnsigned(long[] numbers) {
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] ^= Long.MIN_VALUE;
    }
    Arrays.sort(numbers);
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] ^= Long.MIN_VALUE;
    }
  }
}
