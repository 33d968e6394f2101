package dev.kyma.ingest.core.otlp;

import dev.kyma.format.vector.Batch;
import java.util.List;

/**
 * Decodes export requests of one signal: the walk over resources and scopes that all signals share.
 * Made for one request.
 */
public abstract sealed class OtlpDecoder permits LogsDecoder, TracesDecoder, MetricsDecoder {
  final ResourceContext context = new ResourceContext();
  final OtlpRows rows;
  final long nowNanos;
  private long rejected;
  private String reason = "";

  OtlpDecoder(OtlpSignal signal, long nowNanos, long maxBytes) {
    this.rows = new OtlpRows(signal.schema(), maxBytes);
    this.nowNanos = nowNanos;
  }

  /**
   * @param nowNanos the time of records that bring none
   * @param maxBytes what all rows may take together
   */
  public static OtlpDecoder of(OtlpSignal signal, long nowNanos, long maxBytes) {
    return switch (signal) {
      case LOGS -> new LogsDecoder(nowNanos, maxBytes);
      case TRACES -> new TracesDecoder(nowNanos, maxBytes);
      case METRICS -> new MetricsDecoder(nowNanos, maxBytes);
    };
  }

  /**
   * Decodes an Export*ServiceRequest in protobuf.
   *
   * @throws MalformedOtlpException if the bytes are no such message; nothing of it may be stored
   */
  public DecodedRequest decode(byte[] body, int length) throws MalformedOtlpException {
    WireReader in = new WireReader(body, 0, length);
    while (in.next()) {
      if (in.field() != 1) {
        in.skip();
        continue;
      }
      int outer = in.enter();
      resource(in, in.position(), in.limit());
      in.leave(outer);
    }
    List<Batch> batches = rows.batches();
    long accepted = 0;
    for (Batch batch : batches) {
      accepted += batch.rowCount();
    }
    return new DecodedRequest(batches, accepted, rejected, reason, rows.bytes());
  }

  private void resource(WireReader in, int from, int to) throws MalformedOtlpException {
    // The resource may stand behind its scopes, so it is looked for first.
    context.resource(in, from, to);
    in.seek(from, to);
    while (in.next()) {
      if (in.field() != 2) {
        in.skip();
        continue;
      }
      int outer = in.enter();
      int scopeFrom = in.position();
      context.scope(in, scopeFrom, in.limit());
      in.seek(scopeFrom, in.limit());
      while (in.next()) {
        if (in.field() == 2) {
          int inner = in.enter();
          record(in, in.position(), in.limit());
          in.leave(inner);
        } else {
          in.skip();
        }
      }
      in.leave(outer);
    }
  }

  private void record(WireReader in, int from, int to) throws MalformedOtlpException {
    String fault = context.resourceFault == null ? context.scopeFault : context.resourceFault;
    if (fault == null) {
      read(in, from, to);
    } else {
      reject(count(in, from, to), fault);
    }
    in.seek(to, to);
  }

  /** Reads one record (or metric) in a range and appends its rows, or rejects them. */
  abstract void read(WireReader in, int from, int to) throws MalformedOtlpException;

  /** How many rows a record (or metric) stands for. */
  abstract long count(WireReader in, int from, int to) throws MalformedOtlpException;

  final void reject(long count, String why) {
    if (count > 0 && rejected == 0) {
      reason = why;
    }
    rejected += count;
  }

  /** A time on the wire as a timestamp. */
  static long time(long unsigned) throws RejectedRecordException {
    if (unsigned < 0) {
      throw new RejectedRecordException("a time is later than the year 2262");
    }
    return unsigned;
  }

  /** Bytes every row of the current scope repeats. */
  final long contextBytes() {
    return 64L + context.resource.length() + context.scope.length() + context.serviceName.length();
  }
}
