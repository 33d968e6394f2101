package dev.kyma.format.reader;

import com.github.luben.zstd.Zstd;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Every value of an extent, read whole and in the plainest way. A value is a {@link Long}, {@link
 * Double}, {@link BigInteger}, a string of one char a byte, the text of an array of floats, or
 * null.
 */
public final class SpecExtent {
  /** A column of the footer. */
  public record Column(int id, int kind, int scale, int precision, String name) {}

  public final int version;
  public final int rows;
  public final Map<Column, @Nullable Object[]> columns = new LinkedHashMap<>();
  private final ByteBuffer object;
  private List<ByteBuffer> pages = List.of();

  public SpecExtent(byte[] bytes) {
    object = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int end = bytes.length - 64;
    check(text(part(end + 56, 8)).equals("1MLTAMYK") && crc(end, 52) == object.getInt(end + 52));
    int statistics = Math.toIntExact(object.getLong(end));
    int footer = Math.toIntExact(object.getLong(end + 8));
    version = object.getInt(end + 32);
    check(version == 1 || version == 2);
    check(object.getLong(end + 24) == bytes.length && object.getInt(end + 16) == end - footer);
    check(crc(footer, end - footer) == object.getInt(end + 20));
    ByteBuffer in = part(footer, end - footer);
    check(in.getInt() == 0x464D4C54 && in.getShort() == version);
    check(in.getLong(8) == 0);
    rows = Math.toIntExact(in.getLong(24));
    check(in.getInt(36) == 65_536 && in.getInt(40) == 1_024);
    int count = in.getInt(44);
    int skipped = 4 * in.getInt(48) + 4 * in.getInt(116) + 24 * in.getInt(52);
    int regions = in.getInt(56);
    check(crc(0, 64) == in.getInt(60) && text(part(0, 8)).equals("KYMATLM1"));
    check(object.getShort(8) == version && in.getInt(88) == footer - statistics);
    check(crc(statistics, footer - statistics) == in.getInt(92));
    int table = 128 + 32 * count + skipped;
    int names = table + 48 * regions;
    long covered = 64 + footer - statistics + bytes.length - footer;
    for (int r = 0; r < regions; r++) {
      int at = table + 48 * r;
      covered += in.getLong(at + 16) + (version == 1 ? 0 : in.getInt(at + 24));
    }
    check(covered == bytes.length);
    for (int c = 0; c < count; c++) {
      int at = 128 + 32 * c;
      byte[] name = new byte[in.getInt(at + 16)];
      in.get(names + in.getInt(at + 12), name);
      Column column =
          new Column(
              in.getInt(at),
              in.get(at + 4),
              in.getShort(at + 6),
              in.getInt(at + 8),
              new String(name, StandardCharsets.UTF_8));
      for (int r = 0; r < regions; r++) {
        int region = table + 48 * r;
        if (in.getShort(region) == 1 && in.getInt(region + 4) == column.id()) {
          columns.put(column, column(column, chunk(in, region)));
        }
      }
    }
  }

  /** The streams of a chunk; its pages from then on. */
  private ByteBuffer chunk(ByteBuffer footer, int region) {
    int offset = Math.toIntExact(footer.getLong(region + 8));
    int length = Math.toIntExact(footer.getLong(region + 16));
    int headLength = footer.getInt(region + 24);
    int headAt = version == 1 ? offset : Math.toIntExact(footer.getLong(region + 36));
    check(crc(headAt, headLength) == footer.getInt(region + 28));
    check(crc(offset, length) == footer.getInt(region + 32));
    ByteBuffer head = part(headAt, headLength);
    pages = new ArrayList<>();
    int at = version == 1 ? offset + headLength : offset;
    for (int left = head.getInt(); left > 0; left--) {
      int size = head.getInt();
      check(crc(at, size) == head.getInt());
      pages.add(part(at, size));
      at += size;
    }
    check(at == offset + length);
    return head;
  }

