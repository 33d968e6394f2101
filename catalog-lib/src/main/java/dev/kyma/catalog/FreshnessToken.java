package dev.kyma.catalog;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a client shows to read at least the rows it was acknowledged for: the last record that
 * matters to it, for each log partition it wrote to.
 *
 * <p>In text it is opaque and safe in URLs and headers: base64url over a version byte and, for each
 * entry, the log ordinal and the offset as unsigned LEB128.
 *
 * @param entries at most one for each log partition, by ordinal
 */
public record FreshnessToken(List<Entry> entries) {
  /** The token of nothing: every snapshot is past it. */
  public static final FreshnessToken NONE = new FreshnessToken(List.of());

  private static final byte VERSION = 1;
  private static final int MAX_ENTRIES = 10_000;

  /**
   * A record of the log.
   *
   * @param log the partition's ordinal
   * @param offset the record's offset
   */
  public record Entry(int log, long offset) {
    public Entry {
      if (log < 0 || offset < 0) {
        throw new IllegalArgumentException("log " + log + " at " + offset);
      }
    }
  }

  public FreshnessToken {
    TreeMap<Integer, Entry> newest = new TreeMap<>();
    for (Entry entry : entries) {
      newest.merge(entry.log(), entry, (a, b) -> a.offset() >= b.offset() ? a : b);
    }
    entries = List.copyOf(newest.values());
  }

  /** The token of both. */
  public FreshnessToken and(FreshnessToken other) {
    List<Entry> all = new ArrayList<>(entries);
    all.addAll(other.entries);
    return new FreshnessToken(all);
  }

  /**
   * Whether everything the token names is in the extents of a snapshot. A log that is no longer
   * bound to a table has nothing left to wait for.
   */
  public boolean isWithin(Snapshot snapshot) {
    for (Entry entry : entries) {
      Optional<SourceCursor> cursor = snapshot.cursor(entry.log());
      if (cursor.isPresent() && cursor.get().nextOffset() <= entry.offset()) {
        return false;
      }
    }
    return true;
  }

  /** The token as text. */
  public String encoded() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(VERSION);
    for (Entry entry : entries) {
      write(out, entry.log());
      write(out, entry.offset());
    }
    return Base64.getUrlEncoder().withoutPadding().encodeToString(out.toByteArray());
  }

  /**
   * The token with an {@link #encoded()} text.
   *
   * @throws IllegalArgumentException if the text is no such token
   */
  public static FreshnessToken parse(String text) {
    byte[] bytes = Base64.getUrlDecoder().decode(text);
    if (bytes.length == 0 || bytes[0] != VERSION) {
      throw new IllegalArgumentException("no freshness token of version " + VERSION);
    }
    List<Entry> entries = new ArrayList<>();
    int[] at = {1};
    while (at[0] < bytes.length) {
      long log = read(bytes, at);
      long offset = read(bytes, at);
      if (log > Integer.MAX_VALUE || entries.size() == MAX_ENTRIES) {
        throw new IllegalArgumentException("a freshness token out of range");
      }
      entries.add(new Entry((int) log, offset));
    }
    return new FreshnessToken(entries);
  }

  private static void write(ByteArrayOutputStream out, long value) {
    long rest = value;
    while (rest > 127) {
      out.write((int) (rest & 127 | 128));
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  private static long read(byte[] bytes, int[] at) {
    long value = 0;
    for (int shift = 0; shift < 63; shift += 7) {
      if (at[0] == bytes.length) {
        throw new IllegalArgumentException("a freshness token is cut short");
      }
      byte b = bytes[at[0]++];
      value |= (long) (b & 127) << shift;
      if (b >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("a freshness token out of range");
  }
}
