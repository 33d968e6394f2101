package dev.kyma.format.tlm;

import dev.kyma.format.type.Field;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.type.SystemColumns;
import dev.kyma.format.type.TableSchema;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.BytesVectorBuilder;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.LongVectorBuilder;
import dev.kyma.format.vector.VectorBuilder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;

/** Log records such as OpenTelemetry sends, for measurements: mixed, skewed and partly absent. */
final class OtelRows {
  static final TableSchema SCHEMA =
      TableSchema.of(
          new Field(1, "timestamp", LogicalType.TIMESTAMP, false),
          new Field(2, "observed_timestamp", LogicalType.TIMESTAMP, true),
          new Field(3, "severity_number", LogicalType.INT32, true),
          new Field(4, "severity_text", LogicalType.TEXT, true),
          new Field(5, "body", LogicalType.TEXT, true),
          new Field(6, "body_json", LogicalType.DYNAMIC, true),
          new Field(7, "service_name", LogicalType.TEXT, true),
          new Field(8, "trace_id", LogicalType.TEXT, true),
          new Field(9, "span_id", LogicalType.TEXT, true),
          new Field(10, "flags", LogicalType.INT64, true),
          new Field(11, "attributes", LogicalType.DYNAMIC, true),
          new Field(12, "resource", LogicalType.DYNAMIC, true),
          new Field(13, "scope_name", LogicalType.TEXT, true),
          SystemColumns.LOG,
          SystemColumns.SEQ);

  private static final int TEMPLATES = 2_000;
  private static final String[] METHODS = {"GET", "GET", "GET", "POST", "PUT", "DELETE"};
  private static final int[] STATUSES = {200, 200, 200, 201, 204, 301, 400, 404, 500, 503};

  private final SplittableRandom random;
  private final String[] words = new String[3_000];
  private final String[][] templates = new String[TEMPLATES][];
  private String trace = "";
  private int service;

  OtelRows(long seed) {
    random = new SplittableRandom(seed);
    for (int i = 0; i < words.length; i++) {
      StringBuilder word = new StringBuilder();
      for (int s = random.nextInt(3); s >= -1; s--) {
        word.append("bcdfghjklmnprstvw".charAt(random.nextInt(17)));
        word.append("aeiou".charAt(random.nextInt(5)));
      }
      words[i] = word.append(i % 10).toString();
    }
    for (int i = 0; i < TEMPLATES; i++) {
      List<String> parts = new ArrayList<>();
      for (int s = random.nextInt(4); s >= 0; s--) {
        StringBuilder literal = new StringBuilder(" ");
        for (int w = random.nextInt(3) + 2; w > 0; w--) {
          literal.append(words[random.nextInt(words.length)]).append(' ');
        }
        parts.add(literal.append("x=").toString());
        parts.add("#" + random.nextInt(5));
      }
      templates[i] = parts.toArray(String[]::new);
    }
  }

  private int zipf(int bound) {
    return (int) Math.min(bound - 1, Math.pow(bound + 1.0, random.nextDouble()) - 1);
  }

  private String hex() {
    return HexFormat.of().toHexDigits(random.nextLong());
  }

  private String body() {
    int kind = random.nextInt(1_000);
    if (kind == 0) {
      return random.nextBoolean() ? "" : text(1_800);
    }
    if (kind <= 60) {
      return text(kind <= 10 ? 60 : 12);
    }
    StringBuilder body = new StringBuilder();
    for (String part : templates[zipf(TEMPLATES)]) {
      switch (part) {
        case "#0" -> body.append(random.nextInt(100_000));
        case "#1" -> body.append(hex());
        case "#2" ->
            body.append("/api/v1/")
                .append(words[zipf(300)])
                .append('/')
                .append(random.nextInt(50_000));
        case "#3" ->
            body.append("10.0.")
                .append(random.nextInt(256))
                .append('.')
                .append(random.nextInt(256));
        case "#4" -> body.append(words[zipf(words.length)]);
        default -> body.append(part);
      }
    }
    return body.toString();
  }

