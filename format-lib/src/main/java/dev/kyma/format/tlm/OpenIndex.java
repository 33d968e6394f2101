package dev.kyma.format.tlm;

import dev.kyma.format.encoding.ByteSource;
import dev.kyma.format.index.ExtentFilter;
import dev.kyma.format.index.HashIndex;
import dev.kyma.format.index.Postings;
import dev.kyma.format.io.ObjectStore.Range;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.Function;
import java.util.function.ObjIntConsumer;

/** An index of an extent, its buckets read as they are wanted. Used by one thread. */
final class OpenIndex {
  private final ChunkReader chunk;
  private final HashIndex index;

  private OpenIndex(ChunkReader chunk, HashIndex index) {
    this.chunk = chunk;
    this.index = index;
  }

  /** Opens indexes with one read of their heads. */
  static List<OpenIndex> open(
      ExtentBytes bytes,
      List<Region> regions,
      int rows,
      Function<List<Range>, List<byte[]>> reader) {
    List<ChunkReader> chunks = new ArrayList<>();
    List<Range> heads = new ArrayList<>();
    for (Region region : regions) {
      ChunkReader chunk = new ChunkReader(bytes, region, reader);
      chunks.add(chunk);
      heads.add(chunk.first());
    }
    List<byte[]> read = reader.apply(heads);
    List<OpenIndex> open = new ArrayList<>();
    for (int i = 0; i < regions.size(); i++) {
      ChunkReader chunk = chunks.get(i);
      ByteSource head = chunk.open(read.get(i));
      open.add(new OpenIndex(chunk, HashIndex.open(head, rows, chunk.pageCount())));
    }
    return open;
  }

  /** Adds to the lists what must be read to look hashes up. */
  void missing(int[] hashes, List<Range> ranges, List<ChunkReader.PageRun> runs) {
    BitSet pages = new BitSet();
    for (int hash : hashes) {
      pages.set(index.bucket(hash));
    }
    chunk.missing(pages, ranges, runs);
  }

  /** Where a hash occurs. */
  Postings find(int hash) {
    return index.find(chunk.page(index.bucket(hash)), hash);
  }

  /**
   * Where hashes occur, bucket by bucket.
   *
   * @param hashes ascending as unsigned numbers, each once
   */
  void find(int[] hashes, ObjIntConsumer<Postings> found) {
    for (int from = 0; from < hashes.length; ) {
      int bucket = index.bucket(hashes[from]);
      int to = from + 1;
      while (to < hashes.length && index.bucket(hashes[to]) == bucket) {
        to++;
      }
      index.find(chunk.page(bucket), bucket, hashes, from, to, found);
      from = to;
    }
  }

  /** Adds to the lists what must be read to have everything. */
  void missing(List<Range> ranges, List<ChunkReader.PageRun> runs) {
    BitSet pages = new BitSet();
    pages.set(0, index.buckets());
    chunk.missing(pages, ranges, runs);
  }

  /** The filter of all hashes. */
  ExtentFilter filter(int column, int bitsPerEntry) {
    long[] hashes = new long[0];
    int count = 0;
    for (int bucket = 0; bucket < index.buckets(); bucket++) {
      int[] next = index.hashes(chunk.page(bucket), bucket);
      if (count + next.length > hashes.length) {
        hashes = Arrays.copyOf(hashes, Math.max(count + next.length, 2 * count));
      }
      for (int hash : next) {
        hashes[count++] = (long) hash << 32;
      }
    }
    return ExtentFilter.of(column, hashes, 0, count, bitsPerEntry);
  }
}
