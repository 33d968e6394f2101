package dev.kyma.catalog.visibility;

import dev.kyma.format.vector.Bits;
import dev.kyma.format.vector.Selection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which rows of a keyed table's log partition are hidden, and from which point of the log on: the
 * rule flush and hot tail share.
 *
 * <p>A row is hidden by the next row of its key, and a tombstone by itself. Rows are added in the
 * order of the log and get ordinals that count on; what is known of a row before a point of the log
 * never changes, so a reader of the log up to {@code end} gets the same answer whatever was added
 * after it. Rows may be forgotten from the front. Used by one thread at a time.
 */
public final class KeyVersions {
  /** No row: the key had no version before, or has none after. */
  public static final long NONE = -1;

  private static final int PAGE_BITS = 12;
  private static final int PAGE = 1 << PAGE_BITS;
  private static final int MIN_SLOTS = 64;

  /** What is known of rows that follow each other. */
  private static final class Page {
    final long[] hiddenFrom = new long[PAGE];
    final long[] replaces = new long[PAGE];
  }

  private final List<Page> pages = new ArrayList<>();
  private long firstPage;
  private long first;
  private long next;

  // One entry for each key: its newest row, and its bytes in the arena.
  private int entries;
  private long[] newest = new long[MIN_SLOTS];
  private long[] newestSeq = new long[MIN_SLOTS];
  private long[] hashes = new long[MIN_SLOTS];
  private int[] starts = new int[MIN_SLOTS + 1];
  private byte[] arena = new byte[MIN_SLOTS * 16];
  // Open addressing with linear probing: entry + 1, or 0 for none.
  private int[] slots = new int[MIN_SLOTS * 2];

  /** The ordinal that the next row added gets. */
  public long next() {
    return next;
  }

  /** About how much memory is taken, in bytes. */
  public long bytes() {
    return (long) pages.size() * PAGE * 2 * Long.BYTES
        + 28L * newest.length
        + arena.length
        + 4L * slots.length;
  }

  /**
   * Adds rows that follow those added before.
   *
   * @param keys the rows' keys
   * @param tombstones which rows say that their key's row is deleted
   * @param seqs the rows' {@code _seq}, ascending
   * @return the ordinal of the first
   */
  public long add(RowKeys keys, Selection tombstones, long[] seqs) {
    long start = next;
    for (int row = 0; row < keys.size(); row++) {
      long seq = seqs[row];
      int entry = entry(keys, row);
      Page page = pageToAdd();
      int at = (int) next & PAGE - 1;
      page.hiddenFrom[at] = tombstones.contains(row) ? seq : Long.MAX_VALUE;
      page.replaces[at] = newestSeq[entry];
      long before = newest[entry];
      // What hides a tombstone is the tombstone itself.
      if (before >= first && hiddenFrom(before) == Long.MAX_VALUE) {
        page(before).hiddenFrom[(int) before & PAGE - 1] = seq;
      }
      newest[entry] = next++;
      newestSeq[entry] = seq;
    }
    return start;
  }

  /**
   * The {@code _seq} of the row that hides a row: for every end of the log beyond it the row is
   * hidden. {@link Long#MAX_VALUE} when none does so far.
   */
  public long hiddenFrom(long ordinal) {
    return page(ordinal).hiddenFrom[(int) ordinal & PAGE - 1];
  }

  /** The {@code _seq} of the version of a row's key before it, {@link #NONE} if none is known. */
  public long replaces(long ordinal) {
    return page(ordinal).replaces[(int) ordinal & PAGE - 1];
  }

  /**
   * Whether any of the rows added and not forgotten has a key.
   *
   * @param keys the key in question is that of {@code row}
   */
  public boolean contains(RowKeys keys, int row) {
    int entry = find(keys, row);
    return entry >= 0 && newest[entry] >= first;
  }

  /**
   * The rows of a run that are not hidden when the log is read up to an end.
   *
   * @param ordinal the ordinal of the run's row 0
   * @param rows which rows of the run are asked for
   * @param endSeq the {@code _seq} of the first row beyond the end
   */
  public Selection visible(long ordinal, Selection rows, long endSeq) {
    long[] words = new long[Bits.words(rows.size())];
    for (int row = 0; row < rows.size(); row++) {
      if (rows.contains(row) && hiddenFrom(ordinal + row) >= endSeq) {
        Bits.set(words, row);
      }
    }
    return Selection.of(rows.size(), words);
  }

