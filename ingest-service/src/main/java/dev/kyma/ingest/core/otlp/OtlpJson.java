package dev.kyma.ingest.core.otlp;

import dev.kyma.format.json.Utf8;
import dev.kyma.ingest.core.json.JsonScanner;
import dev.kyma.ingest.core.json.JsonStrings;
import dev.kyma.ingest.core.json.MalformedJsonException;
import dev.kyma.ingest.core.json.ValueKind;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;

/**
 * Turns OTLP/JSON into the same request in protobuf.
 *
 * <p>Ids are hexadecimal, 64-bit integers may be strings or numbers, enums names or numbers, names
 * lowerCamelCase or as in the .proto files; unknown fields are ignored.
 */
public final class OtlpJson {
  /** Levels of messages: each level of a nested value takes three. */
  private static final int MAX_DEPTH = 3 * AttributeJson.MAX_DEPTH + 16;

  private final byte[] data;
  private final JsonScanner scanner;
  private final WireWriter out;

  private OtlpJson(byte[] data, int length) {
    this.data = data;
    this.scanner = new JsonScanner(data, length);
    this.out = new WireWriter(length);
  }

  /**
   * A request in protobuf.
   *
   * @param bytes holds it
   * @param length how long it is
   */
  @SuppressWarnings("ArrayRecordComponent") // a body is handed on, never compared
  public record Protobuf(byte[] bytes, int length) {}

  /**
   * Transcodes a request.
   *
   * @throws MalformedOtlpException if it is no JSON, or a field's value is not of its type
   */
  public static Protobuf transcode(OtlpSignal signal, byte[] body, int length)
      throws MalformedOtlpException {
    int invalid = Utf8.firstInvalid(body, 0, length);
    if (invalid < length) {
      throw new MalformedOtlpException(invalid, "the body is not UTF-8");
    }
    OtlpJson json = new OtlpJson(body, length);
    OtlpMessage message =
        switch (signal) {
          case LOGS -> OtlpMessage.EXPORT_LOGS;
          case TRACES -> OtlpMessage.EXPORT_TRACES;
          case METRICS -> OtlpMessage.EXPORT_METRICS;
        };
    try {
      int start = json.scanner.skipSpace(0);
      int end = json.scanner.skipSpace(json.message(message, start, 0));
      if (end != length) {
        throw new MalformedOtlpException(end, "something follows the request");
      }
    } catch (MalformedJsonException e) {
      throw new MalformedOtlpException(e.offset(), e.getMessage());
    }
    return new Protobuf(json.out.data(), json.out.length());
  }

  /** Writes the fields of the object that starts at a place; answers where it ends. */
  private int message(OtlpMessage message, int from, int depth)
      throws MalformedJsonException, MalformedOtlpException {
    if (depth > MAX_DEPTH) {
      throw new MalformedOtlpException(from, "values nest too deep");
    }
    if (scanner.at(from) != '{') {
      throw new MalformedOtlpException(from, "an object was expected");
    }
    int p = scanner.skipSpace(from + 1);
    if (scanner.at(p) == '}') {
      return p + 1;
    }
    while (true) {
      if (scanner.at(p) != '"') {
        throw new MalformedOtlpException(p, "a key in quotes was expected");
      }
      int keyEnd = scanner.value(p);
      OtlpMessage.FieldSpec field = message.field(data, p + 1, keyEnd - 1);
      p = scanner.skipSpace(keyEnd);
      if (scanner.at(p) != ':') {
        throw new MalformedOtlpException(p, "a colon was expected");
      }
      p = scanner.skipSpace(p + 1);
      p = scanner.skipSpace(field == null ? scanner.value(p) : field(field, p, depth));
      int c = scanner.at(p);
      if (c == '}') {
        return p + 1;
      }
      if (c != ',') {
        throw new MalformedOtlpException(p, "a comma or the end of the object was expected");
      }
      p = scanner.skipSpace(p + 1);
    }
  }

  private int field(OtlpMessage.FieldSpec field, int from, int depth)
      throws MalformedJsonException, MalformedOtlpException {
    if (scanner.at(from) != '[') {
      return value(field, from, depth);
    }
    int p = scanner.skipSpace(from + 1);
    if (scanner.at(p) == ']') {
      return p + 1;
    }
    while (true) {
      p = scanner.skipSpace(value(field, p, depth));
      int c = scanner.at(p);
      if (c == ']') {
        return p + 1;
      }
      if (c != ',') {
        throw new MalformedOtlpException(p, "a comma or the end of the array was expected");
      }
      p = scanner.skipSpace(p + 1);
    }
  }

  private int value(OtlpMessage.FieldSpec field, int from, int depth)
      throws MalformedJsonException, MalformedOtlpException {
    OtlpMessage type = field.message();
    if (type != null && scanner.at(from) != 'n') {
      out.tag(field.number(), WireReader.BYTES);
      int start = out.begin();
      int end = message(type, from, depth + 1);
      out.end(start);
      return end;
    }
    int to = scanner.value(from);
    if (scanner.kind() != ValueKind.NULL) {
      scalar(field, from, to);
    }
    return to;
  }

