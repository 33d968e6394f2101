package dev.kyma.format.encoding;

import dev.kyma.format.vector.Bits;
import dev.kyma.format.vector.BytesVector;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The texts that shredding has left, where they are few: each is taken apart once. */
final class Templates {
  private static final int[] UNKNOWN = {};

  private final BytesVector texts;
  private final int pathCount;
  private final PageSource pages;
  // Of every text taken apart: the places of its placeholders.
  private final int[][] placeholders;

  Templates(BytesVector texts, int pathCount, PageSource pages) {
    this.texts = texts;
    this.pathCount = pathCount;
    this.pages = pages;
    placeholders = new int[texts.size()][];
    Arrays.fill(placeholders, UNKNOWN);
  }

  private int[] placeholders(int text) {
    int[] known = placeholders[text];
    if (known != UNKNOWN) {
      return known;
    }
    int from = texts.offsets()[text];
    int to = texts.offsets()[text + 1];
    byte[] data = texts.data();
    int[] found = new int[0];
    if (from < to && data[from] != DynamicEncoder.RAW) {
      int count = 0;
      int[] places = new int[8];
      for (int i = from; i < to; i++) {
        if (data[i] == DynamicEncoder.PLACEHOLDER) {
          if (i + 1 == to || path(data, i) < 0 || path(data, i) >= pathCount) {
            throw pages.page(0).corrupt("placeholders of " + pathCount + " paths", "another");
          }
          places = count == places.length ? Arrays.copyOf(places, 2 * count) : places;
          places[count++] = i++;
        }
      }
      found = Arrays.copyOf(places, count);
    }
    placeholders[text] = found;
    return found;
  }

  private static int path(byte[] data, int placeholder) {
    return (data[placeholder + 1] & 0xFF) - DynamicEncoder.FIRST_PATH;
  }

  /** Adds to {@code counts} how many values of every path rows have. */
  void count(int[] codes, long @Nullable [] nulls, int[] counts) {
    byte[] data = texts.data();
    for (int row = 0; row < codes.length; row++) {
      if (nulls == null || !Bits.get(nulls, row)) {
        for (int place : placeholders(codes[row])) {
          counts[path(data, place)]++;
        }
      }
    }
  }

  /**
   * Puts a row's values into its text.
   *
   * @param isWanted whether the text matters; its values are stepped over in any case
   * @param next the place of every path's next value
   */
  void expand(int text, boolean isWanted, List<ShreddedPath> paths, int[] next, ByteSink out) {
    byte[] data = texts.data();
    int[] places = placeholders(text);
    if (!isWanted) {
      for (int place : places) {
        next[path(data, place)]++;
      }
      return;
    }
    int at = texts.offsets()[text];
    int end = texts.offsets()[text + 1];
    for (int place : places) {
      out.bytes(data, at, place - at);
      int path = path(data, place);
      paths.get(path).writeValue(next[path]++, out);
      at = place + 2;
    }
    if (places.length == 0 && at < end && data[at] == DynamicEncoder.RAW) {
      at++;
    }
    out.bytes(data, at, end - at);
  }
}
