package dev.kyma.ingest.core.otlp;

import dev.kyma.ingest.core.json.JsonText;

/**
 * Reads one data point of any kind into its own fields, which are valid until the next one.
 *
 * <p>Buckets of a histogram are {@code {"bounds": […], "counts": […]}}, of an exponential one
 * {@code {"scale", "zero_count", "zero_threshold", "positive": {"offset", "counts"}, "negative"}};
 * quantiles are {@code [{"quantile", "value"}]}.
 */
final class PointReader {
  private static final long NO_RECORDED_VALUE = 1;

  final JsonText attributes = new JsonText();
  final JsonText buckets = new JsonText();
  final JsonText exemplars = new JsonText();
  final JsonText quantiles = new JsonText();
  long start;
  long time;
  boolean hasValue;
  double value;
  boolean hasInteger;
  long integer;
  boolean hasCount;
  long count;
  boolean hasSum;
  double sum;
  boolean hasMin;
  double min;
  boolean hasMax;
  double max;

  private final JsonText bounds = new JsonText();
  private final JsonText counts = new JsonText();
  private final JsonText scratch = new JsonText();
  private final ResourceContext.Slice spanId = new ResourceContext.Slice();
  private final ResourceContext.Slice traceId = new ResourceContext.Slice();
  private long flags;

  private void begin() {
    attributes.truncate(0);
    attributes.raw('{');
    exemplars.truncate(0);
    exemplars.raw('[');
    buckets.truncate(0);
    quantiles.truncate(0);
    start = 0;
    time = 0;
    hasValue = false;
    hasInteger = false;
    hasCount = false;
    hasSum = false;
    hasMin = false;
    hasMax = false;
    flags = 0;
  }

  private void end() {
    attributes.raw('}');
    exemplars.raw(']');
    if ((flags & NO_RECORDED_VALUE) != 0) {
      hasValue = false;
      hasInteger = false;
      hasCount = false;
      hasSum = false;
    }
  }

  void number(WireReader in) throws MalformedOtlpException, RejectedRecordException {
    begin();
    while (in.next()) {
      switch (in.field()) {
        case 2 -> start = OtlpDecoder.time(in.fixed64());
        case 3 -> time = OtlpDecoder.time(in.fixed64());
        case 4 -> real(in.float64());
        case 5 -> exemplar(in);
        case 6 -> whole(in.fixed64());
        case 7 -> AttributeJson.member(in, attributes);
        case 8 -> flags = in.varint();
        default -> in.skip();
      }
    }
    end();
  }

  private void real(double number) {
    hasValue = true;
    value = number;
    hasInteger = false;
  }

  private void whole(long number) {
    hasValue = true;
    value = number;
    hasInteger = true;
    integer = number;
  }

  void histogram(WireReader in) throws MalformedOtlpException, RejectedRecordException {
    begin();
    bounds.truncate(0);
    counts.truncate(0);
    while (in.next()) {
      switch (in.field()) {
        case 2 -> start = OtlpDecoder.time(in.fixed64());
        case 3 -> time = OtlpDecoder.time(in.fixed64());
        case 4 -> count(in.fixed64());
        case 5 -> sum(in.float64());
        case 6 -> fixedCounts(in);
        case 7 -> fixedBounds(in);
        case 8 -> exemplar(in);
        case 9 -> AttributeJson.member(in, attributes);
        case 10 -> flags = in.varint();
        case 11 -> min(in.float64());
        case 12 -> max(in.float64());
        default -> in.skip();
      }
    }
    countIfUnset();
    end();
    if (counts.length() > 0 || bounds.length() > 0) {
      buckets.ascii("{\"bounds\":[").raw(bounds.array(), 0, bounds.length());
      buckets.ascii("],\"counts\":[").raw(counts.array(), 0, counts.length()).ascii("]}");
    }
  }

  void exponential(WireReader in) throws MalformedOtlpException, RejectedRecordException {
    begin();
    long scale = 0;
    long zeroCount = 0;
    double zeroThreshold = 0;
    scratch.truncate(0);
    while (in.next()) {
      switch (in.field()) {
        case 1 -> AttributeJson.member(in, attributes);
        case 2 -> start = OtlpDecoder.time(in.fixed64());
        case 3 -> time = OtlpDecoder.time(in.fixed64());
        case 4 -> count(in.fixed64());
        case 5 -> sum(in.float64());
        case 6 -> scale = zigzag(in.varint());
        case 7 -> zeroCount = in.fixed64();
        case 8 -> side(in, "positive");
        case 9 -> side(in, "negative");
        case 10 -> flags = in.varint();
        case 11 -> exemplar(in);
        case 12 -> min(in.float64());
        case 13 -> max(in.float64());
        case 14 -> zeroThreshold = in.float64();
        default -> in.skip();
      }
    }
    countIfUnset();
    end();
    buckets.ascii("{\"scale\":").number(scale).ascii(",\"zero_count\":");
    unsigned(zeroCount, buckets);
    buckets.ascii(",\"zero_threshold\":").number(zeroThreshold);
    buckets.raw(scratch.array(), 0, scratch.length()).raw('}');
  }

