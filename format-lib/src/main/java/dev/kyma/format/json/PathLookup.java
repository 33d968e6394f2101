package dev.kyma.format.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the value of one dotted path in JSON texts.
 *
 * <p>The keys of the path are joined by dots. An object is searched for the whole of it, then for
 * ever shorter beginnings that end at a dot, whose value must be an object in which the rest is
 * found the same way. The first key that leads to a value wins; JSON null is a value.
 */
final class PathLookup {
  private final byte[] path;
  // The ends of keys that may be tried: places of dots, and the end of the path; ascending.
  private final int[] keyEnds;
  private final Members[] levels;
  private final JsonScanner scanner = new JsonScanner();
  private final JsonScanner inner = new JsonScanner();
  private byte[] unescaped = new byte[64];

  private int start;
  private int end;

  /** The members of one object that the path may lead through, by the end of their key. */
  private static final class Members {
    final int[] starts;
    final int[] ends;
    final @Nullable JsonToken[] tokens;

    Members(int candidates) {
      starts = new int[candidates];
      ends = new int[candidates];
      tokens = new @Nullable JsonToken[candidates];
    }
  }

  PathLookup(List<String> keys) {
    path = String.join(".", keys).getBytes(StandardCharsets.UTF_8);
    int[] ends = new int[path.length + 1];
    int count = 0;
    for (int i = 0; i < path.length; i++) {
      if (path[i] == '.') {
        ends[count++] = i;
      }
    }
    ends[count++] = path.length;
    keyEnds = Arrays.copyOf(ends, count);
    levels = new Members[count];
    for (int i = 0; i < count; i++) {
      levels[i] = new Members(count);
    }
  }

  /**
   * Looks a text up. Whole texts are checked, so that a malformed one never yields a value.
   *
   * @return the first token of the value, whose bounds are {@link #start()} and {@link #end()};
   *     null when there is none or the text is not JSON
   */
  @Nullable JsonToken find(byte[] data, int from, int to) {
    try {
      scanner.reset(data, from, to);
      JsonToken token = search(scanner, data, 0, 0);
      return scanner.next() == JsonToken.END ? token : null;
    } catch (MalformedJsonException e) {
      return null;
    }
  }

  int start() {
    return start;
  }

  int end() {
    return end;
  }

  /** Passes over one value of the scanner and says what the rest of the path finds in it. */
  private @Nullable JsonToken search(JsonScanner in, byte[] data, int rest, int level) {
    JsonToken first = in.next();
    if (first == JsonToken.BEGIN_ARRAY) {
      in.skipContainer();
    }
    if (first != JsonToken.BEGIN_OBJECT) {
      return null;
    }
    Members members = levels[level];
    Arrays.fill(members.tokens, null);
    while (in.next() == JsonToken.NAME) {
      int candidate = candidate(in, data, rest);
      JsonToken kind = in.skipValue();
      if (candidate >= 0) {
        members.starts[candidate] = in.start();
        members.ends[candidate] = in.end();
        members.tokens[candidate] = kind;
      }
    }
    for (int i = keyEnds.length - 1; i >= 0; i--) {
      JsonToken kind = members.tokens[i];
      if (kind != null && keyEnds[i] == path.length) {
        start = members.starts[i];
        end = members.ends[i];
        return kind;
      }
      if (kind == JsonToken.BEGIN_OBJECT) {
        // This object has been read to its end, and so has every one inside it.
        inner.reset(data, members.starts[i], members.ends[i]);
        JsonToken found = search(inner, data, keyEnds[i] + 1, level + 1);
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }

  /** Which key of the rest of the path the scanner's name is, as an index of its end; or -1. */
  private int candidate(JsonScanner in, byte[] data, int rest) {
    byte[] key = data;
    int from = in.start() + 1;
    int to = in.end() - 1;
    if (in.hasEscapes()) {
      if (unescaped.length < to - from) {
        unescaped = new byte[to - from];
      }
      to = JsonStrings.unescape(data, from, to, unescaped, 0);
      key = unescaped;
      from = 0;
    }
    int keyEnd = rest + to - from;
    if (keyEnd > path.length || keyEnd < path.length && path[keyEnd] != '.') {
      return -1;
    }
    return Arrays.equals(key, from, to, path, rest, keyEnd)
        ? Arrays.binarySearch(keyEnds, keyEnd)
        : -1;
  }
}
