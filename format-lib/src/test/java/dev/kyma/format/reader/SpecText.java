package dev.kyma.format.reader;

import static dev.kyma.format.reader.SpecExtent.block;
import static dev.kyma.format.reader.SpecExtent.check;
import static dev.kyma.format.reader.SpecExtent.fixed;
import static dev.kyma.format.reader.SpecExtent.u8;
import static dev.kyma.format.reader.SpecExtent.varint;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** Log texts: byte strings of kind 3. */
final class SpecText {
  private record Column(int kind, int parameter, int base, String[] entries) {}

  private record Template(String[] literals, int[] columns) {}

  private final List<ByteBuffer> pages;

  SpecText(List<ByteBuffer> pages) {
    this.pages = pages;
  }

  void read(ByteBuffer in, String[] out) {
    varint(in);
    ByteBuffer list = block(pages.get((int) varint(in)));
    int page = (int) varint(in);
    Column[] columns = new Column[(int) varint(list)];
    Arrays.setAll(columns, _ -> column(list));
    List<Template> templates = new ArrayList<>();
    templates.add(new Template(new String[] {"", ""}, new int[] {0}));
    for (int left = (int) varint(list); left > 0; left--) {
      int slots = (int) varint(list);
      String[] literals = new String[slots + 1];
      int[] own = new int[slots];
      for (int i = 0; i <= slots; i++) {
        literals[i] = string(list, (int) varint(list));
        if (i < slots) {
          own[i] = (int) varint(list);
        }
      }
      templates.add(new Template(literals, own));
    }
    check(!list.hasRemaining());
    for (int from = 0; from < out.length; from += 16_384, page += 2) {
      int rows = Math.min(16_384, out.length - from);
      stretch(pages.get(page), pages.get(page + 1), rows, from, columns, templates, out);
    }
  }

  private Column column(ByteBuffer list) {
    int kind = u8(list);
    int parameter = (int) varint(list);
    int base = (int) varint(list);
    List<String> entries = new ArrayList<>();
    for (int left = kind == 8 ? (int) varint(list) : 0; left > 0; left--) {
      ByteBuffer segment = block(pages.get((int) varint(list)));
      segment.position((int) varint(list));
      int width = u8(segment);
      int[] lengths = new int[(int) varint(list)];
      Arrays.setAll(lengths, _ -> (int) fixed(segment, width));
      for (int length : lengths) {
        entries.add(string(segment, length));
      }
    }
    return new Column(kind, parameter, base, entries.toArray(String[]::new));
  }

