package dev.kyma.ingest.core.otlp;

import dev.kyma.ingest.core.json.JsonText;
import java.nio.charset.StandardCharsets;

/** Spans. */
final class TracesDecoder extends OtlpDecoder {
  private static final byte[][] KINDS =
      names("UNSPECIFIED", "INTERNAL", "SERVER", "CLIENT", "PRODUCER", "CONSUMER");
  private static final byte[][] STATUS_CODES = names("UNSET", "OK", "ERROR");

  private final ResourceContext.Slice traceId = new ResourceContext.Slice();
  private final ResourceContext.Slice spanId = new ResourceContext.Slice();
  private final ResourceContext.Slice parentSpanId = new ResourceContext.Slice();
  private final ResourceContext.Slice traceState = new ResourceContext.Slice();
  private final ResourceContext.Slice name = new ResourceContext.Slice();
  private final ResourceContext.Slice statusMessage = new ResourceContext.Slice();
  private final JsonText attributes = new JsonText();
  private final JsonText events = new JsonText();
  private final JsonText links = new JsonText();
  private final SpanParts parts = new SpanParts();

  TracesDecoder(long nowNanos, long maxBytes) {
    super(OtlpSignal.TRACES, nowNanos, maxBytes);
  }

  private static byte[][] names(String... names) {
    byte[][] bytes = new byte[names.length][];
    for (int i = 0; i < names.length; i++) {
      bytes[i] = names[i].getBytes(StandardCharsets.US_ASCII);
    }
    return bytes;
  }

  /** The name of an enum's value; a number for one this version does not know. */
  private static byte[] name(byte[][] names, int value) {
    return value >= 0 && value < names.length
        ? names[value]
        : Integer.toString(value).getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  long count(WireReader in, int from, int to) {
    return 1;
  }

  @Override
  void read(WireReader in, int from, int to) throws MalformedOtlpException {
    try {
      append(in, from, to);
    } catch (RejectedRecordException e) {
      reject(1, e.reason());
    }
  }

  private void append(WireReader in, int from, int to)
      throws MalformedOtlpException, RejectedRecordException {
    traceId.clear();
    spanId.clear();
    parentSpanId.clear();
    traceState.clear();
    name.clear();
    statusMessage.clear();
    attributes.truncate(0);
    attributes.raw('{');
    events.truncate(0);
    events.raw('[');
    links.truncate(0);
    links.raw('[');
    long start = 0;
    long end = 0;
    int kind = 0;
    int status = 0;
    in.seek(from, to);
    while (in.next()) {
      switch (in.field()) {
        case 1 -> traceId.take(in);
        case 2 -> spanId.take(in);
        case 3 -> traceState.take(in);
        case 4 -> parentSpanId.take(in);
        case 5 -> name.take(in);
        case 6 -> kind = (int) in.varint();
        case 7 -> start = time(in.fixed64());
        case 8 -> end = time(in.fixed64());
        case 9 -> AttributeJson.member(in, attributes);
        case 11 -> parts.event(in, events);
        case 13 -> parts.link(in, links);
        case 15 -> status = status(in);
        default -> in.skip();
      }
    }
    attributes.raw('}');
    events.raw(']');
    links.raw(']');
    byte[] data = in.data();
    AttributeJson.checkUtf8(data, traceState.from, traceState.to);
    AttributeJson.checkUtf8(data, name.from, name.to);
    AttributeJson.checkUtf8(data, statusMessage.from, statusMessage.to);
    rows.begin(contextBytes() + 2L * (to - from));
    long known = start != 0 ? start : end;
    rows.number(0, known != 0 ? known : nowNanos);
    if (end == 0) {
      rows.absent(1);
      rows.absent(2);
    } else {
      rows.number(1, end);
      rows.number(2, end - known);
    }
    rows.hex(3, data, traceId);
    rows.hex(4, data, spanId);
    rows.hex(5, data, parentSpanId);
    rows.text(6, data, traceState);
    rows.text(7, data, name);
    rows.text(8, name(KINDS, kind));
    rows.text(9, name(STATUS_CODES, status));
    rows.text(10, data, statusMessage);
    rows.text(11, context.serviceName);
    rows.json(12, attributes);
    rows.json(13, context.resource);
    rows.json(14, context.scope);
    rows.json(15, events);
    rows.json(16, links);
    rows.end();
  }

  private int status(WireReader in) throws MalformedOtlpException {
    int code = 0;
    int outer = in.enter();
    while (in.next()) {
      switch (in.field()) {
        case 2 -> statusMessage.take(in);
        case 3 -> code = (int) in.varint();
        default -> in.skip();
      }
    }
    in.leave(outer);
    return code;
  }
}
