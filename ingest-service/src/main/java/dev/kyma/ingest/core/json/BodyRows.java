package dev.kyma.ingest.core.json;

import dev.kyma.format.json.Utf8;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Cuts a body into rows and parts.
 *
 * <p>Parts end after the row with which they reach {@link #PART_BYTES} or {@link #PART_ROWS}: for
 * the same body always in the same places.
 */
public abstract sealed class BodyRows {
  /** How many bytes of the body a part takes before it ends. */
  public static final int PART_BYTES = 1 << 20;

  /** The most rows of a part. */
  public static final int PART_ROWS = 1 << 16;

  final byte[] data;
  final int length;
  private final RowParser parser;
  private final List<Rejection> rejections = new ArrayList<>();
  private int rejected;

  private BodyRows(byte[] data, int length) {
    this.data = data;
    this.length = length;
    this.parser = new RowParser(data);
  }

  /** One object a line; white space alone is no row. */
  public static BodyRows lines(byte[] data, int length) {
    return new Lines(data, length);
  }

  /**
   * The objects of an array, or one object.
   *
   * @throws MalformedJsonException if the body is not one JSON value
   */
  public static BodyRows array(byte[] data, int length) throws MalformedJsonException {
    return new Elements(data, length);
  }

  /** Rows that are no valid objects, in order; the first {@link Rejection#MAX_LISTED} of them. */
  public List<Rejection> rejections() {
    return rejections;
  }

  /** How many rows are no valid objects. */
  public int rejectedCount() {
    return rejected;
  }

  /** Whether another part follows. */
  public abstract boolean hasNext();

  abstract void fill(RawRows rows);

  /** The next part, which may have no row when all of its were refused. */
  public RawRows next(Supplier<List<String>> names) {
    RawRows rows = new RawRows(data, names.get());
    fill(rows);
    return rows;
  }

  final void row(int from, int to, int line, RawRows rows) {
    try {
      parser.row(from, to, line, rows);
    } catch (MalformedJsonException e) {
      reject(line, e.getMessage() + ", at byte " + (e.offset() - from));
    }
  }

  final void reject(int line, String reason) {
    rejected++;
    if (rejections.size() < Rejection.MAX_LISTED) {
      rejections.add(new Rejection(line, reason));
    }
  }

  private static final class Lines extends BodyRows {
    private int position;
    private int line = 1;

    Lines(byte[] data, int length) {
      super(data, length);
      boolean marked =
          length >= 3 && data[0] == (byte) 0xEF && data[1] == (byte) 0xBB && data[2] == (byte) 0xBF;
      position = marked ? 3 : 0;
    }

    @Override
    public boolean hasNext() {
      return position < length;
    }

    @Override
    void fill(RawRows rows) {
      int start = position;
      while (position < length && position - start < PART_BYTES && rows.rowCount() < PART_ROWS) {
        int from = position;
        int to = from;
        boolean blank = true;
        while (to < length && data[to] != '\n') {
          blank &= data[to] == ' ' || data[to] == '\r' || data[to] == '\t';
          to++;
        }
        if (!blank) {
          row(from, to, line, rows);
        }
        line++;
        position = to + 1;
      }
    }
  }

  private static final class Elements extends BodyRows {
    private final JsonScanner scanner;
    private int position;
    private int element = 1;
    private boolean single;

    Elements(byte[] data, int length) throws MalformedJsonException {
      super(data, length);
      int invalid = Utf8.firstInvalid(data, 0, length);
      if (invalid < length) {
        throw new MalformedJsonException(invalid, "the bytes are not UTF-8");
      }
      scanner = new JsonScanner(data, length);
      position = scanner.skipSpace(0);
      int end = scanner.skipSpace(scanner.value(position));
      if (end != length) {
        throw new MalformedJsonException(end, "something follows the value");
      }
      single = scanner.at(position) != '[';
      if (!single) {
        toElement(position + 1);
      }
    }

    private void toElement(int from) {
      position = scanner.skipSpace(from);
      if (scanner.at(position) == ']') {
        position = length;
      }
    }

    @Override
    public boolean hasNext() {
      return position < length;
    }

    @Override
    void fill(RawRows rows) {
      int start = position;
      try {
        while (position < length && position - start < PART_BYTES && rows.rowCount() < PART_ROWS) {
          int to = scanner.value(position);
          row(position, to, element++, rows);
          if (single) {
            position = length;
          } else {
            int p = scanner.skipSpace(to);
            toElement(scanner.at(p) == ',' ? p + 1 : p);
          }
        }
      } catch (MalformedJsonException e) {
        throw new IllegalStateException("the body was valid before", e);
      }
    }
  }
}
