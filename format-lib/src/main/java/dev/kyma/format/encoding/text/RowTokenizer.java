package dev.kyma.format.encoding.text;

import dev.kyma.format.encoding.LittleEndian;

/**
 * Takes a text apart from left to right. A token is what separates it from the one before, and a
 * core: a number, a point in time, an address, an identifier, or a string, which is a word, what
 * stands between quotes, or a path. The last token of a text has no core.
 *
 * <p>A core that would not come back from its value is a word. Used by one thread.
 */
final class RowTokenizer {
  /** The core is a word. */
  static final int WORD = 0x100;

  /** The core is all that stands between two quotes. */
  static final int QUOTED = 0x101;

  /** The core is a path, from its first slash on. */
  static final int PATH = 0x102;

  /** There is no core: the text has ended. */
  static final int END = 0x1FF;

  private static final int MAX_QUOTED = 1_024;
  private static final int MAX_DIGITS = 19;

  /** Digits of decimals are below this, so that a scale of five bits fits beside them. */
  static final long DECIMAL_LIMIT = 1L << 58;

  private static final int MAX_SCALE = 31;

  private static final byte OTHER = 0;
  private static final byte DIGIT = 1;
  private static final byte HEX = 2;
  private static final byte LETTER = 3;
  private static final byte[] CLASSES = new byte[256];
  private static final boolean[] IN_PATH = new boolean[256];

  static {
    for (int i = 0; i < 256; i++) {
      boolean digit = i >= '0' && i <= '9';
      boolean hex = i >= 'a' && i <= 'f';
      boolean letter = i >= 'a' && i <= 'z' || i >= 'A' && i <= 'Z' || i == '_' || i >= 0x80;
      CLASSES[i] = digit ? DIGIT : hex ? HEX : letter ? LETTER : OTHER;
      IN_PATH[i] = digit || letter || "/.-_%+~:?&=@$!*".indexOf(i) >= 0;
    }
  }

  private final TimeText time = new TimeText();
  private final boolean compounds;
  private byte[] data = new byte[0];
  private int begin;
  private int limit;

  /** Where the token begins, its separator first. */
  int start;

  /** Where its core begins. */
  int core;

  /** Where it ends. */
  int end;

  /**
   * What the core is: one of the constants above, or {@code ordinal of a SlotKind + 512 *
   * parameter}.
   */
  int type;

  /** Of a core that is a number: its value. Identifiers have none. */
  long value;

  /**
   * @param compounds whether quoted strings and paths are one string each
   */
  RowTokenizer(boolean compounds) {
    this.compounds = compounds;
  }

  void reset(byte[] bytes, int from, int to) {
    data = bytes;
    begin = from;
    limit = to;
    end = from;
  }

  /** Whether the core is a string. */
  boolean isString() {
    return type >= WORD && type <= PATH;
  }

  /** Goes to the next token; its type is {@link #END} when there is none. */
  void next() {
    start = end;
    int at = end;
    byte[] bytes = data;
    int to = limit;
    while (at < to && CLASSES[bytes[at] & 0xFF] == OTHER) {
      if (compounds) {
        if (bytes[at] == '"' && at + 1 < to && quoted(at + 1)) {
          return;
        }
        if (bytes[at] == '/' && path(at)) {
          return;
        }
      }
      at++;
    }
    core = at;
    if (at == to) {
      type = END;
      end = to;
      return;
    }
    if (at > start || CLASSES[bytes[at] & 0xFF] == DIGIT || start == begin) {
      if (typed(at)) {
        return;
      }
    }
    int stop = at;
    while (stop < to && CLASSES[bytes[stop] & 0xFF] != OTHER) {
      stop++;
    }
    type = WORD;
    end = stop;
  }

  private boolean quoted(int from) {
    int to = Math.min(limit, from + MAX_QUOTED);
    int words = 0;
    int at = from;
    for (; at < to && data[at] != '"'; at++) {
      if (data[at] == '\\' || data[at] < ' ' && data[at] >= 0) {
        return false;
      }
      words |= CLASSES[data[at] & 0xFF] == OTHER ? 2 : 1;
    }
    if (at == to || words != 3 || typed(from) && end == at) {
      return false;
    }
    core = from;
    end = at;
    type = QUOTED;
    return true;
  }

  private boolean path(int from) {
    if (from > start && CLASSES[data[from - 1] & 0xFF] != OTHER) {
      return false;
    }
    int at = from + 1;
    if (at >= limit || CLASSES[data[at] & 0xFF] == OTHER) {
      return false;
    }
    while (at < limit && IN_PATH[data[at] & 0xFF]) {
      at++;
    }
    while (CLASSES[data[at - 1] & 0xFF] == OTHER && data[at - 1] != '/') {
      at--;
    }
    core = from;
    end = at;
    type = PATH;
    return true;
  }

  /** Reads a core that is no string; false when there is none. */
  private boolean typed(int from) {
    byte kind = CLASSES[data[from] & 0xFF];
    if (kind == LETTER || kind == HEX) {
      if (data[from] >= 'A' && data[from] <= 'Z' && time.read(data, from, limit)) {
        return isTime(from);
      }
      return kind == HEX && identifier(from);
    }
    if (kind != DIGIT) {
      return false;
    }
    if (time.read(data, from, limit)) {
      return isTime(from);
    }
    int digits = 1;
    while (from + digits < limit && CLASSES[data[from + digits] & 0xFF] == DIGIT) {
      digits++;
    }
    int stop = from + digits;
    if (stop < limit && CLASSES[data[stop] & 0xFF] != OTHER || digits == 32 || digits == 8) {
      if (identifier(from)) {
        return true;
      }
      int suffix = stop;
      while (suffix < limit && CLASSES[data[suffix] & 0xFF] >= HEX) {
        suffix++;
      }
      if (suffix - stop > 3 || suffix < limit && CLASSES[data[suffix] & 0xFF] == DIGIT) {
        return false;
      }
    }
    if (stop + 1 < limit && data[stop] == '.' && CLASSES[data[stop + 1] & 0xFF] == DIGIT) {
      if (address(from) || decimal(from, stop)) {
        return true;
      }
    }
    return number(from, stop);
  }

