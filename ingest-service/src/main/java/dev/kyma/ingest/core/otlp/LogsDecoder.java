package dev.kyma.ingest.core.otlp;

import dev.kyma.ingest.core.json.JsonText;

/** Log records. */
final class LogsDecoder extends OtlpDecoder {
  private final ResourceContext.Slice severityText = new ResourceContext.Slice();
  private final ResourceContext.Slice body = new ResourceContext.Slice();
  private final ResourceContext.Slice traceId = new ResourceContext.Slice();
  private final ResourceContext.Slice spanId = new ResourceContext.Slice();
  private final ResourceContext.Slice eventName = new ResourceContext.Slice();
  private final JsonText attributes = new JsonText();
  private final JsonText bodyJson = new JsonText();

  LogsDecoder(long nowNanos, long maxBytes) {
    super(OtlpSignal.LOGS, nowNanos, maxBytes);
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
    severityText.clear();
    body.clear();
    traceId.clear();
    spanId.clear();
    eventName.clear();
    attributes.truncate(0);
    attributes.raw('{');
    bodyJson.truncate(0);
    long time = 0;
    long observed = 0;
    int severity = 0;
    long dropped = 0;
    long flags = 0;
    boolean hasText = false;
    in.seek(from, to);
    while (in.next()) {
      switch (in.field()) {
        case 1 -> time = time(in.fixed64());
        case 2 -> severity = (int) in.varint();
        case 3 -> severityText.take(in);
        case 5 -> hasText = body(in);
        case 6 -> AttributeJson.member(in, attributes);
        case 7 -> dropped = in.varint() & 0xFFFFFFFFL;
        case 8 -> flags = in.fixed32() & 0xFFFFFFFFL;
        case 9 -> traceId.take(in);
        case 10 -> spanId.take(in);
        case 11 -> observed = time(in.fixed64());
        case 12 -> eventName.take(in);
        default -> in.skip();
      }
    }
    attributes.raw('}');
    byte[] data = in.data();
    AttributeJson.checkUtf8(data, severityText.from, severityText.to);
    AttributeJson.checkUtf8(data, eventName.from, eventName.to);
    if (hasText) {
      AttributeJson.checkUtf8(data, body.from, body.to);
    }
    rows.begin(contextBytes() + 2L * (to - from));
    long known = time != 0 ? time : observed;
    rows.number(0, known != 0 ? known : nowNanos);
    if (observed == 0) {
      rows.absent(1);
    } else {
      rows.number(1, observed);
    }
    rows.number(2, severity);
    rows.text(3, data, severityText);
    if (hasText) {
      rows.text(4, data, body);
    } else {
      rows.absent(4);
    }
    if (hasText || bodyJson.length() == 0) {
      rows.absent(5);
    } else {
      rows.text(5, bodyJson);
    }
    rows.text(6, context.serviceName);
    rows.hex(7, data, traceId);
    rows.hex(8, data, spanId);
    rows.number(9, flags);
    rows.text(10, data, eventName);
    rows.json(11, attributes);
    rows.json(12, context.resource);
    rows.json(13, context.scope);
    rows.text(14, data, context.scopeName);
    rows.text(15, data, context.scopeVersion);
    rows.number(16, dropped);
    rows.end();
  }

  /** Reads a body; text stays a slice, anything else becomes JSON. Answers whether it is text. */
  private boolean body(WireReader in) throws MalformedOtlpException, RejectedRecordException {
    int outer = in.enter();
    int start = in.position();
    int end = in.limit();
    int last = 0;
    while (in.next()) {
      if (in.field() == 1) {
        body.take(in);
      } else {
        in.skip();
      }
      if (in.field() <= 7) {
        last = in.field();
      }
    }
    if (last > 1) {
      in.seek(start, end);
      bodyJson.truncate(0);
      AttributeJson.value(in, bodyJson, 1);
    }
    in.leave(outer);
    return last == 1;
  }
}