  private @Nullable Object[] column(Column column, ByteBuffer in) {
    @Nullable Object[] values = new @Nullable Object[rows];
    int nulls = u8(in);
    if (nulls == 1) {
      return values;
    }
    BitSet isNull = nulls == 0 ? new BitSet() : bits((int) varint(in), rows);
    switch (column.kind()) {
      case 5, 6 -> values = Arrays.stream(doubles(in)).boxed().toArray();
      case 11, 12 -> values = strings(in, rows);
      case 13 -> values = dynamic(in, isNull);
      case 14 -> floats(in, column.precision(), values);
      default -> {
        boolean wide = column.kind() == 7 && column.precision() > 18;
        long[] high = wide && u8(in) == 1 ? longs(in, rows) : new long[0];
        long[] low = longs(in, rows);
        for (int i = 0; i < rows; i++) {
          BigInteger upper = BigInteger.valueOf(high.length == 0 ? low[i] >> 63 : high[i]);
          values[i] =
              wide
                  ? upper.shiftLeft(64).or(new BigInteger(Long.toUnsignedString(low[i])))
                  : (Object) low[i];
        }
      }
    }
    for (int i = isNull.nextSetBit(0); i >= 0; i = isNull.nextSetBit(i + 1)) {
      values[i] = null;
    }
    return values;
  }

  private long[] longs(ByteBuffer in, int n) {
    long[] out = new long[n];
    int kind = u8(in);
    long factor = in.getLong();
    if (kind == 0) {
      Arrays.fill(out, factor);
      return out;
    }
    int vectors = (n + 1023) / 1024;
    long[][] table = new long[kind == 1 ? 2 : 6][];
    for (int c = 0; c < table.length; c++) {
      table[c] = table(in, vectors);
    }
    int page = (int) varint(in);
    for (int v = 0; v < vectors; v++) {
      ByteBuffer packed = pages.get(page + v / 64);
      int size = Math.min(1024, n - 1024 * v);
      int at = 1024 * v;
      unpack(packed, size, 64 - Long.numberOfLeadingZeros(table[kind == 1 ? 1 : 4][v]), out, at);
      long base = table[kind == 1 ? 0 : 3][v];
      for (int i = at; i < at + size; i++) {
        out[i] = base + factor * out[i];
      }
      if (kind == 2) {
        for (long left = table[5][v]; left > 0; left--) {
          out[at + Short.toUnsignedInt(packed.getShort())] = packed.getLong();
        }
        out[at] = table[2][v];
        for (int i = at + 1; i < at + size; i++) {
          out[i] += out[i - 1];
        }
      }
    }
    return out;
  }

  private static long[] table(ByteBuffer in, int vectors) {
    long[] column = new long[vectors];
    long least = in.getLong();
    int width = u8(in);
    for (int v = 0; v < vectors; v++) {
      column[v] = least + fixed(in, width);
    }
    return column;
  }

  /** Unpacks numbers, which are stepped over. */
  static void unpack(ByteBuffer in, int size, int width, long[] out, int to) {
    byte[] bytes = new byte[(int) (((long) size * width + 7) / 8)];
    in.get(bytes);
    BitSet bits = BitSet.valueOf(bytes);
    for (int i = 0; i < size; i++) {
      out[to + i] = 0;
      for (int b = 0; b < width; b++) {
        int bit = i * width + b;
        if (size == 1024) {
          int inLane = i / 16 * width + b;
          bit = 64 * (16 * (inLane / 64) + i % 16) + inLane % 64;
        }
        out[to + i] |= bits.get(bit) ? 1L << b : 0;
      }
    }
  }

