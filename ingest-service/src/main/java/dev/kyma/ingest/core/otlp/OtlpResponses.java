package dev.kyma.ingest.core.otlp;

import dev.kyma.ingest.core.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The bytes of answers to export requests, in protobuf and JSON. */
public final class OtlpResponses {
  private OtlpResponses() {}

  /** An Export*ServiceResponse: empty when everything landed, else with a partial success. */
  public static byte[] protobuf(long rejected, String reason) {
    WireWriter out = new WireWriter(64);
    if (rejected > 0) {
      out.tag(1, WireReader.BYTES);
      int start = out.begin();
      out.tag(1, WireReader.VARINT);
      out.varint(rejected);
      text(out, 2, reason);
      out.end(start);
    }
    return Arrays.copyOf(out.data(), out.length());
  }

  /** As {@link #protobuf}, in JSON. */
  public static byte[] json(OtlpSignal signal, long rejected, String reason) {
    JsonText out = new JsonText();
    if (rejected == 0) {
      return out.ascii("{}").toBytes();
    }
    String count =
        switch (signal) {
          case LOGS -> "rejectedLogRecords";
          case TRACES -> "rejectedSpans";
          case METRICS -> "rejectedDataPoints";
        };
    out.ascii("{\"partialSuccess\":{\"").ascii(count).ascii("\":\"").number(rejected);
    return out.ascii("\",\"errorMessage\":").string(reason).ascii("}}").toBytes();
  }

  /** A google.rpc.Status in protobuf. */
  public static byte[] statusProtobuf(int code, String message) {
    WireWriter out = new WireWriter(64);
    out.tag(1, WireReader.VARINT);
    out.varint(code);
    text(out, 2, message);
    return Arrays.copyOf(out.data(), out.length());
  }

  /** A google.rpc.Status in JSON. */
  public static byte[] statusJson(int code, String message) {
    JsonText out = new JsonText();
    out.ascii("{\"code\":").number(code).ascii(",\"message\":").string(message);
    return out.raw('}').toBytes();
  }

  private static void text(WireWriter out, int field, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.tag(field, WireReader.BYTES);
    out.bytes(bytes, 0, bytes.length);
  }
}
