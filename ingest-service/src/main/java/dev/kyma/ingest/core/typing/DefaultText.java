package dev.kyma.ingest.core.typing;

import dev.kyma.catalog.ColumnDefault;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.BytesVectorBuilder;
import dev.kyma.format.vector.VectorBuilder;
import dev.kyma.ingest.core.json.BodyRows;
import dev.kyma.ingest.core.json.JsonText;
import dev.kyma.ingest.core.json.MalformedJsonException;
import dev.kyma.ingest.core.json.RawColumn;
import dev.kyma.ingest.core.json.RawRows;
import dev.kyma.ingest.core.json.ValueKind;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The meaning of a column's default: text as it is, binary values as {@code \x} and hexadecimal
 * digits, everything else as a declared column reads it from JSON. {@code now()} means the time
 * only in a column of times, {@code snowflake_id()} an id only in one of 64-bit integers.
 * Stateless.
 */
public final class DefaultText {
  private static final String HEX_PREFIX = "\\x";

  private DefaultText() {}

  /** Whether a default means something in a column of a type. */
  public static boolean fits(LogicalType type, ColumnDefault value) {
    return value(type, value).isPresent();
  }

  static Optional<RowDefaults.Value> value(LogicalType type, ColumnDefault value) {
    return switch (value) {
      case ColumnDefault.Now _ when type.equals(LogicalType.TIMESTAMP) ->
          Optional.of(new RowDefaults.Value.Now());
      case ColumnDefault.SnowflakeId _ when type.equals(LogicalType.INT64) ->
          Optional.of(new RowDefaults.Value.Id());
      case ColumnDefault.Now _, ColumnDefault.SnowflakeId _, ColumnDefault.Literal _ ->
          literal(type, value.text());
    };
  }

  private static Optional<RowDefaults.Value> literal(LogicalType type, String text) {
    VectorBuilder builder = VectorBuilder.of(type, 1);
    boolean read =
        switch (type.kind()) {
          case TEXT -> appendText((BytesVectorBuilder) builder, text);
          case BINARY -> appendHex((BytesVectorBuilder) builder, text);
          case DATE, TIME, TIMESTAMP, DECIMAL -> appendJson(type, builder, quoted(text));
          case FLOAT32, FLOAT64 ->
              appendJson(
                  type, builder, text.endsWith("N") || text.endsWith("y") ? quoted(text) : text);
          case BOOL, INT16, INT32, INT64, DYNAMIC, VECTOR -> appendJson(type, builder, text);
        };
    return read ? Optional.of(new RowDefaults.Value.Literal(builder.build())) : Optional.empty();
  }

  private static boolean appendText(BytesVectorBuilder builder, String text) {
    builder.append(text);
    return true;
  }

  private static boolean appendHex(BytesVectorBuilder builder, String text) {
    if (!text.startsWith(HEX_PREFIX)) {
      return false;
    }
    try {
      builder.append(HexFormat.of().parseHex(text.substring(HEX_PREFIX.length())));
      return true;
    } catch (IllegalArgumentException notHexadecimal) {
      return false;
    }
  }

  private static String quoted(String text) {
    JsonText json = new JsonText();
    json.string(text);
    return new String(json.array(), 0, json.length(), StandardCharsets.UTF_8);
  }

  private static boolean appendJson(LogicalType type, VectorBuilder builder, String value) {
    byte[] body = ("{\"v\":" + value + "}").getBytes(StandardCharsets.UTF_8);
    try {
      RawRows rows = BodyRows.array(body, body.length).next(() -> List.of("v"));
      RawColumn column = rows.columns().getFirst();
      // Anything beside the one value came out of the text.
      return rows.rowCount() == 1
          && rows.columns().size() == 1
          && rows.loose().count() == 0
          && column.count() == 1
          && column.kind(0) != ValueKind.NULL
          && new ValueReader(type, true, body).append(column, 0, builder);
    } catch (MalformedJsonException e) {
      return false;
    }
  }
}
