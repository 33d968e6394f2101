package dev.kyma.ingest.core.otlp;

import dev.kyma.format.json.Utf8;
import dev.kyma.ingest.core.json.JsonText;

/**
 * Writes attributes and values as JSON, compactly and in source order.
 *
 * <p>Integers are written exactly, doubles so that they read back as the same double, bytes as
 * base64. A value without content is null.
 */
final class AttributeJson {
  /** How deep values may nest. */
  static final int MAX_DEPTH = 64;

  /** What the text of one attribute set, body or list may take at most, in bytes. */
  static final int MAX_BYTES = 4 << 20;

  private AttributeJson() {}

  /** Appends the key and value at the reader's current KeyValue field, with a comma if needed. */
  static void member(WireReader in, JsonText out)
      throws MalformedOtlpException, RejectedRecordException {
    member(in, out, 0);
  }

  private static void member(WireReader in, JsonText out, int depth)
      throws MalformedOtlpException, RejectedRecordException {
    int outer = in.enter();
    int keyFrom = 0;
    int keyTo = 0;
    int valueFrom = 0;
    int valueTo = 0;
    while (in.next()) {
      switch (in.field()) {
        case 1 -> {
          in.bytes();
          keyFrom = in.from();
          keyTo = in.to();
        }
        case 2 -> {
          in.bytes();
          valueFrom = in.from();
          valueTo = in.to();
        }
        default -> in.skip();
      }
    }
    byte last = out.length() == 0 ? 0 : out.array()[out.length() - 1];
    if (last != '{' && last != 0) {
      out.raw(',');
    }
    string(in.data(), keyFrom, keyTo, out);
    out.raw(':');
    int end = in.limit();
    in.seek(valueFrom, valueTo);
    value(in, out, depth + 1);
    in.seek(end, end);
    in.leave(outer);
    if (out.length() > MAX_BYTES) {
      throw new RejectedRecordException("attributes take more than " + MAX_BYTES + " bytes");
    }
  }

  /** Appends the AnyValue the reader is narrowed to. */
  static void value(WireReader in, JsonText out, int depth)
      throws MalformedOtlpException, RejectedRecordException {
    if (depth > MAX_DEPTH) {
      throw new RejectedRecordException("values nest deeper than " + MAX_DEPTH);
    }
    int start = out.length();
    boolean written = false;
    while (in.next()) {
      int field = in.field();
      if (field < 1 || field > 7) {
        in.skip();
        continue;
      }
      // The last member of a oneof is the one that counts.
      out.truncate(start);
      written = true;
      switch (field) {
        case 1 -> {
          in.bytes();
          string(in.data(), in.from(), in.to(), out);
        }
        case 2 -> out.ascii(in.varint() != 0 ? "true" : "false");
        case 3 -> out.number(in.varint());
        case 4 -> out.number(in.float64());
        case 5 -> array(in, out, depth);
        case 6 -> object(in, out, depth);
        default -> {
          in.bytes();
          out.base64(in.data(), in.from(), in.to());
        }
      }
      if (out.length() > MAX_BYTES) {
        throw new RejectedRecordException("a value takes more than " + MAX_BYTES + " bytes");
      }
    }
    if (!written) {
      out.ascii("null");
    }
  }

  private static void array(WireReader in, JsonText out, int depth)
      throws MalformedOtlpException, RejectedRecordException {
    out.raw('[');
    boolean first = true;
    int outer = in.enter();
    while (in.next()) {
      if (in.field() != 1) {
        in.skip();
        continue;
      }
      if (!first) {
        out.raw(',');
      }
      first = false;
      int inner = in.enter();
      value(in, out, depth + 1);
      in.leave(inner);
    }
    in.leave(outer);
    out.raw(']');
  }

  private static void object(WireReader in, JsonText out, int depth)
      throws MalformedOtlpException, RejectedRecordException {
    out.raw('{');
    int outer = in.enter();
    while (in.next()) {
      if (in.field() == 1) {
        member(in, out, depth);
      } else {
        in.skip();
      }
    }
    in.leave(outer);
    out.raw('}');
  }

  static void string(byte[] data, int from, int to, JsonText out) throws RejectedRecordException {
    checkUtf8(data, from, to);
    out.string(data, from, to);
  }

  static void checkUtf8(byte[] data, int from, int to) throws RejectedRecordException {
    if (Utf8.firstInvalid(data, from, to) < to) {
      throw new RejectedRecordException("a string is not UTF-8");
    }
  }
}
