package dev.kyma.format.index;

import dev.kyma.format.encoding.ByteSource;
import java.util.Arrays;
import java.util.function.ObjIntConsumer;

/**
 * Lists of rows by hash, in buckets each of which is read alone. Immutable.
 *
 * <p>A hash is the first 32 bits of a {@link ValueHash} or of a token's hash. Bucket {@code b} of
 * {@code n} holds the hashes {@code h} for which {@code h * n >>> 32} is {@code b}, so that it is
 * known from the number of buckets alone which one to read. Different values may share a hash:
 * whoever looks a value up verifies the rows.
 *
 * <pre>
 * head   := u8 1, varint hashes, varint buckets                  one page a bucket
 * bucket := varint count, count × rice(gap), count × list, zero bits
 * list   := 1, row                                               in rowBits(rows) bits
 *         | 0, 0, gamma(count), count × rice(gap)                rows
 *         | 0, 1, gamma(count + 1), count × rice(gap)            vectors; none means any row
 * </pre>
 *
 * A gap is the difference to the number after the one before, at first to the least possible one.
 */
public final class HashIndex {
  static final int FORM = 1;

  static final byte ROWS = 0;
  static final byte VECTORS = 1;
  static final byte ANYWHERE = 2;

  private final int rows;
  private final int entries;
  private final int buckets;

  private HashIndex(int rows, int entries, int buckets) {
    this.rows = rows;
    this.entries = entries;
    this.buckets = buckets;
  }

  /**
   * Reads the head.
   *
   * @param rows how many rows the extent has
   * @param pages how many pages the index has
   */
  public static HashIndex open(ByteSource head, int rows, int pages) {
    int form = head.u8();
    if (form != FORM) {
      throw head.corrupt("an index of form " + FORM, "form " + form);
    }
    int entries = head.count(Integer.MAX_VALUE);
    int buckets = head.count(pages);
    if (buckets == 0 || buckets != pages) {
      throw head.corrupt(pages + " buckets", Integer.toString(buckets));
    }
    return new HashIndex(rows, entries, buckets);
  }

  /** How many different hashes there are. */
  public int entries() {
    return entries;
  }

  /** How many buckets there are. */
  public int buckets() {
    return buckets;
  }

  /** The first 32 bits of a hash, by which indexes know it. */
  public static int shortened(long hash) {
    return (int) (hash >>> 32);
  }

  /** The bucket of a hash. */
  public int bucket(int hash) {
    return (int) ((hash & 0xFFFF_FFFFL) * buckets >>> 32);
  }

  /** The least hash of a bucket. */
  static long base(int bucket, int buckets) {
    return (((long) bucket << 32) + buckets - 1) / buckets;
  }

  static int rowBits(int rows) {
    return 32 - Integer.numberOfLeadingZeros(Math.max(0, rows - 1));
  }

  static int vectors(int rows) {
    return (rows + Postings.VECTOR_ROWS - 1) / Postings.VECTOR_ROWS;
  }

  /** The Rice parameter for so many numbers spread evenly over a range. */
  static int parameter(long range, int count) {
    long mean = count == 0 ? 0 : range / count;
    return mean <= 1 ? 0 : Math.min(31, 63 - Long.numberOfLeadingZeros(mean * 11 / 16 + 1));
  }

  /** Where a hash occurs, according to the bucket it belongs to. */
  public Postings find(ByteSource page, int hash) {
    Postings[] found = {Postings.NONE};
    int[] wanted = {hash};
    find(page, bucket(hash), wanted, 0, 1, (postings, place) -> found[0] = postings);
    return found[0];
  }

  /**
   * Merges hashes with a bucket.
   *
   * @param page the bucket
   * @param hashes ascending as unsigned numbers, each once
   * @param from the first that belongs to the bucket
   * @param to the first that does not any more
   * @param found takes the places of each hash that is there, and which of {@code hashes} it is
   */
  public void find(
      ByteSource page, int bucket, int[] hashes, int from, int to, ObjIntConsumer<Postings> found) {
    long base = base(bucket, buckets);
    long end = base(bucket + 1, buckets);
    int count = page.count(Math.min(entries, 8L * page.remaining()));
    int k = parameter(end - base, count);
    BitSource bits = new BitSource(page);
    int[] matches = new int[to - from];
    Arrays.fill(matches, -1);
    long next = base;
    int wanted = from;
    int last = -1;
    for (int i = 0; i < count; i++) {
      long hash = next + bits.rice(k, end - next);
      while (wanted < to && (hashes[wanted] & 0xFFFF_FFFFL) < hash) {
        wanted++;
      }
      if (wanted < to && (hashes[wanted] & 0xFFFF_FFFFL) == hash) {
        matches[wanted++ - from] = i;
        last = i;
      }
      next = hash + 1;
    }
    int at = 0;
    for (int i = 0; i <= last; i++) {
      while (matches[at] < 0) {
        at++;
      }
      boolean isWanted = matches[at] == i;
      Postings postings = list(page, bits, isWanted);
      if (isWanted) {
        found.accept(postings, from + at++);
      }
    }
  }

  /** The hashes of a bucket, ascending. */
  public int[] hashes(ByteSource page, int bucket) {
    long base = base(bucket, buckets);
    long end = base(bucket + 1, buckets);
    int count = page.count(Math.min(entries, 8L * page.remaining()));
    int k = parameter(end - base, count);
    BitSource bits = new BitSource(page);
    int[] hashes = new int[count];
    long next = base;
    for (int i = 0; i < count; i++) {
      long hash = next + bits.rice(k, end - next);
      hashes[i] = (int) hash;
      next = hash + 1;
    }
    return hashes;
  }

  private Postings list(ByteSource page, BitSource bits, boolean isWanted) {
    if (bits.bits(1) == 1) {
      int row = (int) bits.bits(rowBits(rows));
      if (row >= rows) {
        throw page.corrupt("a row below " + rows, Integer.toString(row));
      }
      return isWanted ? new Postings(Postings.Form.ROWS, new int[] {row}) : Postings.NONE;
    }
    boolean isVectors = bits.bits(1) == 1;
    int range = isVectors ? vectors(rows) : rows;
    int count = bits.gamma(isVectors ? range + 1 : Math.max(1, range));
    count -= isVectors ? 1 : 0;
    if (count == 0) {
      return Postings.ANYWHERE;
    }
    int k = parameter(range, count);
    int[] places = isWanted ? new int[count] : new int[0];
    long next = 0;
    for (int i = 0; i < count; i++) {
      long place = next + bits.rice(k, range - next);
      if (isWanted) {
        places[i] = (int) place;
      }
      next = place + 1;
    }
    return isVectors
        ? new Postings(Postings.Form.VECTORS, places)
        : new Postings(Postings.Form.ROWS, places);
  }
}
