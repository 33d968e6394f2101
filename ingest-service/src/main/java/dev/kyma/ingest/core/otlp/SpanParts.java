package dev.kyma.ingest.core.otlp;

import dev.kyma.ingest.core.json.JsonText;

/**
 * Events and links of spans as JSON objects; members that say nothing are left out.
 *
 * <p>Times are integers of nanoseconds since 1970, ids are hexadecimal.
 */
final class SpanParts {
  private final ResourceContext.Slice first = new ResourceContext.Slice();
  private final ResourceContext.Slice second = new ResourceContext.Slice();
  private final ResourceContext.Slice third = new ResourceContext.Slice();
  private final JsonText attributes = new JsonText();

  /** Appends {@code {"time_unix_nano", "name", "attributes", "dropped_attributes_count"}}. */
  void event(WireReader in, JsonText out) throws MalformedOtlpException, RejectedRecordException {
    begin(out);
    first.clear();
    long time = 0;
    long dropped = 0;
    int outer = in.enter();
    while (in.next()) {
      switch (in.field()) {
        case 1 -> time = OtlpDecoder.time(in.fixed64());
        case 2 -> first.take(in);
        case 3 -> AttributeJson.member(in, attributes);
        case 4 -> dropped = in.varint() & 0xFFFFFFFFL;
        default -> in.skip();
      }
    }
    in.leave(outer);
    out.ascii("{\"time_unix_nano\":").number(time).ascii(",\"name\":");
    AttributeJson.string(in.data(), first.from, first.to, out);
    end(out, dropped);
  }

  /** Appends {@code {"trace_id", "span_id", "trace_state", "flags", "attributes", …}}. */
  void link(WireReader in, JsonText out) throws MalformedOtlpException, RejectedRecordException {
    begin(out);
    first.clear();
    second.clear();
    third.clear();
    long dropped = 0;
    long flags = 0;
    int outer = in.enter();
    while (in.next()) {
      switch (in.field()) {
        case 1 -> first.take(in);
        case 2 -> second.take(in);
        case 3 -> third.take(in);
        case 4 -> AttributeJson.member(in, attributes);
        case 5 -> dropped = in.varint() & 0xFFFFFFFFL;
        case 6 -> flags = in.fixed32() & 0xFFFFFFFFL;
        default -> in.skip();
      }
    }
    in.leave(outer);
    out.ascii("{\"trace_id\":").hex(in.data(), first.from, first.to);
    out.ascii(",\"span_id\":").hex(in.data(), second.from, second.to);
    if (!third.isEmpty()) {
      out.ascii(",\"trace_state\":");
      AttributeJson.string(in.data(), third.from, third.to, out);
    }
    if (flags != 0) {
      out.ascii(",\"flags\":").number(flags);
    }
    end(out, dropped);
  }

  private void begin(JsonText out) {
    if (out.length() > 1) {
      out.raw(',');
    }
    attributes.truncate(0);
    attributes.raw('{');
  }

  private void end(JsonText out, long dropped) throws RejectedRecordException {
    if (attributes.length() > 1) {
      out.ascii(",\"attributes\":").raw(attributes.array(), 0, attributes.length()).raw('}');
    }
    if (dropped != 0) {
      out.ascii(",\"dropped_attributes_count\":").number(dropped);
    }
    out.raw('}');
    if (out.length() > AttributeJson.MAX_BYTES) {
      throw new RejectedRecordException(
          "events or links take more than " + AttributeJson.MAX_BYTES + " bytes");
    }
  }
}