  private void scalar(OtlpMessage.FieldSpec field, int from, int to) throws MalformedOtlpException {
    switch (field.encoding()) {
      case STRING -> {
        byte[] text = text(from, to);
        out.tag(field.number(), WireReader.BYTES);
        out.bytes(text, 0, text.length);
      }
      case BASE64, ID -> {
        byte[] bytes = binary(field.encoding(), from, to);
        out.tag(field.number(), WireReader.BYTES);
        out.bytes(bytes, 0, bytes.length);
      }
      case BOOL -> {
        if (scanner.kind() != ValueKind.BOOL) {
          throw new MalformedOtlpException(from, "true or false was expected");
        }
        out.tag(field.number(), WireReader.VARINT);
        out.varint(scanner.bits());
      }
      case VARINT -> {
        long value = integer(from, to);
        out.tag(field.number(), WireReader.VARINT);
        out.varint(value);
      }
      case ZIGZAG -> {
        long value = integer(from, to);
        out.tag(field.number(), WireReader.VARINT);
        out.varint(value << 1 ^ value >> 63);
      }
      case FIXED32 -> {
        long value = integer(from, to);
        out.tag(field.number(), WireReader.FIXED32);
        out.fixed32((int) value);
      }
      case FIXED64 -> {
        long value = integer(from, to);
        out.tag(field.number(), WireReader.FIXED64);
        out.fixed64(value);
      }
      case DOUBLE -> {
        double value = real(from, to);
        out.tag(field.number(), WireReader.FIXED64);
        out.fixed64(Double.doubleToRawLongBits(value));
      }
      case ENUM -> {
        long value = enumValue(field, from, to);
        out.tag(field.number(), WireReader.VARINT);
        out.varint(value);
      }
      case MESSAGE -> throw new MalformedOtlpException(from, "an object was expected");
    }
  }

  private byte[] text(int from, int to) throws MalformedOtlpException {
    if (!isString()) {
      throw new MalformedOtlpException(from, "a string was expected");
    }
    return JsonStrings.unescape(data, from + 1, to - 1);
  }

  private boolean isString() {
    return scanner.kind() == ValueKind.TEXT || scanner.kind() == ValueKind.TIMESTAMP;
  }

  private byte[] binary(OtlpMessage.Encoding encoding, int from, int to)
      throws MalformedOtlpException {
    byte[] text = text(from, to);
    try {
      if (encoding == OtlpMessage.Encoding.ID) {
        return HexFormat.of().parseHex(new String(text, StandardCharsets.UTF_8));
      }
      String base64 = new String(text, StandardCharsets.UTF_8).replace('-', '+').replace('_', '/');
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new MalformedOtlpException(
          from,
          encoding == OtlpMessage.Encoding.ID
              ? "a hexadecimal id was expected"
              : "base64 was expected");
    }
  }

  private long integer(int from, int to) throws MalformedOtlpException {
    String text;
    switch (scanner.kind()) {
      case INT64 -> {
        return scanner.bits();
      }
      case DOUBLE, DECIMAL -> text = ascii(from, to);
      case TEXT -> text = new String(text(from, to), StandardCharsets.UTF_8).strip();
      default -> throw new MalformedOtlpException(from, "an integer was expected");
    }
    try {
      if (!text.isEmpty() && text.length() <= 20 && isDigits(text)) {
        return Long.parseUnsignedLong(text);
      }
      return text.length() > 40 ? fail(from) : new BigDecimal(text).longValueExact();
    } catch (NumberFormatException | ArithmeticException e) {
      return fail(from);
    }
  }

  private static long fail(int from) throws MalformedOtlpException {
    throw new MalformedOtlpException(from, "an integer was expected");
  }

  private static boolean isDigits(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  private double real(int from, int to) throws MalformedOtlpException {
    try {
      return switch (scanner.kind()) {
        case INT64 -> (double) scanner.bits();
        case DOUBLE, NOT_FINITE -> Double.longBitsToDouble(scanner.bits());
        case DECIMAL, BIG_NUMBER -> Double.parseDouble(ascii(from, to));
        case TEXT -> Double.parseDouble(new String(text(from, to), StandardCharsets.UTF_8));
        case NULL, BOOL, TIMESTAMP, BROKEN_TEXT, NESTED, NESTED_NOT_FINITE ->
            throw new MalformedOtlpException(from, "a number was expected");
      };
    } catch (NumberFormatException e) {
      throw new MalformedOtlpException(from, "a number was expected");
    }
  }

  private long enumValue(OtlpMessage.FieldSpec field, int from, int to)
      throws MalformedOtlpException {
    if (scanner.kind() == ValueKind.INT64) {
      return scanner.bits();
    }
    String name = new String(text(from, to), StandardCharsets.UTF_8);
    int value = field.names().indexOf(name);
    if (value < 0) {
      throw new MalformedOtlpException(from, "an enum's value was expected");
    }
    return value;
  }

  private String ascii(int from, int to) {
    return new String(data, from, to - from, StandardCharsets.US_ASCII);
  }
}
