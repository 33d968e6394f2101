package dev.kyma.format.encoding.text;

import dev.kyma.format.encoding.ByteSource;
import dev.kyma.format.encoding.Compressed;
import dev.kyma.format.encoding.LittleEndian;
import dev.kyma.format.encoding.PageSource;
import org.jspecify.annotations.Nullable;

/** What is known of a column of variables of an extent that is read. */
final class StoredColumn {
  private static final int MAX_ENTRIES = 1 << 20;

  final SlotKind kind;
  final int parameter;
  final int base;
  private final int[] segmentPages;
  private final int[] segmentOffsets;
  private final int[] firstEntries;
  private final StringStream.@Nullable Strings[] segments;

  private StoredColumn(
      SlotKind kind, int parameter, int base, int[] pages, int[] offsets, int[] firstEntries) {
    this.kind = kind;
    this.parameter = parameter;
    this.base = base;
    segmentPages = pages;
    segmentOffsets = offsets;
    this.firstEntries = firstEntries;
    segments = new StringStream.@Nullable Strings[pages.length];
  }

  static StoredColumn read(ByteSource in, int pageCount) {
    SlotKind kind = SlotKind.of(in.u8(SlotKind.count() - 1));
    int parameter = in.count(255);
    int base = in.count(RowMatcher.MAX_SLOTS);
    if (kind == SlotKind.TIME && !TimeText.isForm(parameter) || base > 0 && !kind.isDifferable()) {
      throw in.corrupt("a column of " + kind, "parameter " + parameter + ", base " + base);
    }
    int segments = kind == SlotKind.CODED ? in.count(in.remaining() / 3) : 0;
    int[] pages = new int[segments];
    int[] offsets = new int[segments];
    int[] firsts = new int[segments + 1];
    for (int i = 0; i < segments; i++) {
      pages[i] = in.count(pageCount - 1L);
      offsets[i] = in.count(Integer.MAX_VALUE);
      firsts[i + 1] = firsts[i] + in.count(MAX_ENTRIES - firsts[i]);
    }
    return new StoredColumn(kind, parameter, base, pages, offsets, firsts);
  }

  /** The segment that has an entry; the entry is one there is. */
  int segmentOf(long entry, ByteSource page) {
    int last = firstEntries.length - 1;
    if (entry < 0 || entry >= firstEntries[last]) {
      throw page.corrupt("an entry below " + firstEntries[last], Long.toString(entry));
    }
    int segment = 0;
    while (firstEntries[segment + 1] <= entry) {
      segment++;
    }
    return segment;
  }

  int segmentCount() {
    return segments.length;
  }

  /** The number of the segment's first entry. */
  int firstEntry(int segment) {
    return firstEntries[segment];
  }

  /** The strings of a segment, read when first needed. */
  StringStream.Strings segment(int segment, TextPages content) {
    StringStream.Strings known = segments[segment];
    if (known == null) {
      int count = firstEntries[segment + 1] - firstEntries[segment];
      known = read(content.dictionary(segmentPages[segment]), segmentOffsets[segment], count);
      segments[segment] = known;
    }
    return known;
  }

  private static StringStream.Strings read(ByteSource in, int offset, int count) {
    in.skip(offset);
    int width = in.u8(4);
    int lengths = in.skip((long) count * width);
    int[] offsets = new int[count + 1];
    offsets[0] = in.position();
    long end = (long) in.position() + in.remaining();
    for (int i = 0; i < count; i++) {
      long length = LittleEndian.getFixed(in.array(), lengths + i * width, width);
      if (length > end - offsets[i]) {
        throw in.corrupt("strings of " + in.remaining() + " bytes", "longer ones");
      }
      offsets[i + 1] = offsets[i] + (int) length;
    }
    return new StringStream.Strings(in.array(), offsets);
  }

  /** The pages of dictionaries, decompressed once each. */
  static final class TextPages {
    private final PageSource pages;
    private final java.util.Map<Integer, ByteSource> read = new java.util.HashMap<>();

    TextPages(PageSource pages) {
      this.pages = pages;
    }

    /** Whether the page is no longer needed, because its content is kept. */
    boolean isRead(int page) {
      return read.containsKey(page);
    }

    /** A page's content from its front. */
    ByteSource dictionary(int page) {
      return read.computeIfAbsent(page, number -> Compressed.read(pages.page(number), pages.key()))
          .again();
    }
  }
}
