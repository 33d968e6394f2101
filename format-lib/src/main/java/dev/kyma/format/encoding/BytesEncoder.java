package dev.kyma.format.encoding;

import dev.kyma.format.encoding.text.TextEncoder;
import dev.kyma.format.vector.BytesVector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes byte strings: by dictionary, as hexadecimal text, or in compressed pages.
 *
 * <pre>
 * bytes   := u8 0, varint entries, u8 hex width, u8 sorted, varint entries page, longs   dictionary
 *          | u8 1, u8 hex width, varint first page            8,192 rows a page, width bytes a row
 *          | u8 4, varint entries, u8 hex width, varint first page, longs
 *                                                            1,024 entries a page
 *          | u8 2, varint pages, pages × varint rows, varint first page
 * page    := block{u8 width, rows × width bytes of length, the bytes of all rows}
 * entries := block{as a page}, or when hex width is not 0 block{entries × width bytes}
 * </pre>
 *
 * <p>A block is compressed when that makes it smaller, see {@link Compressed}. NULL rows are empty.
 */
final class BytesEncoder {
  static final int DICTIONARY = 0;
  static final int HEX = 1;
  static final int PAGES = 2;
  static final int TEXT = 3;

  static final int PAGED_DICTIONARY = 4;

  /** Entries in a page of a large dictionary. */
  static final int DICTIONARY_PAGE = 1_024;

  /** A dictionary that would have no more pages is in one. */
  private static final int WHOLE_DICTIONARY_PAGES = 4;

  /** Rows in a page of hexadecimal text. */
  static final int HEX_PAGE = 8_192;

  /** The most rows in a compressed page. */
  static final int MAX_PAGE_ROWS = 4_096;

  /** A page is ended once it has this many bytes. */
  private static final int PAGE_BYTES = 1 << 20;

  /** Templates must save this much, in percent, to be worth the slower decoding. */
  private static final int TEXT_PAYS = 95;

  /** So many pages are compressed to see what that gives. */
  private static final int TRIED_PAGES = 3;

  private BytesEncoder() {}

  /** Writes a column; {@code dictionary} is the one to use, or null when none pays. */
  static void encode(BytesVector column, @Nullable BytesDictionary dictionary, ChunkWriter chunk) {
    if (dictionary != null) {
      encodeDictionary(dictionary, chunk);
      return;
    }
    int width = HexText.width(column);
    if (width > 0) {
      encodeHex(column, width, chunk);
    } else {
      encodePages(column, chunk);
    }
  }

  /** Writes a column of texts, by templates too where they make it smaller. */
  static void encodeColumn(
      BytesVector column, @Nullable BytesDictionary dictionary, ChunkWriter chunk) {
    if (dictionary != null || !encodeText(column, chunk)) {
      encode(column, dictionary, chunk);
    }
  }

  private static boolean encodeText(BytesVector column, ChunkWriter chunk) {
    if (HexText.width(column) > 0) {
      return false;
    }
    ChunkWriter texts = chunk.withHead();
    int before = chunk.pages().size();
    if (!TextEncoder.encode(column, texts)) {
      return false;
    }
    List<byte[]> added = chunk.pages().subList(before, chunk.pages().size());
    long size = texts.head().size();
    for (byte[] page : added) {
      size += page.length;
    }
    if (size * 100 > pagedSize(column, chunk.level()) * TEXT_PAYS) {
      added.clear();
      return false;
    }
    chunk.head().u8(TEXT);
    chunk.head().bytes(texts.head().array(), 0, texts.head().size());
    return true;
  }

  /** About how many bytes compressed pages would take, from a few of them. */
  private static long pagedSize(BytesVector column, int level) {
    ChunkWriter pages = new ChunkWriter(level);
    long bytes = 0;
    int step = Math.max(1, column.size() / TRIED_PAGES);
    for (int from = 0; from < column.size(); from += step) {
      int to = pageEnd(column, from, Math.min(column.size(), from + step));
      bytes += column.offsets()[to] - column.offsets()[from] + to - from;
      writePage(column, from, to, pages);
    }
    long compressed = 0;
    for (byte[] page : pages.pages()) {
      compressed += page.length;
    }
    long all = (long) column.offsets()[column.size()] - column.offsets()[0] + column.size();
    return bytes == 0 ? 0 : (long) ((double) compressed / bytes * all);
  }

