package dev.kyma.ingest.core.json;

import dev.kyma.format.json.Utf8;
import java.nio.charset.StandardCharsets;

/**
 * Reads JSON objects as rows.
 *
 * <p>A row that is refused leaves nothing behind in the {@link RawRows} it was read into.
 */
public final class RowParser {
  /** The longest text of a row, in bytes. */
  public static final int MAX_ROW_BYTES = 4 << 20;

  /** The longest name of a column, in bytes of UTF-8. */
  public static final int MAX_NAME_BYTES = 256;

  private final byte[] data;

  public RowParser(byte[] data) {
    this.data = data;
  }

  /**
   * Reads the object in {@code [from, to)}, which may have white space around it.
   *
   * @param line the number of the line, kept with the row
   * @throws MalformedJsonException if there is no valid object, or something beside it
   */
  public void row(int from, int to, int line, RawRows rows) throws MalformedJsonException {
    if (to - from > MAX_ROW_BYTES) {
      throw new MalformedJsonException(from, "the row is longer than " + MAX_ROW_BYTES + " bytes");
    }
    int invalid = Utf8.firstInvalid(data, from, to);
    if (invalid < to) {
      throw new MalformedJsonException(invalid, "the bytes are not UTF-8");
    }
    rows.beginRow();
    try {
      JsonScanner scanner = new JsonScanner(data, to);
      int p = scanner.skipSpace(from);
      if (scanner.at(p) != '{') {
        throw new MalformedJsonException(p, "a JSON object was expected");
      }
      p = scanner.skipSpace(members(scanner, p + 1, rows));
      if (p != to) {
        throw new MalformedJsonException(p, "something follows the object");
      }
    } catch (MalformedJsonException e) {
      rows.abandonRow();
      throw e;
    }
    rows.endRow(line);
  }

  private int members(JsonScanner scanner, int from, RawRows rows) throws MalformedJsonException {
    int p = scanner.skipSpace(from);
    if (scanner.at(p) == '}') {
      return p + 1;
    }
    while (true) {
      if (scanner.at(p) != '"') {
        throw new MalformedJsonException(p, "a key in quotes was expected");
      }
      int keyStart = p;
      int keyEnd = scanner.string(p);
      boolean nameable = !scanner.broken();
      byte[] name = null;
      if (nameable && scanner.escaped()) {
        name = JsonStrings.unescape(data, keyStart + 1, keyEnd - 1);
        nameable = isNameable(name, 0, name.length);
      } else if (nameable) {
        nameable = isNameable(data, keyStart + 1, keyEnd - 1);
      }
      int start = scanner.colon(keyEnd);
      int end = scanner.value(start);
      rows.value(keyStart, keyEnd, name, nameable, start, end, scanner.kind(), scanner.bits());
      p = scanner.skipSpace(end);
      int c = scanner.at(p);
      if (c == '}') {
        return p + 1;
      }
      if (c != ',') {
        throw new MalformedJsonException(p, "a comma or the end of the object was expected");
      }
      p = scanner.skipSpace(p + 1);
    }
  }

  /** Whether a key can name a column: it is not empty, not too long and not one of Kyma's own. */
  private static boolean isNameable(byte[] name, int from, int to) {
    if (from == to || to - from > MAX_NAME_BYTES) {
      return false;
    }
    return name[from] != '_'
        || !isReserved(new String(name, from, to - from, StandardCharsets.UTF_8));
  }

  /** Whether Kyma keeps a column name for itself. */
  public static boolean isReserved(String name) {
    return name.equals("_log")
        || name.equals("_seq")
        || name.equals("_dynamic")
        || name.startsWith("_kyma_");
  }
}
