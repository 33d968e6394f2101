package dev.kyma.format.encoding;

import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.Bits;
import dev.kyma.format.vector.BytesVector;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.DictionaryVector;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what {@link DynamicEncoder} wrote. */
final class DynamicDecoder {
  private final BytesDecoder left;
  private final List<ShreddedPath> paths = new ArrayList<>();
  private final Map<String, ShreddedPath> byName = new HashMap<>();
  private final int hashesPage;
  private final Nulls nulls;
  private final PageSource pages;
  private long @Nullable [] hashes;
  private @Nullable Templates templates;

  DynamicDecoder(ByteSource head, LogicalType type, int rows, Nulls nulls, PageSource pages) {
    this.nulls = nulls;
    this.pages = pages;
    boolean shredded = head.u8(DynamicEncoder.SHREDDED) == DynamicEncoder.SHREDDED;
    left = BytesDecoder.open(head, type, rows, pages);
    int count = shredded ? head.count(DynamicEncoder.MAX_PATHS) : 0;
    int stretches = (rows + DynamicEncoder.STRETCH - 1) / DynamicEncoder.STRETCH;
    for (int i = 0; i < count; i++) {
      int length = head.count(head.remaining());
      int at = head.skip(length);
      String name = new String(head.array(), at, length, StandardCharsets.UTF_8);
      int flags = head.u8(DynamicEncoder.NUMBERS | DynamicEncoder.ALONE | DynamicEncoder.SCALED);
      int[] before = new int[stretches + 1];
      for (int s = 0; s < stretches; s++) {
        before[s + 1] = before[s] + head.count(DynamicEncoder.STRETCH);
      }
      int page = head.count(pages.pageCount() - 1L);
      Presence presence =
          left instanceof DictionaryDecoder shapes
              ? new Presence.ByShape(before, rows, shapes, nulls, page, pages)
              : new Presence.ByBitmap(before, rows, page, pages);
      int valuesLength = head.count(head.remaining());
      ByteSource values = head.slice(valuesLength);
      ShreddedPath path = new ShreddedPath(presence, flags, values, pages);
      paths.add(path);
      if ((flags & DynamicEncoder.ALONE) != 0) {
        byName.put(name, path);
      }
    }
    hashesPage = shredded && head.u8(1) == 1 ? head.count(pages.pageCount() - 1L) : -1;
  }

  /** The column that alone answers a path, or null when the texts must be looked at. */
  @Nullable ShreddedPath path(List<String> keys) {
    return byName.isEmpty() ? null : byName.get(String.join(".", keys));
  }

  /** Whether no text has anything at a path. */
  boolean isAbsent(List<String> keys) {
    if (hashesPage < 0) {
      return false;
    }
    long[] known = hashes;
    if (known == null) {
      ByteSource source = Compressed.read(pages.page(hashesPage), pages.key());
      known = new long[source.remaining() / 8];
      for (int i = 0; i < known.length; i++) {
        known[i] = source.i64();
      }
      hashes = known;
    }
    byte[] name = String.join(".", keys).getBytes(StandardCharsets.UTF_8);
    return Arrays.binarySearch(known, Hashing.hash(name, 0, name.length)) < 0;
  }

  /** Marks the pages that whole texts of rows {@code [from, to)} need. */
  void pages(int from, int to, BitSet needed) {
    left.pages(from, to, needed);
    for (ShreddedPath path : paths) {
      path.pages(from, to, needed);
    }
  }

  /** Decodes whole texts. */
  ColumnVector decode(int from, int size, long @Nullable [] nulls, long @Nullable [] wanted) {
    ColumnVector texts = left.decode(from, size, nulls, wanted);
    if (paths.isEmpty()) {
      return texts;
    }
    return switch (texts) {
      case DictionaryVector coded when left instanceof DictionaryDecoder shapes ->
          decodeByShape(shapes, coded, from, nulls, wanted);
      case BytesVector bytes -> decodeByBitmap(bytes, from, nulls, wanted);
      default -> throw new AssertionError(texts.type());
    };
  }

  /** Rows are gone through in their order, and so are the values of every path. */
  private BytesVector decodeByShape(
      DictionaryDecoder shapes,
      DictionaryVector coded,
      int from,
      long @Nullable [] nulls,
      long @Nullable [] wanted) {
    int size = coded.size();
    Templates parsed = templates;
    if (parsed == null) {
      parsed = new Templates(coded.dictionary(), paths.size(), pages);
      templates = parsed;
    }
    int[] firsts = new int[paths.size()];
    int start = Presence.countedFrom(from);
    if (start < from) {
      parsed.count(
          shapes.codesOf(start, from - start), this.nulls.decode(start, from - start), firsts);
    }
    int[] counts = new int[paths.size()];
    parsed.count(coded.codes(), nulls, counts);
    for (int i = 0; i < counts.length; i++) {
      paths.get(i).loadValues(from, firsts[i], counts[i]);
    }
    int[] next = new int[paths.size()];
    ByteSink out = new ByteSink(size * 128);
    int[] offsets = new int[size + 1];
    for (int row = 0; row < size; row++) {
      if (nulls == null || !Bits.get(nulls, row)) {
        boolean isWanted = wanted == null || Bits.get(wanted, row);
        parsed.expand(coded.codes()[row], isWanted, paths, next, out);
      }
      offsets[row + 1] = out.size();
    }
    return new BytesVector(coded.type(), size, out.array(), offsets, nulls);
  }

  private BytesVector decodeByBitmap(
      BytesVector texts, int from, long @Nullable [] nulls, long @Nullable [] wanted) {
    int size = texts.size();
    for (ShreddedPath path : paths) {
      path.load(from, size);
    }
    ByteSink out = new ByteSink(size * 128);
    int[] offsets = new int[size + 1];
    for (int row = 0; row < size; row++) {
      if ((nulls == null || !Bits.get(nulls, row)) && (wanted == null || Bits.get(wanted, row))) {
        expand(texts.data(), texts.offsets()[row], texts.offsets()[row + 1], row, out);
      }
      offsets[row + 1] = out.size();
    }
    return new BytesVector(texts.type(), size, out.array(), offsets, nulls);
  }

  private void expand(byte[] data, int from, int to, int row, ByteSink out) {
    if (from < to && data[from] == DynamicEncoder.RAW) {
      out.bytes(data, from + 1, to - from - 1);
      return;
    }
    int start = from;
    for (int i = from; i < to; i++) {
      if (data[i] == DynamicEncoder.PLACEHOLDER) {
        out.bytes(data, start, i - start);
        int number = i + 1 < to ? (data[i + 1] & 0xFF) - DynamicEncoder.FIRST_PATH : -1;
        if (number < 0 || number >= paths.size() || !paths.get(number).write(row, out)) {
          throw pages.page(0).corrupt("a value for every placeholder", "path " + number);
        }
        start = i + 2;
        i++;
      }
    }
    if (start < to) {
      out.bytes(data, start, to - start);
    }
  }
}