  private static String string(ByteBuffer in, int length) {
    byte[] bytes = new byte[length];
    in.get(bytes);
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static void stretch(
      ByteBuffer codePage,
      ByteBuffer slotPage,
      int rows,
      int from,
      Column[] columns,
      List<Template> templates,
      String[] out) {
    ByteBuffer codesIn = codePage.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    long[] codes = numbers(codesIn, rows);
    check(!codesIn.hasRemaining());
    int[] counts = new int[columns.length];
    for (long code : codes) {
      for (int column : templates.get((int) code).columns()) {
        counts[column]++;
      }
    }
    ByteBuffer in = slotPage.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    int pooled = u8(in);
    String[][] pools = new String[17][];
    for (int width = 8; width <= 16; width += 8) {
      if ((pooled & width >> 3) != 0) {
        String[] pool = new String[(int) varint(in)];
        int size = width;
        Arrays.setAll(pool, _ -> string(in, size));
        pools[width] = pool;
      }
    }
    long[][] numbers = new long[columns.length][];
    String[][] strings = new String[columns.length][];
    for (int c = 0; c < columns.length; c++) {
      if (counts[c] > 0) {
        int length = (int) varint(in);
        ByteBuffer stream = in.slice(in.position(), length).order(ByteOrder.LITTLE_ENDIAN);
        in.position(in.position() + length);
        int width = columns[c].kind() == 5 ? 8 : 16;
        if (columns[c].kind() == 9) {
          strings[c] = whole(stream, counts[c]);
        } else if (columns[c].kind() >= 5 && columns[c].kind() <= 7 && pools[width] == null) {
          strings[c] = new String[counts[c]];
          Arrays.setAll(strings[c], _ -> string(stream, width));
        } else {
          numbers[c] = numbers(stream, counts[c]);
        }
        check(!stream.hasRemaining());
      }
    }
    check(!in.hasRemaining());
    int[] next = new int[columns.length];
    int[] taken = new int[17];
    for (int row = 0; row < rows; row++) {
      Template template = templates.get((int) codes[row]);
      StringBuilder text = new StringBuilder(template.literals()[0]);
      long[] values = new long[template.columns().length];
      for (int s = 0; s < values.length; s++) {
        int c = template.columns()[s];
        Column column = columns[c];
        int width = column.kind() == 5 ? 8 : 16;
        int i = next[c]++;
        if (numbers[c] == null) {
          text.append(column.kind() == 9 ? strings[c][i] : hex(strings[c][i], column.kind()));
        } else if (column.kind() >= 5 && column.kind() <= 7) {
          int back = (int) numbers[c][i];
          int place = back == 0 ? taken[width]++ : taken[width] - back;
          text.append(hex(pools[width][place], column.kind()));
        } else {
          values[s] = numbers[c][i] + (column.base() == 0 ? 0 : values[column.base() - 1]);
          text.append(text(column, values[s]));
        }
        text.append(template.literals()[s + 1]);
      }
      out[from + row] = text.toString();
    }
  }

  private static String hex(String bytes, int kind) {
    String hex = HexFormat.of().formatHex(bytes.getBytes(StandardCharsets.ISO_8859_1));
    return kind == 7 ? hex.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5") : hex;
  }

  private static String text(Column column, long value) {
    return switch (column.kind()) {
      case 0 -> Long.toString(value);
      case 1 -> String.format(Locale.ROOT, "%0" + column.parameter() + "d", value);
      case 2 ->
          new java.math.BigDecimal(java.math.BigInteger.valueOf(value >> 5), (int) (value & 31))
              .toPlainString();
      case 3 -> time(column.parameter(), value);
      case 4 ->
          (value >> 24 & 255)
              + "."
              + (value >> 16 & 255)
              + "."
              + (value >> 8 & 255)
              + "."
              + (value & 255);
      case 8 -> column.entries()[(int) value];
      default -> throw new IllegalStateException("kind " + column.kind());
    };
  }

  private static final String[] LAYOUTS = {
    "uuuu-MM-dd'T'HH:mm:ss",
    "uuuu-MM-dd HH:mm:ss",
    "uuuu/MM/dd HH:mm:ss",
    "dd/MMM/uuuu:HH:mm:ss",
    "MMM ppd HH:mm:ss",
    "MMM dd HH:mm:ss",
    "HH:mm:ss"
  };

  private static String time(int form, long nanos) {
    int fraction = form / 8 & 15;
    Instant instant =
        Instant.ofEpochSecond(
            Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L));
    String digits = String.format(Locale.ROOT, "%09d", instant.getNano());
    digits =
        fraction == 10
            ? digits.replaceFirst("(\\d)0+$", "$1").replaceFirst("(\\d)(\\d*?)0*$", "$1$2")
            : digits.substring(0, fraction);
    String text =
        DateTimeFormatter.ofPattern(LAYOUTS[form % 8], Locale.ENGLISH)
            .format(instant.atOffset(ZoneOffset.UTC));
    return fraction == 0 ? text : text + (form / 128 == 1 ? "," : ".") + digits;
  }

  private static String[] whole(ByteBuffer in, int n) {
    String[] out = new String[n];
    boolean isHex = u8(in) == 1;
    int width = isHex ? u8(in) : 0;
    long[] lengths = isHex ? new long[n] : numbers(in, n);
    ByteBuffer bytes = counted(in);
    for (int i = 0; i < n; i++) {
      String value = string(bytes, isHex ? width : (int) lengths[i]);
      out[i] = isHex ? hex(value, 5) : value;
    }
    check(!bytes.hasRemaining());
    return out;
  }

  private static ByteBuffer counted(ByteBuffer in) {
    int length = (int) varint(in);
    ByteBuffer page = in.slice(in.position(), length);
    in.position(in.position() + length);
    return block(page);
  }

  private static long zigzag(long value) {
    return value >>> 1 ^ -(value & 1);
  }

  private static long[] numbers(ByteBuffer in, int n) {
    long[] out = new long[n];
    if (n == 0) {
      return out;
    }
    int kind = u8(in);
    long first = zigzag(varint(in));
    if (kind == 0) {
      Arrays.fill(out, first);
      return out;
    }
    if (kind == 3) {
      long[] differences = numbers(in, n - 1);
      out[0] = first;
      for (int i = 1; i < n; i++) {
        out[i] = out[i - 1] + zigzag(differences[i - 1]);
      }
      return out;
    }
    long factor = varint(in);
    int width = u8(in);
    int low = kind == 1 ? width : kind == 2 ? u8(in) : 0;
    for (int from = 0; from < n && low > 0; from += 1024) {
      SpecExtent.unpack(in, Math.min(1024, n - from), low, out, from);
    }
    ByteBuffer rest = kind == 1 ? ByteBuffer.allocate(0) : counted(in);
    for (int i = 0; i < n; i++) {
      out[i] |= kind == 1 ? 0 : fixed(rest, kind == 2 ? 1 : (width + 7) / 8) << low;
      out[i] = first + factor * out[i];
    }
    check(!rest.hasRemaining());
    return out;
  }
}
