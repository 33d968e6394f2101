package dev.kyma.format.encoding;

import java.util.BitSet;

/**
 * JSON numbers most of which have no more digits after the point than a common scale, written as
 * programs write them: with as many digits as the scale, or without zeros at the end.
 *
 * <pre>
 * decimals := u8 scale, u8 form, longs, u8 0                            no exceptions
 *           | u8 scale, u8 form, longs, u8 1, varint first page         one page for 65,536 values
 * page     := block{u32 count, count × (u16 place, u8 scale, i64 unscaled)}
 * form     := 0 as many digits as the scale | 1 no zeros at the end but one right after the point
 *           | 2 no zeros at the end, and no point then
 * </pre>
 *
 * <p>A number is {@code longs / 10^scale}, or what is said of its place in the page.
 */
final class DecimalColumn {
  static final int FIXED = 0;
  static final int ONE_DIGIT = 1;
  static final int NO_POINT = 2;

  /** At most one number in so many is an exception. */
  private static final int EXCEPTIONS = 8;

  private static final int PAGE = LongEncoder.PAGE;
  private static final int MAX_SCALE = 18;
  private static final int EXCEPTION_BYTES = 11;

  private final long[] unscaled;
  private final long[] scales;
  private final int form;
  private final int scale;

  private DecimalColumn(long[] unscaled, long[] scales, int form, int scale) {
    this.unscaled = unscaled;
    this.scales = scales;
    this.form = form;
    this.scale = scale;
  }

  /** The form for these numbers; null when too many would be exceptions. */
  static @org.jspecify.annotations.Nullable DecimalColumn of(long[] unscaled, long[] scales) {
    DecimalColumn best = null;
    long least = unscaled.length / EXCEPTIONS;
    for (int form = FIXED; form <= NO_POINT; form++) {
      int scale = commonScale(unscaled, scales, form);
      DecimalColumn column = new DecimalColumn(unscaled, scales, form, scale);
      long exceptions = column.exceptions();
      if (exceptions < least || exceptions == 0 && best == null) {
        best = column;
        least = exceptions;
      }
    }
    return best;
  }

  /** The scale that all but a few numbers of the form do not exceed. */
  private static int commonScale(long[] unscaled, long[] scales, int form) {
    int[] counts = new int[MAX_SCALE + 1];
    int all = 0;
    for (int i = 0; i < unscaled.length; i++) {
      if (isOfForm(unscaled[i], (int) scales[i], form)) {
        counts[(int) scales[i]]++;
        all++;
      }
    }
    int scale = 0;
    if (form == FIXED) {
      for (int s = 1; s <= MAX_SCALE; s++) {
        scale = counts[s] > counts[scale] ? s : scale;
      }
      return scale;
    }
    // Digits beyond what nearly all have would make every number longer.
    int covered = counts[0];
    while (scale < MAX_SCALE && covered < all - all / 24) {
      covered += counts[++scale];
    }
    return scale;
  }

  private static boolean isOfForm(long unscaled, int scale, int form) {
    return switch (form) {
      case FIXED -> true;
      case ONE_DIGIT -> scale == 1 || scale > 1 && unscaled % 10 != 0;
      default -> scale == 0 || unscaled % 10 != 0;
    };
  }

  private boolean isException(int i) {
    int own = (int) scales[i];
    if (!isOfForm(unscaled[i], own, form) || (form == FIXED ? own != scale : own > scale)) {
      return true;
    }
    return Math.abs(unscaled[i]) > Long.MAX_VALUE / 16 / power(scale - own);
  }

  private long exceptions() {
    long count = 0;
    for (int i = 0; i < unscaled.length; i++) {
      count += isException(i) ? 1 : 0;
    }
    return count;
  }

  private static long power(int exponent) {
    long power = 1;
    for (int i = 0; i < exponent; i++) {
      power *= 10;
    }
    return power;
  }

  void write(ChunkWriter chunk) {
    int count = unscaled.length;
    chunk.head().u8(scale);
    chunk.head().u8(form);
    long[] common = new long[count];
    long previous = 0;
    boolean any = false;
    for (int i = 0; i < count; i++) {
      if (isException(i)) {
        any = true;
      } else {
        previous = unscaled[i] * power(scale - (int) scales[i]);
      }
      common[i] = previous;
    }
    LongEncoder.encode(common, count, chunk);
    chunk.head().u8(any ? 1 : 0);
    if (any) {
      chunk.head().varint(chunk.pages().size());
      for (int from = 0; from < count; from += PAGE) {
        writeExceptions(from, Math.min(count, from + PAGE), chunk);
      }
    }
  }

  private void writeExceptions(int from, int to, ChunkWriter chunk) {
    ByteSink page = new ByteSink(1_024);
    page.i32(0);
    int count = 0;
    for (int i = from; i < to; i++) {
      if (isException(i)) {
        page.u16(i - from);
        page.u8((int) scales[i]);
        page.i64(unscaled[i]);
        count++;
      }
    }
    page.setI32(0, count);
    chunk.compressedPage(page);
  }

  /** Reads what {@link #write} wrote. */
  static final class Decoder {
    private final int count;
    private final int scale;
    private final int form;
    private final LongDecoder longs;
    private final int firstPage;
    private final PageSource pages;

    Decoder(ByteSource head, int count, PageSource pages) {
      this.count = count;
      this.pages = pages;
      scale = head.u8(MAX_SCALE);
      form = head.u8(NO_POINT);
      longs = LongDecoder.open(head, count, pages);
      int pageCount = (count + PAGE - 1) / PAGE;
      firstPage = head.u8(1) == 1 ? head.count((long) pages.pageCount() - pageCount) : -1;
    }

    void pages(int from, int to, BitSet needed) {
      longs.pages(from, to, needed);
      if (firstPage >= 0 && from < to) {
        needed.set(firstPage + from / PAGE, firstPage + (to - 1) / PAGE + 1);
      }
    }

    /**
     * Decodes numbers.
     *
     * @param scales takes how many digits follow the point
     * @param forms takes the form in which each is written
     */
    void decode(int from, int size, long[] unscaled, long[] scales, byte[] forms) {
      longs.decode(from, size, unscaled, 0);
      java.util.Arrays.fill(scales, 0, size, scale);
      java.util.Arrays.fill(forms, 0, size, (byte) form);
      if (firstPage < 0) {
        return;
      }
      for (int page = from / PAGE; page * PAGE < from + size; page++) {
        ByteSource source = Compressed.read(pages.page(firstPage + page), pages.key());
        int exceptions = source.i32();
        if (exceptions < 0 || source.remaining() != (long) exceptions * EXCEPTION_BYTES) {
          throw source.corrupt(exceptions + " exceptions", source.remaining() + " bytes");
        }
        for (int i = 0; i < exceptions; i++) {
          int place = page * PAGE + source.u16();
          int own = source.u8(MAX_SCALE);
          long value = source.i64();
          if (place >= count) {
            throw source.corrupt("a place below " + count, Integer.toString(place));
          }
          if (place >= from && place < from + size) {
            unscaled[place - from] = value;
            scales[place - from] = own;
            forms[place - from] = FIXED;
          }
        }
      }
    }
  }

  /** Appends a number of {@code scale} digits after the point in a form. */
  static void writeText(long unscaled, int scale, int form, ByteSink out) {
    int least = form == ONE_DIGIT ? 1 : 0;
    long value = unscaled;
    int digits = scale;
    while (form != FIXED && digits > least && value % 10 == 0) {
      value /= 10;
      digits--;
    }
    DecimalText.write(value, digits, out);
  }
}
