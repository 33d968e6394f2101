package dev.kyma.ingest.core.otlp;

import java.nio.charset.StandardCharsets;

/** Metrics, one row for each data point of any of the five kinds. */
final class MetricsDecoder extends OtlpDecoder {
  private static final byte[] NOTHING = {};
  private static final byte[][] TEMPORALITIES = {NOTHING, ascii("DELTA"), ascii("CUMULATIVE")};

  private final ResourceContext.Slice name = new ResourceContext.Slice();
  private final ResourceContext.Slice description = new ResourceContext.Slice();
  private final ResourceContext.Slice unit = new ResourceContext.Slice();
  private final PointReader point = new PointReader();

  // What all points of the metric have in common.
  private byte[] type = NOTHING;
  private byte[] temporality = NOTHING;
  private int monotonic;

  MetricsDecoder(long nowNanos, long maxBytes) {
    super(OtlpSignal.METRICS, nowNanos, maxBytes);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** The kinds of metrics, by the number of their field in Metric. */
  private enum Kind {
    GAUGE(5, "gauge"),
    SUM(7, "sum"),
    HISTOGRAM(9, "histogram"),
    EXPONENTIAL_HISTOGRAM(10, "exponential_histogram"),
    SUMMARY(11, "summary");

    private static final Kind[] ALL = values();
    private final int field;
    private final byte[] type;

    Kind(int field, String type) {
      this.field = field;
      this.type = ascii(type);
    }

    private static int indexOf(int field) {
      for (int i = 0; i < ALL.length; i++) {
        if (ALL[i].field == field) {
          return i;
        }
      }
      return -1;
    }
  }

  @Override
  long count(WireReader in, int from, int to) throws MalformedOtlpException {
    long points = 0;
    in.seek(from, to);
    while (in.next()) {
      if (Kind.indexOf(in.field()) < 0) {
        in.skip();
        continue;
      }
      int outer = in.enter();
      while (in.next()) {
        points += in.field() == 1 ? 1 : 0;
        in.skip();
      }
      in.leave(outer);
    }
    return points;
  }

  @Override
  void read(WireReader in, int from, int to) throws MalformedOtlpException {
    name.clear();
    description.clear();
    unit.clear();
    in.seek(from, to);
    while (in.next()) {
      switch (in.field()) {
        case 1 -> name.take(in);
        case 2 -> description.take(in);
        case 3 -> unit.take(in);
        default -> in.skip();
      }
    }
    try {
      AttributeJson.checkUtf8(in.data(), name.from, name.to);
      AttributeJson.checkUtf8(in.data(), description.from, description.to);
      AttributeJson.checkUtf8(in.data(), unit.from, unit.to);
    } catch (RejectedRecordException e) {
      reject(count(in, from, to), e.reason());
      return;
    }
    in.seek(from, to);
    while (in.next()) {
      int kind = Kind.indexOf(in.field());
      if (kind < 0) {
        in.skip();
        continue;
      }
      int outer = in.enter();
      points(in, Kind.ALL[kind]);
      in.leave(outer);
    }
  }

  private void points(WireReader in, Kind kind) throws MalformedOtlpException {
    int from = in.position();
    int to = in.limit();
    type = kind.type;
    temporality = NOTHING;
    monotonic = -1;
    boolean hasTemporality = kind != Kind.GAUGE && kind != Kind.SUMMARY;
    // Temporality and monotony stand behind the points on the wire.
    while (in.next()) {
      if (in.field() == 2 && hasTemporality) {
        int value = (int) in.varint();
        temporality =
            value >= 0 && value < TEMPORALITIES.length
                ? TEMPORALITIES[value]
                : ascii(Integer.toString(value));
      } else if (in.field() == 3 && kind == Kind.SUM) {
        monotonic = in.varint() != 0 ? 1 : 0;
      } else {
        in.skip();
      }
    }
    if (kind == Kind.SUM && monotonic < 0) {
      monotonic = 0;
    }
    in.seek(from, to);
    while (in.next()) {
      if (in.field() != 1) {
        in.skip();
        continue;
      }
      int outer = in.enter();
      int start = in.position();
      int end = in.limit();
      try {
        switch (kind) {
          case GAUGE, SUM -> point.number(in);
          case HISTOGRAM -> point.histogram(in);
          case EXPONENTIAL_HISTOGRAM -> point.exponential(in);
          case SUMMARY -> point.summary(in);
        }
        append(in.data(), end - start);
      } catch (RejectedRecordException e) {
        reject(1, e.reason());
      }
      in.seek(end, end);
      in.leave(outer);
    }
  }

  private void append(byte[] data, int wireBytes) throws RejectedRecordException {
    rows.begin(contextBytes() + 2L * wireBytes + name.to - name.from);
    long known = point.time != 0 ? point.time : point.start;
    rows.number(0, known != 0 ? known : nowNanos);
    if (point.start == 0) {
      rows.absent(1);
    } else {
      rows.number(1, point.start);
    }
    rows.text(2, data, name);
    rows.text(3, data, description);
    rows.text(4, data, unit);
    rows.text(5, type);
    if (temporality.length == 0) {
      rows.absent(6);
    } else {
      rows.text(6, temporality);
    }
    if (monotonic < 0) {
      rows.absent(7);
    } else {
      rows.number(7, monotonic);
    }
    rows.text(8, context.serviceName);
    rows.json(9, point.attributes);
    rows.json(10, context.resource);
    rows.json(11, context.scope);
    real(12, point.hasValue, point.value);
    if (point.hasInteger) {
      rows.number(13, point.integer);
    } else {
      rows.absent(13);
    }
    if (point.hasCount) {
      rows.number(14, point.count);
    } else {
      rows.absent(14);
    }
    real(15, point.hasSum, point.sum);
    real(16, point.hasMin, point.min);
    real(17, point.hasMax, point.max);
    rows.json(18, point.buckets);
    rows.json(19, point.exemplars);
    rows.json(20, point.quantiles);
    rows.end();
  }

  private void real(int column, boolean has, double value) {
    if (has) {
      rows.real(column, value);
    } else {
      rows.absent(column);
    }
  }
}