  private static int pageEnd(BytesVector column, int from, int limit) {
    int to = from + 1;
    int most = Math.min(limit, from + MAX_PAGE_ROWS);
    while (to < most && column.offsets()[to] - column.offsets()[from] < PAGE_BYTES) {
      to++;
    }
    return to;
  }

  private static void writePage(BytesVector column, int from, int to, ChunkWriter chunk) {
    ByteSink page = new ByteSink(column.offsets()[to] - column.offsets()[from] + 4 * (to - from));
    writeValues(column, from, to, page);
    chunk.compressedPage(page);
  }

  private static void encodeDictionary(BytesDictionary dictionary, ChunkWriter chunk) {
    BytesVector entries = dictionary.entries();
    int count = entries.size();
    int width = HexText.width(entries);
    ByteSink head = chunk.head();
    if (width > 0 && count > DICTIONARY_PAGE * WHOLE_DICTIONARY_PAGES) {
      encodePagedDictionary(dictionary, width, chunk);
      return;
    }
    head.u8(DICTIONARY);
    head.varint(count);
    head.u8(width);
    head.u8(width == 0 && count <= BytesDictionary.SORTED_UP_TO ? 1 : 0);
    ByteSink page = new ByteSink(entries.offsets()[count] + 2 * count);
    if (width > 0) {
      HexText.pack(entries, 0, count, width, page);
    } else {
      writeValues(entries, 0, count, page);
    }
    head.varint(chunk.compressedPage(page));
    encodeCodes(dictionary, chunk);
  }

  private static void encodeCodes(BytesDictionary dictionary, ChunkWriter chunk) {
    long[] codes = new long[dictionary.codes().length];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = dictionary.codes()[i];
    }
    LongEncoder.encode(codes, codes.length, chunk);
  }

  /** Writes a large dictionary of identifiers so that a few rows need a few of its entries. */
  private static void encodePagedDictionary(
      BytesDictionary dictionary, int width, ChunkWriter chunk) {
    BytesVector entries = dictionary.entries();
    chunk.head().u8(PAGED_DICTIONARY);
    chunk.head().varint(entries.size());
    chunk.head().u8(width);
    chunk.head().varint(chunk.pages().size());
    for (int from = 0; from < entries.size(); from += DICTIONARY_PAGE) {
      int to = Math.min(entries.size(), from + DICTIONARY_PAGE);
      ByteSink page = new ByteSink((to - from) * width);
      HexText.pack(entries, from, to, width, page);
      chunk.compressedPage(page);
    }
    encodeCodes(dictionary, chunk);
  }

  private static void encodeHex(BytesVector column, int width, ChunkWriter chunk) {
    chunk.head().u8(HEX);
    chunk.head().u8(width);
    chunk.head().varint(chunk.pages().size());
    for (int from = 0; from < column.size(); from += HEX_PAGE) {
      int to = Math.min(column.size(), from + HEX_PAGE);
      ByteSink page = new ByteSink((to - from) * width);
      HexText.pack(column, from, to, width, page);
      chunk.compressedPage(page);
    }
  }

  private static void encodePages(BytesVector column, ChunkWriter chunk) {
    int firstPage = chunk.pages().size();
    ByteSink sizes = new ByteSink(64);
    int from = 0;
    while (from < column.size()) {
      int to = pageEnd(column, from, column.size());
      writePage(column, from, to, chunk);
      sizes.varint(to - from);
      from = to;
    }
    ByteSink head = chunk.head();
    head.u8(PAGES);
    head.varint(chunk.pages().size() - firstPage);
    head.bytes(sizes.array(), 0, sizes.size());
    head.varint(firstPage);
  }

  private static void writeValues(BytesVector column, int from, int to, ByteSink sink) {
    int longest = 0;
    for (int row = from; row < to; row++) {
      longest = Math.max(longest, column.length(row));
    }
    int width = (BitPacking.width(longest) + 7) / 8;
    sink.u8(width);
    for (int row = from; row < to; row++) {
      sink.fixed(column.length(row), width);
    }
    sink.bytes(
        column.data(), column.offsets()[from], column.offsets()[to] - column.offsets()[from]);
  }
}