  /** Forgets the rows before an ordinal. */
  public void forgetBefore(long ordinal) {
    first = Math.max(first, Math.min(ordinal, next));
    int gone = (int) ((first >>> PAGE_BITS) - firstPage);
    if (gone > 0) {
      pages.subList(0, Math.min(gone, pages.size())).clear();
      firstPage += gone;
    }
    if (entries > MIN_SLOTS && entries > 2 * (next - first)) {
      dropForgottenKeys();
    }
  }

  private Page page(long ordinal) {
    if (ordinal < first || ordinal >= next) {
      throw new IndexOutOfBoundsException(ordinal + " of [" + first + ", " + next + ")");
    }
    return pages.get((int) ((ordinal >>> PAGE_BITS) - firstPage));
  }

  private Page pageToAdd() {
    int place = (int) ((next >>> PAGE_BITS) - firstPage);
    if (place == pages.size()) {
      pages.add(new Page());
    }
    return pages.get(place);
  }

  private int find(RowKeys keys, int row) {
    long hash = keys.hash(row);
    int mask = slots.length - 1;
    for (int slot = (int) hash & mask; slots[slot] != 0; slot = slot + 1 & mask) {
      int entry = slots[slot] - 1;
      if (hashes[entry] == hash && keys.matches(row, arena, starts[entry], starts[entry + 1])) {
        return entry;
      }
    }
    return -1;
  }

  /** The entry of a row's key, made when there is none. */
  private int entry(RowKeys keys, int row) {
    int known = find(keys, row);
    if (known >= 0) {
      return known;
    }
    if (entries == newest.length) {
      growEntries();
    }
    int from = starts[entries];
    int to = Math.addExact(from, keys.length(row));
    if (to > arena.length) {
      arena = Arrays.copyOf(arena, (int) Math.min(Integer.MAX_VALUE - 8, Math.max(to, 2L * from)));
    }
    keys.copy(row, arena, from);
    starts[entries + 1] = to;
    hashes[entries] = keys.hash(row);
    newest[entries] = NONE;
    newestSeq[entries] = NONE;
    entries++;
    if (entries * 2 > slots.length) {
      slots = new int[slots.length * 2];
      for (int entry = 0; entry < entries; entry++) {
        enter(entry);
      }
    } else {
      enter(entries - 1);
    }
    return entries - 1;
  }

  private void growEntries() {
    int capacity = newest.length * 2;
    newest = Arrays.copyOf(newest, capacity);
    newestSeq = Arrays.copyOf(newestSeq, capacity);
    hashes = Arrays.copyOf(hashes, capacity);
    starts = Arrays.copyOf(starts, capacity + 1);
  }

  private void enter(int entry) {
    int mask = slots.length - 1;
    int slot = (int) hashes[entry] & mask;
    while (slots[slot] != 0) {
      slot = slot + 1 & mask;
    }
    slots[slot] = entry + 1;
  }

  /** Keeps the keys that have a row left. */
  private void dropForgottenKeys() {
    int kept = 0;
    for (int entry = 0; entry < entries; entry++) {
      if (newest[entry] < first) {
        continue;
      }
      int from = starts[entry];
      int length = starts[entry + 1] - from;
      newest[kept] = newest[entry];
      newestSeq[kept] = newestSeq[entry];
      hashes[kept] = hashes[entry];
      System.arraycopy(arena, from, arena, starts[kept], length);
      starts[kept + 1] = starts[kept] + length;
      kept++;
    }
    entries = kept;
    int capacity = MIN_SLOTS;
    while (capacity < kept) {
      capacity *= 2;
    }
    newest = Arrays.copyOf(newest, capacity);
    newestSeq = Arrays.copyOf(newestSeq, capacity);
    hashes = Arrays.copyOf(hashes, capacity);
    starts = Arrays.copyOf(starts, capacity + 1);
    arena = Arrays.copyOf(arena, Math.max(MIN_SLOTS * 16, starts[kept]));
    slots = new int[capacity * 2];
    for (int entry = 0; entry < entries; entry++) {
      enter(entry);
    }
  }
}
