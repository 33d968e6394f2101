package dev.kyma.format.encoding;

import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.Bits;
import dev.kyma.format.vector.FloatsVector;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Vectors of 32-bit floats: {@code varint first page}, and pages {@code block{rows × dimension ×
 * f32}} of as many rows as fit into 64 Ki floats, at least one. NULL rows are zeros.
 */
final class FloatsCodec {
  private static final int PAGE_FLOATS = 65_536;

  private FloatsCodec() {}

  private static int pageRows(int dimension) {
    return Math.max(1, PAGE_FLOATS / dimension);
  }

  static void encode(FloatsVector column, ChunkWriter chunk) {
    int dimension = column.dimension();
    int pageRows = pageRows(dimension);
    chunk.head().varint(chunk.pages().size());
    for (int from = 0; from < column.size(); from += pageRows) {
      int to = Math.min(column.size(), from + pageRows);
      ByteSink page = new ByteSink((to - from) * dimension * 4);
      for (int row = from; row < to; row++) {
        boolean isNull = column.isNull(row);
        for (int i = 0; i < dimension; i++) {
          page.i32(isNull ? 0 : Float.floatToRawIntBits(column.values()[row * dimension + i]));
        }
      }
      chunk.compressedPage(page);
    }
  }

  /** Reads what {@link #encode} wrote. */
  static final class Decoder {
    private final LogicalType type;
    private final int rows;
    private final int pageRows;
    private final int firstPage;
    private final PageSource pages;

    Decoder(ByteSource head, LogicalType type, int rows, PageSource pages) {
      this.type = type;
      this.rows = rows;
      this.pages = pages;
      pageRows = pageRows(type.precision());
      firstPage = head.count((long) pages.pageCount() - (rows + pageRows - 1) / pageRows);
    }

    void pages(int from, int to, BitSet needed) {
      if (from < to) {
        needed.set(firstPage + from / pageRows, firstPage + (to - 1) / pageRows + 1);
      }
    }

    FloatsVector decode(int from, int size, long @Nullable [] nulls, long @Nullable [] wanted) {
      int dimension = type.precision();
      if ((long) size * dimension > Compressed.MAX_LENGTH / 4) {
        throw pages.page(firstPage).corrupt("rows of 2 GiB at most", size + " of " + dimension);
      }
      float[] out = new float[size * dimension];
      for (int i = 0; i < size; ) {
        int number = (from + i) / pageRows;
        int start = number * pageRows;
        int taken = Math.min(size - i, start + pageRows - (from + i));
        if (wanted == null || anyWanted(wanted, i, i + taken)) {
          ByteSource source = Compressed.read(pages.page(firstPage + number), pages.key());
          long expected = 4L * dimension * Math.min(pageRows, rows - start);
          if (source.remaining() != expected) {
            throw source.corrupt(expected + " bytes", source.remaining() + " bytes");
          }
          int at = source.position() + 4 * dimension * (from + i - start);
          for (int k = 0; k < taken * dimension; k++) {
            out[i * dimension + k] =
                Float.intBitsToFloat(LittleEndian.getInt(source.array(), at + 4 * k));
          }
        }
        i += taken;
      }
      return new FloatsVector(type, size, out, nulls);
    }

    private static boolean anyWanted(long[] wanted, int from, int to) {
      for (int i = from; i < to; i++) {
        if (Bits.get(wanted, i)) {
          return true;
        }
      }
      return false;
    }
  }
}
