package dev.kyma.format.log;

import dev.kyma.format.json.JsonNumber;
import dev.kyma.format.json.JsonScanner;
import dev.kyma.format.json.JsonToken;
import dev.kyma.format.json.JsonWriter;
import dev.kyma.format.json.MalformedJsonException;
import dev.kyma.format.type.Field;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.type.TableSchema;
import dev.kyma.format.vector.BytesVectorBuilder;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Schemas as text, one text a schema, and the fingerprints of these.
 *
 * <pre>{@code
 * {"version":1,"fields":[{"id":1,"name":"timestamp","type":"timestamp","nullable":false}, …]}
 * }</pre>
 *
 * <p>Members come in this order and without white space; types by {@link LogicalType#id()}.
 * Stateless.
 */
public final class SchemaCodec {
  private static final int VERSION = 1;

  private SchemaCodec() {}

  /** The canonical text of a schema, in UTF-8. */
  public static byte[] text(TableSchema schema) {
    BytesVectorBuilder out = new BytesVectorBuilder(LogicalType.DYNAMIC, 1, 80 * schema.size());
    JsonWriter json = new JsonWriter(out);
    json.beginObject().name("version").number(VERSION).name("fields").beginArray();
    for (Field field : schema.fields()) {
      json.beginObject().name("id").number(field.id()).name("name").text(field.name());
      json.name("type").text(field.type().id()).name("nullable").bool(field.nullable()).endObject();
    }
    json.endArray().endObject().endText();
    return out.build().bytes(0);
  }

  /** The name of a schema. */
  public static SchemaFingerprint fingerprint(TableSchema schema) {
    return fingerprint(text(schema));
  }

  static SchemaFingerprint fingerprint(byte[] text) {
    try {
      ByteBuffer hash = ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(text));
      return new SchemaFingerprint(hash.getLong(), hash.getLong());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }

  /**
   * Reads a schema's text.
   *
   * @throws CorruptSchemaException if it is not one of this version
   */
  public static TableSchema parse(byte[] text) {
    JsonScanner scanner = new JsonScanner();
    scanner.reset(text);
    try {
      expect(scanner, JsonToken.BEGIN_OBJECT);
      name(scanner, "version");
      if (integer(scanner, text) != VERSION) {
        throw new CorruptSchemaException("unknown version");
      }
      name(scanner, "fields");
      expect(scanner, JsonToken.BEGIN_ARRAY);
      List<Field> fields = new ArrayList<>();
      for (Field field = field(scanner, text); field != null; field = field(scanner, text)) {
        fields.add(field);
      }
      expect(scanner, JsonToken.END_OBJECT);
      expect(scanner, JsonToken.END);
      return new TableSchema(fields);
    } catch (MalformedJsonException | IllegalArgumentException e) {
      throw new CorruptSchemaException(String.valueOf(e.getMessage()), e);
    }
  }

  private static @Nullable Field field(JsonScanner scanner, byte[] text) {
    JsonToken token = scanner.next();
    if (token == JsonToken.END_ARRAY) {
      return null;
    }
    require(token, JsonToken.BEGIN_OBJECT);
    name(scanner, "id");
    int id = integer(scanner, text);
    name(scanner, "name");
    expect(scanner, JsonToken.STRING);
    String name = scanner.text();
    name(scanner, "type");
    expect(scanner, JsonToken.STRING);
    LogicalType type = LogicalType.parse(scanner.text());
    name(scanner, "nullable");
    JsonToken nullable = scanner.next();
    if (nullable != JsonToken.TRUE) {
      require(nullable, JsonToken.FALSE);
    }
    expect(scanner, JsonToken.END_OBJECT);
    return new Field(id, name, type, nullable == JsonToken.TRUE);
  }

  private static void name(JsonScanner scanner, String name) {
    expect(scanner, JsonToken.NAME);
    if (!scanner.text().equals(name)) {
      throw new CorruptSchemaException("expected " + name + ", found " + scanner.text());
    }
  }

  private static int integer(JsonScanner scanner, byte[] text) {
    expect(scanner, JsonToken.NUMBER);
    JsonNumber number = new JsonNumber();
    number.reset(text, scanner.start(), scanner.end());
    if (!number.isLong() || number.longValue() != (int) number.longValue()) {
      throw new CorruptSchemaException("expected a 32-bit integer");
    }
    return (int) number.longValue();
  }

  private static void expect(JsonScanner scanner, JsonToken expected) {
    require(scanner.next(), expected);
  }

  private static void require(JsonToken found, JsonToken expected) {
    if (found != expected) {
      throw new CorruptSchemaException("expected " + expected + ", found " + found);
    }
  }
}
