package dev.kyma.ingest.core;

import dev.kyma.catalog.FreshnessToken;
import dev.kyma.catalog.TableDef;
import dev.kyma.format.type.Field;
import dev.kyma.format.type.TableSchema;
import dev.kyma.format.vector.AllNull;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.widen.Widening;
import dev.kyma.ingest.core.log.InFlightBytes;
import dev.kyma.ingest.core.log.TableAppender;
import dev.kyma.ingest.core.otlp.DecodedRequest;
import dev.kyma.ingest.core.otlp.MalformedOtlpException;
import dev.kyma.ingest.core.otlp.OtlpDecoder;
import dev.kyma.ingest.core.otlp.OtlpJson;
import dev.kyma.ingest.core.otlp.OtlpSignal;
import dev.kyma.ingest.core.table.TableName;
import dev.kyma.ingest.core.table.TableSpec;
import dev.kyma.ingest.core.table.Tables;
import dev.kyma.service.problem.KymaException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Stores OTLP requests in the tables of their signals. A request is decoded whole before any of it
 * is sent. Safe for use by many threads; the methods block.
 */
public final class OtlpIngest {
  private final Tables tables;
  private final TableAppender appender;
  private final IngestPolicy policy;
  private final long maxExpandedBytes;
  private final Clock clock;

  /**
   * @param maxExpandedBytes what the rows of a request may take once resource and scope are
   *     repeated for each of them
   */
  public OtlpIngest(
      Tables tables,
      TableAppender appender,
      IngestPolicy policy,
      long maxExpandedBytes,
      Clock clock) {
    this.tables = tables;
    this.appender = appender;
    this.policy = policy;
    this.maxExpandedBytes = maxExpandedBytes;
    this.clock = clock;
  }

  /**
   * Stores a request in protobuf and answers when the log has it.
   *
   * @param share grows by what the rows take while they are under way
   * @throws KymaException a {@code Rejected} when nothing is stored and a retry is pointless, a
   *     {@code Busy} when the request may be sent again
   */
  public OtlpAnswer protobuf(
      OtlpSignal signal, byte[] body, int length, InFlightBytes.Share share) {
    try {
      Instant now = clock.instant();
      long nowNanos = Math.addExact(now.getEpochSecond() * 1_000_000_000L, now.getNano());
      DecodedRequest decoded =
          OtlpDecoder.of(signal, nowNanos, maxExpandedBytes).decode(body, length);
      share.grow(decoded.bytes());
      return store(signal, decoded);
    } catch (MalformedOtlpException e) {
      throw IngestProblems.malformed(
          "The body is no export request in protobuf: " + e.getMessage() + ".");
    }
  }

  /** As {@link #protobuf}, for a request in JSON. */
  public OtlpAnswer json(OtlpSignal signal, byte[] body, int length, InFlightBytes.Share share) {
    OtlpJson.Protobuf transcoded;
    try {
      transcoded = OtlpJson.transcode(signal, body, length);
    } catch (MalformedOtlpException e) {
      throw IngestProblems.malformed(
          "The body is no export request in JSON: " + e.getMessage() + ".");
    }
    return protobuf(signal, transcoded.bytes(), transcoded.length(), share);
  }

  private OtlpAnswer store(OtlpSignal signal, DecodedRequest decoded) {
    FreshnessToken token = FreshnessToken.NONE;
    if (decoded.accepted() > 0) {
      TableDef table = table(signal);
      List<CompletableFuture<FreshnessToken>> sent = new ArrayList<>();
      for (Batch batch : decoded.batches()) {
        sent.add(appender.append(table, fit(batch, signal.schema(), table)));
      }
      try {
        for (CompletableFuture<FreshnessToken> part : sent) {
          token = token.and(part.join());
        }
      } catch (CompletionException e) {
        if (e.getCause() instanceof RuntimeException cause) {
          throw cause;
        }
        throw e;
      }
    }
    return new OtlpAnswer(decoded.accepted(), decoded.rejected(), decoded.reason(), token);
  }

  private TableDef table(OtlpSignal signal) {
    TableName name = new TableName(TableName.DEFAULT_DATABASE, signal.table());
    return tables.find(name).orElseGet(() -> tables.create(spec(name, signal.schema())).table());
  }

  private TableSpec spec(TableName name, TableSchema schema) {
    int time = schema.field(0).id();
    return new TableSpec(
        name,
        schema,
        time,
        0,
        List.of(time),
        List.of(),
        policy.flushPolicy(),
        policy.partitions(),
        Map.of());
  }

  /** The rows in the columns of the table as it is, which may have been made by someone else. */
  private static Batch fit(Batch batch, TableSchema from, TableDef table) {
    if (table.isKeyed()) {
      throw new KymaException.Rejected(
          IngestProblems.ROWS_REJECTED,
          "The table " + table.name() + " has a primary key, which OTLP rows have not.");
    }
    TableSchema to = table.schema();
    if (to.equals(from)) {
      return batch;
    }
    List<ColumnVector> columns = new ArrayList<>(to.size());
    for (Field field : to.fields()) {
      int place = from.indexOf(field.name());
      if (place >= 0 && Widening.isWider(from.field(place).type(), field.type())) {
        columns.add(Widening.of(batch.column(place), field.type()));
      } else if (place < 0 && field.nullable()) {
        columns.add(AllNull.of(field.type(), batch.rowCount()));
      } else {
        throw new KymaException.Rejected(
            IngestProblems.ROWS_REJECTED,
            "The table "
                + table.name()
                + " has a column \""
                + field.name()
                + "\" that OTLP rows do not fit.");
      }
    }
    return new Batch(columns, batch.rowCount());
  }
}
