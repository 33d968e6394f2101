package dev.kyma.format.encoding.text;

import dev.kyma.format.encoding.ByteSource;
import dev.kyma.format.encoding.text.StoredColumn.TextPages;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells rows that cannot contain some bytes without putting them together.
 *
 * <p>A row contains the bytes only if a literal of its template does, or one of its variables takes
 * part: contains them, ends as they begin, begins as they end, or lies within them. Of numbers,
 * times and identifiers what they are written with, and what stands around them, tells whether they
 * can; of strings the string. Used by one thread.
 */
final class PartSearch {
  /** Of longer bytes the first are looked for. */
  private static final int MAX_PART = 48;

  /** No row of the template contains the part. */
  private static final int NEVER = 1;

  /** Any row of the template may. */
  private static final int MAYBE = 2;

  /** A row may when one of its strings takes part. */
  private static final int BY_STRINGS = 3;

  private final byte[] part;
  private final StoredTemplates templates;
  private final TextPages dictionaries;
  private final byte[] states;
  private final int[] @Nullable [] strings;
  private final Map<Integer, byte[][]> entries = new HashMap<>();

  PartSearch(byte[] part, StoredTemplates templates, TextPages dictionaries) {
    this.part = part.length > MAX_PART ? Arrays.copyOf(part, MAX_PART) : part;
    this.templates = templates;
    this.dictionaries = dictionaries;
    states = new byte[templates.slots.length];
    strings = new int[templates.slots.length] @Nullable [];
  }

  /** Whether rows of the template may contain it whatever their strings are. */
  boolean isMaybe(int template) {
    return state(template) == MAYBE;
  }

  /** The columns of the template's slots that hold strings. */
  int[] strings(int template) {
    int[] known = strings[template];
    if (known == null) {
      int[] slots = templates.slots[template];
      known = new int[slots.length];
      int count = 0;
      for (int column : slots) {
        if (isString(column)) {
          known[count++] = column;
        }
      }
      known = Arrays.copyOf(known, count);
      strings[template] = known;
    }
    return known;
  }

  private boolean isString(int column) {
    SlotKind kind = templates.columns[column].kind;
    return kind == SlotKind.CODED || kind == SlotKind.PLAIN;
  }

  private int state(int template) {
    if (states[template] == 0) {
      states[template] = (byte) find(template);
    }
    return states[template];
  }

  private int find(int template) {
    int[] slots = templates.slots[template];
    int[] literals = templates.literals[template];
    for (int i = 0; i < literals.length; i += 2) {
      if (contains(templates.text, literals[i], literals[i + 1])) {
        return MAYBE;
      }
    }
    for (int i = 0; i < slots.length; i++) {
      if (!isString(slots[i]) && mayTakePart(templates.columns[slots[i]].kind, i, literals)) {
        return MAYBE;
      }
    }
    return strings(template).length == 0 ? NEVER : BY_STRINGS;
  }

  /** Whether some value of the kind, between its literals, may hold a byte of the part. */
  private boolean mayTakePart(SlotKind kind, int slot, int[] literals) {
    for (int from = 0; from < part.length; from++) {
      if (!isBefore(from, slot, literals)) {
        continue;
      }
      for (int to = from + 1; to <= part.length && isWrittenWith(kind, part[to - 1]); to++) {
        if (isAfter(to, slot, literals)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether the part's first bytes may stand right before a slot. */
  private boolean isBefore(int count, int slot, int[] literals) {
    int length = literals[2 * slot + 1] - literals[2 * slot];
    int common = Math.min(length, count);
    int end = literals[2 * slot + 1];
    return (count <= length || slot > 0)
        && Arrays.equals(part, count - common, count, templates.text, end - common, end);
  }

  /** Whether the part's bytes from a place on may stand right after a slot. */
  private boolean isAfter(int from, int slot, int[] literals) {
    int begin = literals[2 * slot + 2];
    int length = literals[2 * slot + 3] - begin;
    int common = Math.min(length, part.length - from);
    return (part.length - from <= length || 2 * slot + 4 < literals.length)
        && Arrays.equals(part, from, from + common, templates.text, begin, begin + common);
  }

  private static boolean isWrittenWith(SlotKind kind, byte text) {
    boolean digit = text >= '0' && text <= '9';
    boolean hex = digit || text >= 'a' && text <= 'f';
    return switch (kind) {
      case NUMBER, PADDED -> digit;
      case DECIMAL, ADDRESS -> digit || text == '.';
      case HEX16, HEX32 -> hex;
      case UUID -> hex || text == '-';
      case TIME -> text >= ' ' && text < 0x7F;
      case CODED, PLAIN -> true;
    };
  }

  boolean contains(byte[] data, int from, int to) {
    for (int at = from; at <= to - part.length; at++) {
      if (data[at] == part[0] && Arrays.equals(data, at, at + part.length, part, 0, part.length)) {
        return true;
      }
    }
    return false;
  }

  /** Whether an entry of a column's dictionary takes part. */
  boolean takesPart(int column, long entry, ByteSource page) {
    StoredColumn stored = templates.columns[column];
    int segment = stored.segmentOf(entry, page);
    int first = stored.firstEntry(segment);
    byte[][] segments = entries.computeIfAbsent(column, any -> new byte[stored.segmentCount()][]);
    byte[] known = segments[segment];
    if (known == null) {
      StringStream.Strings all = stored.segment(segment, dictionaries);
      known = new byte[all.offsets().length - 1];
      for (int i = 0; i < known.length; i++) {
        known[i] = (byte) (takesPart(all.data(), all.offsets()[i], all.offsets()[i + 1]) ? 1 : 0);
      }
      segments[segment] = known;
    }
    return known[(int) entry - first] != 0;
  }

  /** Whether a string contains the part, overlaps it at either end, or lies within it. */
  boolean takesPart(byte[] data, int from, int to) {
    int length = to - from;
    if (length >= part.length && contains(data, from, to)) {
      return true;
    }
    int most = Math.min(length, part.length - 1);
    for (int count = 1; count <= most; count++) {
      if (Arrays.equals(data, to - count, to, part, 0, count)
          || Arrays.equals(data, from, from + count, part, part.length - count, part.length)) {
        return true;
      }
    }
    for (int at = 0; at + length <= part.length; at++) {
      if (Arrays.equals(data, from, to, part, at, at + length)) {
        return true;
      }
    }
    return false;
  }
}
