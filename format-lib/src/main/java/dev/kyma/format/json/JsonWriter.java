package dev.kyma.format.json;

import dev.kyma.format.vector.BytesVectorBuilder;
import java.nio.charset.StandardCharsets;

/**
 * Writes JSON texts into a column, putting commas and quotes where they belong.
 *
 * <p>One text a row: write a value, then {@link #endText()}. Used by one thread.
 */
public final class JsonWriter {
  private final BytesVectorBuilder out;
  private boolean comma;

  /** Writes into {@code out}, which takes one row a text. */
  public JsonWriter(BytesVectorBuilder out) {
    this.out = out;
  }

  /** Begins an object; names and values follow. */
  public JsonWriter beginObject() {
    return begin('{');
  }

  /** Ends the object begun last. */
  public JsonWriter endObject() {
    return end('}');
  }

  /** Begins an array; values follow. */
  public JsonWriter beginArray() {
    return begin('[');
  }

  /** Ends the array begun last. */
  public JsonWriter endArray() {
    return end(']');
  }

  /** The key of the member whose value follows. */
  public JsonWriter name(String key) {
    byte[] utf8 = key.getBytes(StandardCharsets.UTF_8);
    return name(utf8, 0, utf8.length);
  }

  /** The key of the member whose value follows, as UTF-8. */
  public JsonWriter name(byte[] utf8, int from, int to) {
    separate();
    JsonStrings.quote(utf8, from, to, out);
    out.put(':');
    comma = false;
    return this;
  }

  /** A string. */
  public JsonWriter text(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    return text(utf8, 0, utf8.length);
  }

  /** A string, as UTF-8. */
  public JsonWriter text(byte[] utf8, int from, int to) {
    separate();
    JsonStrings.quote(utf8, from, to, out);
    comma = true;
    return this;
  }

  /** A whole number. */
  public JsonWriter number(long value) {
    return raw(Long.toString(value).getBytes(StandardCharsets.ISO_8859_1));
  }

  /**
   * The shortest number that reads back as the same double. What JSON has no number for becomes a
   * string, as in protobuf's mapping: {@code "NaN"}, {@code "Infinity"}, {@code "-Infinity"}.
   */
  public JsonWriter number(double value) {
    String text = Double.toString(value);
    return Double.isFinite(value) ? raw(text.getBytes(StandardCharsets.ISO_8859_1)) : text(text);
  }

  /** A truth value. */
  public JsonWriter bool(boolean value) {
    return raw((value ? "true" : "false").getBytes(StandardCharsets.ISO_8859_1));
  }

  /** JSON's null. */
  public JsonWriter nullValue() {
    return raw("null".getBytes(StandardCharsets.ISO_8859_1));
  }

  /** A value that is JSON text already. */
  public JsonWriter raw(byte[] json) {
    return raw(json, 0, json.length);
  }

  /** A value that is JSON text already. */
  public JsonWriter raw(byte[] json, int from, int to) {
    separate();
    out.put(json, from, to - from);
    comma = true;
    return this;
  }

  /** Ends the text and with it the row. */
  public void endText() {
    out.endValue();
    comma = false;
  }

  private JsonWriter begin(char bracket) {
    separate();
    out.put(bracket);
    comma = false;
    return this;
  }

  private JsonWriter end(char bracket) {
    out.put(bracket);
    comma = true;
    return this;
  }

  private void separate() {
    if (comma) {
      out.put(',');
    }
  }
}
