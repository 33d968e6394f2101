package dev.kyma.catalog.visibility;

import dev.kyma.catalog.CatalogException;
import dev.kyma.catalog.KeyWindow;
import dev.kyma.format.bytes.ByteReader;
import dev.kyma.format.bytes.ByteWriter;
import dev.kyma.format.bytes.CorruptBytesException;
import dev.kyma.format.log.KeyedRows;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The keyed requests of one log partition that are remembered: those kept within the last hour of
 * the log's clock, at most {@link #MAX_ENTRIES}.
 *
 * <p>The log's clock is the greatest append time of a kept request, so it and everything here
 * follows from the kept requests alone: a ledger restored from what commits packed is the same as
 * one that lived on. Entries are stored in arrays, 44 bytes each and an index of 8 to 16 more. Used
 * by one thread.
 *
 * <p>A packed window is
 *
 * <pre>
 * window := version:int8 = 1, count:varint, entry*, crc32c:int32
 * entry  := keyHigh:int64, keyLow:int64, payloadHigh:int64, payloadLow:int64, part:varint,
 *           time:varint (milliseconds since 1970 in the first, then since the entry before)
 * </pre>
 *
 * in the numbers of {@link ByteWriter}.
 */
public final class KeyLedger {
  /** How long a request is remembered, by the log's clock. */
  public static final Duration WINDOW = Duration.ofHours(1);

  /** How many requests are remembered at most; beyond it the oldest are forgotten. */
  public static final int MAX_ENTRIES = 10_000_000;

  private static final long WINDOW_MILLIS = WINDOW.toMillis();
  private static final int VERSION = 1;
  private static final int PAGE_BITS = 10;
  private static final int PAGE = 1 << PAGE_BITS;
  private static final int LONGS = 5;

  /** Entries that follow each other; page n holds the ordinals from n * PAGE. */
  private static final class Page {
    final long[] longs = new long[PAGE * LONGS];
    final int[] parts = new int[PAGE];
  }

  private final int maxEntries;
  private @Nullable Page[] pages = new @Nullable Page[2];
  private long firstPage;
  private long first;
  private long next;
  private long taken;
  private long clockMillis = Long.MIN_VALUE;
  private long otherPayloads;

  // Open addressing with linear probing by (key, part): ordinal - indexBase + 1, or 0 for none.
  // Entries forgotten stay until the index is built anew.
  private int[] index = new int[64];
  private long indexBase;

  KeyLedger() {
    this(MAX_ENTRIES);
  }

  /** A ledger with another bound, so that the bound can be reached in a test. */
  KeyLedger(int maxEntries) {
    this.maxEntries = maxEntries;
  }

  /**
   * The ledger after the commits that packed these windows, oldest first.
   *
   * @throws CatalogException.Corrupt if a window is damaged
   */
  static KeyLedger restore(List<KeyWindow> windows) {
    return restore(windows, MAX_ENTRIES);
  }

  static KeyLedger restore(List<KeyWindow> windows, int maxEntries) {
    KeyLedger ledger = new KeyLedger(maxEntries);
    for (KeyWindow window : windows) {
      ledger.unpack(window);
    }
    ledger.taken = ledger.next;
    return ledger;
  }

  /** How many entries a packed window holds. */
  public static int entries(KeyWindow window) {
    try {
      ByteReader in = new ByteReader(window.packed());
      return header(in);
    } catch (CorruptBytesException e) {
      throw new CatalogException.Corrupt("key window: " + e.getMessage());
    }
  }

  int size() {
    return (int) (next - first);
  }

  long otherPayloads() {
    return otherPayloads;
  }

  /**
   * Remembers a run of rows unless it repeats one that is remembered.
   *
   * @return whether the rows are new
   */
  boolean remember(KeyedRows run, long appendTimeMillis) {
    long now = Math.max(clockMillis, appendTimeMillis);
    long oldest = now - WINDOW_MILLIS;
    boolean otherPayload = false;
    int mask = index.length - 1;
    for (int slot = hash(run.keyHigh(), run.keyLow(), run.part()) & mask;
        index[slot] != 0;
        slot = slot + 1 & mask) {
      long ordinal = indexBase + index[slot] - 1;
      if (ordinal < first) {
        continue;
      }
      Page page = page(ordinal);
      int row = (int) ordinal & PAGE - 1;
      int at = row * LONGS;
      if (page.longs[at] == run.keyHigh()
          && page.longs[at + 1] == run.keyLow()
          && page.parts[row] == run.part()
          && page.longs[at + 4] >= oldest) {
        if (page.longs[at + 2] == run.payloadHigh() && page.longs[at + 3] == run.payloadLow()) {
          return false;
        }
        otherPayload = true;
      }
    }
    if (otherPayload) {
      otherPayloads++;
    }
    append(run.keyHigh(), run.keyLow(), run.payloadHigh(), run.payloadLow(), run.part(), now);
    return true;
  }