  private double[] doubles(ByteBuffer in) {
    double[] out = new double[rows];
    int kind = u8(in);
    table(in, (rows + 1023) / 1024);
    table(in, (rows + 1023) / 1024);
    int form = u8(in);
    if (kind == 0) {
      int page = (int) varint(in);
      for (int from = 0; from < rows; from += 8192, page++) {
        ByteBuffer split = block(pages.get(page));
        int size = Math.min(8192, rows - from);
        for (int i = 0; i < size; i++) {
          long bits = 0;
          for (int b = 0; b < form; b++) {
            bits |= (split.get(b * size + i) & 0xFFL) << 8 * b;
          }
          out[from + i] =
              form == 8 ? Double.longBitsToDouble(bits) : Float.intBitsToFloat((int) bits);
        }
      }
      return out;
    }
    long[] longs = longs(in, rows);
    int page = (int) varint(in);
    for (int i = 0; i < rows; i++) {
      double quotient = longs[i] / Double.parseDouble("1e" + (form & 127));
      out[i] = form < 128 ? quotient : (float) quotient;
    }
    for (int from = 0; from < rows; from += 65_536, page++) {
      ByteBuffer block = block(pages.get(page));
      int count = block.getInt();
      for (int i = 0; i < count; i++) {
        out[from + Short.toUnsignedInt(block.getShort(4 + 2 * i))] =
            block.getDouble(4 + 2 * count + 8 * i);
      }
    }
    return out;
  }

  private void floats(ByteBuffer in, int dimension, @Nullable Object[] values) {
    int page = (int) varint(in);
    int perPage = Math.max(1, 65_536 / dimension);
    for (int from = 0; from < rows; from += perPage, page++) {
      ByteBuffer block = block(pages.get(page));
      for (int row = from; row < Math.min(rows, from + perPage); row++) {
        float[] vector = new float[dimension];
        for (int i = 0; i < dimension; i++) {
          vector[i] = block.getFloat();
        }
        values[row] = Arrays.toString(vector);
      }
    }
  }

  /** Byte strings, one char a byte. */
  private String[] strings(ByteBuffer in, int n) {
    String[] out = new String[n];
    int kind = u8(in);
    switch (kind) {
      case 0, 4 -> {
        String[] entries = new String[(int) varint(in)];
        int hex = u8(in);
        check(kind == 4 || u8(in) <= 1);
        int page = (int) varint(in);
        int perPage = kind == 4 ? 1024 : entries.length;
        for (int from = 0; from < entries.length; from += perPage) {
          int to = Math.min(entries.length, from + perPage);
          list(block(pages.get(page++)), hex, entries, from, to);
        }
        long[] codes = longs(in, n);
        Arrays.setAll(out, i -> entries[(int) codes[i]]);
      }
      case 1 -> {
        int hex = u8(in);
        int page = (int) varint(in);
        for (int from = 0; from < n; from += 8192) {
          list(block(pages.get(page++)), hex, out, from, Math.min(n, from + 8192));
        }
      }
      case 2 -> {
        int[] sizes = new int[(int) varint(in)];
        Arrays.setAll(sizes, _ -> (int) varint(in));
        int page = (int) varint(in);
        int from = 0;
        for (int size : sizes) {
          list(block(pages.get(page++)), 0, out, from, from += size);
        }
      }
      case 3 -> new SpecText(pages).read(in, out);
      default -> throw new IllegalStateException("byte strings of kind " + kind);
    }
    return out;
  }

  /** The strings that are all of a block, or hexadecimal ones of so many bytes. */
  static void list(ByteBuffer in, int hex, String[] out, int from, int to) {
    int width = hex > 0 ? 0 : u8(in);
    int[] lengths = new int[to - from];
    Arrays.setAll(lengths, _ -> hex > 0 ? hex : (int) fixed(in, width));
    for (int i = from; i < to; i++) {
      byte[] bytes = new byte[lengths[i - from]];
      in.get(bytes);
      out[i] =
          hex > 0
              ? HexFormat.of().formatHex(bytes)
              : new String(bytes, StandardCharsets.ISO_8859_1);
    }
    check(!in.hasRemaining());
  }