  private void side(WireReader in, String name) throws MalformedOtlpException {
    long offset = 0;
    counts.truncate(0);
    int outer = in.enter();
    while (in.next()) {
      if (in.field() == 1) {
        offset = zigzag(in.varint());
      } else if (in.field() == 2 && in.wireType() == WireReader.BYTES) {
        in.bytes();
        int after = in.position();
        int limit = in.limit();
        in.seek(in.from(), in.to());
        while (in.position() < in.limit()) {
          unsigned(in.packedVarint(), separated(counts));
        }
        in.seek(after, limit);
      } else if (in.field() == 2) {
        unsigned(in.varint(), separated(counts));
      } else {
        in.skip();
      }
    }
    in.leave(outer);
    scratch.ascii(",\"").ascii(name).ascii("\":{\"offset\":").number(offset);
    scratch.ascii(",\"counts\":[").raw(counts.array(), 0, counts.length()).ascii("]}");
  }

  void summary(WireReader in) throws MalformedOtlpException, RejectedRecordException {
    begin();
    quantiles.raw('[');
    while (in.next()) {
      switch (in.field()) {
        case 2 -> start = OtlpDecoder.time(in.fixed64());
        case 3 -> time = OtlpDecoder.time(in.fixed64());
        case 4 -> count(in.fixed64());
        case 5 -> sum(in.float64());
        case 6 -> quantile(in);
        case 7 -> AttributeJson.member(in, attributes);
        case 8 -> flags = in.varint();
        default -> in.skip();
      }
    }
    quantiles.raw(']');
    countIfUnset();
    if (!hasSum) {
      sum(0);
    }
    end();
  }

  private void quantile(WireReader in) throws MalformedOtlpException {
    double quantile = 0;
    double at = 0;
    int outer = in.enter();
    while (in.next()) {
      switch (in.field()) {
        case 1 -> quantile = in.float64();
        case 2 -> at = in.float64();
        default -> in.skip();
      }
    }
    in.leave(outer);
    if (quantiles.length() > 1) {
      quantiles.raw(',');
    }
    quantiles.ascii("{\"quantile\":").number(quantile).ascii(",\"value\":").number(at).raw('}');
  }

  private void exemplar(WireReader in) throws MalformedOtlpException, RejectedRecordException {
    if (exemplars.length() > 1) {
      exemplars.raw(',');
    }
    JsonText filtered = new JsonText();
    filtered.raw('{');
    spanId.clear();
    traceId.clear();
    long at = 0;
    boolean isReal = false;
    boolean isWhole = false;
    double real = 0;
    long whole = 0;
    int outer = in.enter();
    while (in.next()) {
      switch (in.field()) {
        case 2 -> at = OtlpDecoder.time(in.fixed64());
        case 3 -> {
          real = in.float64();
          isReal = true;
          isWhole = false;
        }
        case 4 -> spanId.take(in);
        case 5 -> traceId.take(in);
        case 6 -> {
          whole = in.fixed64();
          isWhole = true;
          isReal = false;
        }
        case 7 -> AttributeJson.member(in, filtered);
        default -> in.skip();
      }
    }
    in.leave(outer);
    exemplars.ascii("{\"time_unix_nano\":").number(at);
    if (isReal) {
      exemplars.ascii(",\"value\":").number(real);
    } else if (isWhole) {
      exemplars.ascii(",\"value\":").number(whole);
    }
    if (!traceId.isEmpty()) {
      exemplars.ascii(",\"trace_id\":").hex(in.data(), traceId.from, traceId.to);
    }
    if (!spanId.isEmpty()) {
      exemplars.ascii(",\"span_id\":").hex(in.data(), spanId.from, spanId.to);
    }
    if (filtered.length() > 1) {
      exemplars.ascii(",\"filtered_attributes\":").raw(filtered.array(), 0, filtered.length());
      exemplars.raw('}');
    }
    exemplars.raw('}');
    if (exemplars.length() > AttributeJson.MAX_BYTES) {
      throw new RejectedRecordException(
          "exemplars take more than " + AttributeJson.MAX_BYTES + " bytes");
    }
  }

  private void count(long unsigned) throws RejectedRecordException {
    if (unsigned < 0) {
      throw new RejectedRecordException("a count is greater than 2^63 - 1");
    }
    hasCount = true;
    count = unsigned;
  }

  /** Unset on the wire means zero. */
  private void countIfUnset() throws RejectedRecordException {
    if (!hasCount) {
      count(0);
    }
  }

  private void sum(double number) {
    hasSum = true;
    sum = number;
  }

  private void min(double number) {
    hasMin = true;
    min = number;
  }

  private void max(double number) {
    hasMax = true;
    max = number;
  }

  private void fixedCounts(WireReader in) throws MalformedOtlpException {
    if (in.wireType() == WireReader.FIXED64) {
      unsigned(in.fixed64(), separated(counts));
      return;
    }
    in.bytes();
    int after = in.position();
    int limit = in.limit();
    in.seek(in.from(), in.to());
    while (in.position() < in.limit()) {
      unsigned(in.packedFixed64(), separated(counts));
    }
    in.seek(after, limit);
  }

  private void fixedBounds(WireReader in) throws MalformedOtlpException {
    if (in.wireType() == WireReader.FIXED64) {
      separated(bounds).number(in.float64());
      return;
    }
    in.bytes();
    int after = in.position();
    int limit = in.limit();
    in.seek(in.from(), in.to());
    while (in.position() < in.limit()) {
      separated(bounds).number(Double.longBitsToDouble(in.packedFixed64()));
    }
    in.seek(after, limit);
  }

  private static JsonText separated(JsonText out) {
    return out.length() == 0 ? out : out.raw(',');
  }

  private static void unsigned(long value, JsonText out) {
    if (value < 0) {
      out.ascii(Long.toUnsignedString(value));
    } else {
      out.number(value);
    }
  }

  private static long zigzag(long value) {
    return value >>> 1 ^ -(value & 1);
  }
}