  /** The entries remembered since the last call, packed; empty when there are none. */
  Optional<KeyWindow> take(int log) {
    long from = Math.max(taken, first);
    taken = next;
    if (from == next) {
      return Optional.empty();
    }
    int count = (int) (next - from);
    ByteWriter out = new ByteWriter(16 + count * 40);
    out.int8(VERSION).varint(count);
    long previous = 0;
    for (long ordinal = from; ordinal < next; ordinal++) {
      Page page = page(ordinal);
      int row = (int) ordinal & PAGE - 1;
      for (int i = 0; i < LONGS - 1; i++) {
        out.int64(page.longs[row * LONGS + i]);
      }
      long time = page.longs[row * LONGS + 4];
      out.varint(page.parts[row]).varint(time - previous);
      previous = time;
    }
    return Optional.of(
        new KeyWindow(log, Instant.ofEpochMilli(clockMillis), out.crc32c(0).toByteArray()));
  }

  private void unpack(KeyWindow window) {
    try {
      ByteReader in = new ByteReader(window.packed());
      int count = header(in);
      long time = 0;
      for (int i = 0; i < count; i++) {
        long keyHigh = in.int64();
        long keyLow = in.int64();
        long payloadHigh = in.int64();
        long payloadLow = in.int64();
        int part = in.varint32();
        time += in.varint();
        append(keyHigh, keyLow, payloadHigh, payloadLow, part, Math.max(clockMillis, time));
      }
      in.crc32c(0);
      in.end();
    } catch (CorruptBytesException e) {
      throw new CatalogException.Corrupt("key window: " + e.getMessage());
    }
  }

  private static int header(ByteReader in) {
    int version = in.int8();
    if (version != VERSION) {
      throw in.corrupt("key window of version " + version);
    }
    return in.count();
  }

  private void append(
      long keyHigh, long keyLow, long payloadHigh, long payloadLow, int part, long time) {
    int pageIndex = (int) ((next >>> PAGE_BITS) - firstPage);
    if (pageIndex == pages.length) {
      @Nullable Page[] longer = new @Nullable Page[pages.length * 2];
      System.arraycopy(pages, 0, longer, 0, pages.length);
      pages = longer;
    }
    Page page = pages[pageIndex];
    if (page == null) {
      page = new Page();
      pages[pageIndex] = page;
    }
    int row = (int) next & PAGE - 1;
    int at = row * LONGS;
    page.longs[at] = keyHigh;
    page.longs[at + 1] = keyLow;
    page.longs[at + 2] = payloadHigh;
    page.longs[at + 3] = payloadLow;
    page.longs[at + 4] = time;
    page.parts[row] = part;
    clockMillis = time;
    next++;
    forget();
    if ((next - indexBase) * 3 > index.length * 2L) {
      rebuildIndex();
    } else {
      enter(next - 1);
    }
  }

  /** Forgets what is out of the window or the bound, and frees pages nothing is left in. */
  private void forget() {
    long oldest = clockMillis - WINDOW_MILLIS;
    while (next - first > maxEntries
        || page(first).longs[((int) first & PAGE - 1) * LONGS + 4] < oldest) {
      first++;
      if ((first & PAGE - 1) == 0) {
        pages[(int) ((first >>> PAGE_BITS) - firstPage) - 1] = null;
      }
    }
    int free = (int) ((first >>> PAGE_BITS) - firstPage);
    // Pages move down only when half the places are free: one move for each place there is.
    if (free > 0 && free * 2 >= pages.length) {
      @Nullable Page[] rest = new @Nullable Page[pages.length];
      System.arraycopy(pages, free, rest, 0, pages.length - free);
      pages = rest;
      firstPage += free;
    }
  }

  private void rebuildIndex() {
    int capacity = 64;
    while (capacity < (long) size() * 2) {
      capacity *= 2;
    }
    index = new int[capacity];
    indexBase = first;
    for (long ordinal = first; ordinal < next; ordinal++) {
      enter(ordinal);
    }
  }

  private void enter(long ordinal) {
    Page page = page(ordinal);
    int row = (int) ordinal & PAGE - 1;
    int mask = index.length - 1;
    int slot = hash(page.longs[row * LONGS], page.longs[row * LONGS + 1], page.parts[row]) & mask;
    while (index[slot] != 0) {
      slot = slot + 1 & mask;
    }
    index[slot] = (int) (ordinal - indexBase) + 1;
  }

  private Page page(long ordinal) {
    return Objects.requireNonNull(pages[(int) ((ordinal >>> PAGE_BITS) - firstPage)]);
  }

  private static int hash(long keyHigh, long keyLow, int part) {
    long mixed = (keyHigh ^ Long.rotateLeft(keyLow, 32) ^ part * 0x9E3779B97F4A7C15L);
    mixed = (mixed ^ mixed >>> 32) * 0xD6E8FEB86659FD93L;
    return (int) (mixed ^ mixed >>> 32);
  }
}