  private @Nullable Object[] dynamic(ByteBuffer in, BitSet isNull) {
    boolean shredded = u8(in) == 1;
    String[] left = strings(in, rows);
    if (!shredded) {
      return left;
    }
    String[][] paths = new String[(int) varint(in)][];
    for (int p = 0; p < paths.length; p++) {
      int name = (int) varint(in);
      in.position(in.position() + name);
      int flags = u8(in);
      int count = 0;
      for (int from = 0; from < rows; from += 8192) {
        count += (int) varint(in);
      }
      varint(in);
      int length = (int) varint(in);
      int end = in.position() + length;
      paths[p] = (flags & 1) == 0 ? strings(in, count) : numbers(in, count, (flags & 4) != 0);
      check(in.position() == end);
    }
    int[] next = new int[paths.length];
    @Nullable Object[] out = new @Nullable Object[rows];
    for (int row = 0; row < rows; row++) {
      StringBuilder text = new StringBuilder();
      boolean raw = left[row].startsWith("\2");
      for (int i = raw ? 1 : 0; i < left[row].length() && !isNull.get(row); i++) {
        char c = left[row].charAt(i);
        int path = c == 1 && !raw ? left[row].charAt(++i) - 0x20 : -1;
        text.append(path < 0 ? String.valueOf(c) : paths[path][next[path]++]);
      }
      out[row] = text.toString();
    }
    for (int p = 0; p < next.length; p++) {
      check(next[p] == paths[p].length);
    }
    return out;
  }

  /** JSON numbers as texts. */
  private String[] numbers(ByteBuffer in, int n, boolean decimals) {
    int scale = decimals ? u8(in) : 0;
    int form = decimals ? u8(in) : 0;
    long[] unscaled = longs(in, n);
    long[] scales = decimals ? new long[n] : longs(in, n);
    int[] forms = new int[n];
    if (decimals) {
      Arrays.fill(scales, scale);
      Arrays.fill(forms, form);
      int page = u8(in) == 1 ? (int) varint(in) : -1;
      for (int from = 0; from < n && page >= 0; from += 65_536, page++) {
        ByteBuffer block = block(pages.get(page));
        for (int left = block.getInt(); left > 0; left--) {
          int i = from + Short.toUnsignedInt(block.getShort());
          scales[i] = u8(block);
          unscaled[i] = block.getLong();
          forms[i] = 0;
        }
      }
    }
    String[] out = new String[n];
    for (int i = 0; i < n; i++) {
      out[i] = BigDecimal.valueOf(unscaled[i], (int) scales[i]).toPlainString();
      while (forms[i] > 0 && out[i].matches(forms[i] == 1 ? ".*\\.\\d+0" : ".*\\.\\d*0")) {
        out[i] = out[i].substring(0, out[i].length() - 1);
      }
      out[i] = out[i].endsWith(".") ? out[i].substring(0, out[i].length() - 1) : out[i];
    }
    return out;
  }

  private BitSet bits(int page, int n) {
    BitSet bits = new BitSet();
    for (int from = 0; from < n; from += 65_536) {
      BitSet words = BitSet.valueOf(block(pages.get(page++)));
      for (int i = words.nextSetBit(0); i >= 0; i = words.nextSetBit(i + 1)) {
        bits.set(from + i);
      }
    }
    return bits;
  }

  /** The content of a block that is all of a page. */
  static ByteBuffer block(ByteBuffer page) {
    ByteBuffer in = page.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    if (u8(in) == 0) {
      return in.slice().order(ByteOrder.LITTLE_ENDIAN);
    }
    byte[] content = new byte[in.getInt()];
    byte[] frame = new byte[in.remaining()];
    in.get(frame);
    check(Zstd.decompress(content, frame) == content.length);
    return ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
  }

  private ByteBuffer part(int offset, int length) {
    return object.slice(offset, length).order(ByteOrder.LITTLE_ENDIAN);
  }

  private int crc(int offset, int length) {
    CRC32C crc = new CRC32C();
    crc.update(part(offset, length));
    return (int) crc.getValue();
  }

  static int u8(ByteBuffer in) {
    return in.get() & 0xFF;
  }

  static long fixed(ByteBuffer in, int width) {
    long value = 0;
    for (int i = 0; i < width; i++) {
      value |= (in.get() & 0xFFL) << 8 * i;
    }
    return value;
  }

  static long varint(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      int next = in.get();
      value |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }

  private static String text(ByteBuffer in) {
    return StandardCharsets.ISO_8859_1.decode(in).toString();
  }

  static void check(boolean condition) {
    if (!condition) {
      throw new IllegalStateException("not what the specification says");
    }
  }
}