  private boolean isTime(int from) {
    core = from;
    end = time.end();
    value = time.value();
    type = SlotKind.TIME.ordinal() + (time.form() << 9);
    return true;
  }

  private boolean identifier(int from) {
    int at = from;
    int digits = 0;
    while (at < limit && at - from <= 32) {
      byte kind = CLASSES[data[at] & 0xFF];
      if (kind != DIGIT && kind != HEX) {
        break;
      }
      digits += kind == DIGIT ? 1 : 0;
      at++;
    }
    int length = at - from;
    if (at < limit && CLASSES[data[at] & 0xFF] != OTHER) {
      return false;
    }
    if (length == 8 && uuid(from)) {
      end = from + 36;
      type = SlotKind.UUID.ordinal();
    } else if (length == 32 || length == 16 && digits < 16 && digits > 0) {
      end = at;
      type = (length == 16 ? SlotKind.HEX16 : SlotKind.HEX32).ordinal();
    } else {
      return false;
    }
    core = from;
    return true;
  }

  private boolean uuid(int from) {
    if (limit - from < 36 || limit - from > 36 && CLASSES[data[from + 36] & 0xFF] != OTHER) {
      return false;
    }
    for (int i = 8; i < 36; i++) {
      byte next = data[from + i];
      if (i == 8 || i == 13 || i == 18 || i == 23) {
        if (next != '-') {
          return false;
        }
      } else if (CLASSES[next & 0xFF] != DIGIT && CLASSES[next & 0xFF] != HEX) {
        return false;
      }
    }
    return true;
  }

  private boolean address(int from) {
    long address = 0;
    int at = from;
    for (int part = 0; part < 4; part++) {
      int first = at;
      int number = 0;
      while (at < limit && at - first < 3 && CLASSES[data[at] & 0xFF] == DIGIT) {
        number = number * 10 + (data[at++] - '0');
      }
      if (at == first || number > 255 || at - first > 1 && data[first] == '0') {
        return false;
      }
      address = address << 8 | number;
      if (part < 3 && (at == limit || data[at++] != '.')) {
        return false;
      }
    }
    if (at < limit && CLASSES[data[at] & 0xFF] != OTHER) {
      return false;
    }
    core = from;
    end = at;
    value = address;
    type = SlotKind.ADDRESS.ordinal();
    return true;
  }

  private boolean decimal(int from, int point) {
    int at = point + 1;
    while (at < limit && CLASSES[data[at] & 0xFF] == DIGIT) {
      at++;
    }
    boolean continues =
        at < limit
            && (CLASSES[data[at] & 0xFF] != OTHER
                || data[at] == '.' && at + 1 < limit && CLASSES[data[at + 1] & 0xFF] == DIGIT);
    if (at - point - 1 > MAX_SCALE || continues || data[from] == '0' && point > from + 1) {
      return false;
    }
    long unscaled = 0;
    for (int i = from; i < at; i++) {
      if (i != point) {
        unscaled = unscaled * 10 + (data[i] - '0');
        if (unscaled >= DECIMAL_LIMIT) {
          return false;
        }
      }
    }
    core = from;
    end = at;
    value = unscaled << 5 | at - point - 1;
    type = SlotKind.DECIMAL.ordinal();
    return true;
  }

  private boolean number(int from, int stop) {
    int digits = stop - from;
    if (digits > MAX_DIGITS) {
      return false;
    }
    long number = 0;
    for (int i = from; i < stop; i++) {
      number = number * 10 + (data[i] - '0');
    }
    if (digits == MAX_DIGITS && (number < 0 || data[from] == '0')) {
      return false;
    }
    core = from;
    end = stop;
    value = number;
    type =
        data[from] == '0' && digits > 1
            ? SlotKind.PADDED.ordinal() + (digits << 9)
            : SlotKind.NUMBER.ordinal();
    return true;
  }

  /** Whether a word is a prefix of letters and a number after it that would come back. */
  static int numberAfter(byte[] data, int from, int to) {
    int at = to;
    while (at > from && CLASSES[data[at - 1] & 0xFF] == DIGIT) {
      at--;
    }
    if (at == to || at == from || to - at > 18 || data[at] == '0' && to - at > 1) {
      return -1;
    }
    return at;
  }

  /** The number in digits. */
  static long parse(byte[] data, int from, int to) {
    long number = 0;
    for (int i = from; i < to; i++) {
      number = number * 10 + (data[i] - '0');
    }
    return number;
  }

  /** Writes an identifier's bytes from its digits, hyphens passed over; returns how many. */
  static int pack(byte[] data, int from, int to, byte[] out, int at) {
    int place = at;
    for (int i = from; i < to; i += 2) {
      if (data[i] == '-') {
        i++;
      }
      out[place++] = (byte) (digit(data[i]) << 4 | digit(data[i + 1]));
    }
    return place - at;
  }

  private static int digit(byte text) {
    return text <= '9' ? text - '0' : text - 'a' + 10;
  }

  /** Eight bytes as a number, for hashing identifiers. */
  static long word(byte[] bytes, int at) {
    return LittleEndian.getLong(bytes, at);
  }
}