  private String text(int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(words[zipf(words.length)]).append(' ');
    }
    return text.toString();
  }

  private String attributes() {
    StringBuilder json = new StringBuilder("{");
    if (random.nextInt(20) != 0) {
      json.append("\"http.status_code\":").append(STATUSES[random.nextInt(STATUSES.length)]);
      json.append(",\"http.method\":\"")
          .append(METHODS[random.nextInt(METHODS.length)])
          .append("\",");
    }
    if (random.nextInt(20) != 0) {
      double millis = Math.exp(3 + 2 * random.nextDouble());
      json.append("\"duration_ms\":")
          .append(random.nextInt(100) == 0 ? millis : Math.round(millis * 1_000) / 1_000.0)
          .append(',');
    }
    if (random.nextInt(20) != 0) {
      json.append("\"user_id\":").append(zipf(1_000_000)).append(',');
    }
    int key = random.nextInt(40);
    for (int i = 0; i < 3; i++) {
      key = (key + 1 + random.nextInt(9)) % (40 - i);
      json.append("\"app.").append(words[key]).append('.').append(i).append("\":");
      switch (key % 4) {
        case 0 -> json.append('"').append(words[zipf(50)]).append('"');
        case 1 -> json.append(random.nextInt(1_000));
        case 2 -> json.append(random.nextBoolean());
        default -> {
          String number = Integer.toString(random.nextInt(100));
          json.append(random.nextInt(10) == 0 ? '"' + number + '"' : number);
        }
      }
      json.append(i == 2 ? "" : ",");
    }
    if (random.nextInt(50) == 0) {
      json.append(",\"rare.key")
          .append(random.nextInt(500))
          .append("\":\"")
          .append(words[random.nextInt(3_000)])
          .append('"');
    }
    return json.append('}').toString();
  }

  /** The rows {@code [from, from + size)} in the order of their time. */
  Batch batch(int from, int size) {
    List<VectorBuilder> out = new ArrayList<>();
    SCHEMA.fields().forEach(field -> out.add(VectorBuilder.of(field.type(), size)));
    for (int i = from; i < from + size; i++) {
      if (i % 9 == 0) {
        trace = hex() + hex();
        service = zipf(60);
      }
      long time = 1_767_225_600_000_000_000L + i * 4_000_000L + random.nextInt(3_000) * 1_000L;
      int level = random.nextInt(100);
      add(out, 0, time);
      add(out, 1, time + random.nextInt(5_000) * 1_000L);
      add(out, 2, level < 2 ? 17 : level < 7 ? 13 : level < 80 ? 9 : 5);
      add(out, 3, level < 2 ? "ERROR" : level < 7 ? "WARN" : level < 80 ? "INFO" : "DEBUG");
      add(out, 4, body());
      out.get(5).appendNull();
      int of = random.nextInt(4) == 0 ? zipf(60) : service;
      add(out, 6, "service-" + of);
      add(out, 7, trace);
      add(out, 8, hex());
      add(out, 9, 1);
      add(out, 10, attributes());
      add(
          out,
          11,
          "{\"service.name\":\"service-"
              + of
              + "\",\"host.name\":\"host-"
              + (of * 7 + random.nextInt(7)) % 400
              + "\"}");
      add(out, 12, "io.example." + of % 5);
      add(out, 13, i / 500 % 2);
      add(out, 14, SystemColumns.seq(i / 500, i % 500));
    }
    List<ColumnVector> vectors = out.stream().map(VectorBuilder::build).toList();
    return new Batch(vectors, size);
  }

  private static void add(List<VectorBuilder> out, int column, long value) {
    ((LongVectorBuilder) out.get(column)).append(value);
  }

  private static void add(List<VectorBuilder> out, int column, String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    ((BytesVectorBuilder) out.get(column)).append(bytes, 0, bytes.length);
  }
}
