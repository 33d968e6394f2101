package dev.kyma.ingest.core.log;

import dev.kyma.catalog.FreshnessToken;
import dev.kyma.catalog.TableDef;
import dev.kyma.catalog.visibility.RowShape;
import dev.kyma.format.log.KeyedRows;
import dev.kyma.format.type.Field;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.BytesVector;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.Concat;
import dev.kyma.format.vector.Slice;
import dev.kyma.ingest.core.IngestProblems;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The rows on their way to one partition of one table's log. */
final class Lane {
  /** A batch this large leaves at once. */
  private static final long LARGE_BYTES = 256 << 10;

  /** What small batches are joined to at most. */
  private static final long FRAME_BYTES = 1 << 20;

  private static final int FRAME_ROWS = 1 << 17;

  private final int partition;
  private final FrameEncoder encoder;
  private final FrameLog log;
  private final Executor executor;

  private final ReentrantLock lock = new ReentrantLock();
  private final ArrayDeque<Pending> pending = new ArrayDeque<>();
  private int framesUnderWay;

  private record Pending(
      TableDef table,
      Batch batch,
      long bytes,
      @Nullable RequestKey key,
      int part,
      CompletableFuture<FreshnessToken> done) {}

  Lane(int partition, FrameEncoder encoder, FrameLog log, Executor executor) {
    this.partition = partition;
    this.encoder = encoder;
    this.log = log;
    this.executor = executor;
  }

  CompletableFuture<FreshnessToken> add(
      TableDef table, Batch batch, @Nullable RequestKey key, int part) {
    Pending added = new Pending(table, batch, bytes(batch), key, part, new CompletableFuture<>());
    List<Pending> frame;
    lock.lock();
    try {
      // Rows of a keyed table stay in the order they came in: none overtakes another.
      if (added.bytes >= LARGE_BYTES && !table.isKeyed()) {
        framesUnderWay++;
        frame = List.of(added);
      } else {
        pending.add(added);
        frame = framesUnderWay > 0 ? List.of() : take();
      }
    } finally {
      lock.unlock();
    }
    if (!frame.isEmpty()) {
      send(frame);
    }
    return added.done;
  }

  /** The pending batches that make the next frame; counts it as under way unless it is empty. */
  private List<Pending> take() {
    List<Pending> frame = new ArrayList<>();
    long bytes = 0;
    long rows = 0;
    while (!pending.isEmpty()) {
      Pending next = pending.getFirst();
      bytes += next.bytes;
      rows += next.batch.rowCount();
      boolean joins =
          frame.isEmpty()
              || bytes <= FRAME_BYTES
                  && rows <= FRAME_ROWS
                  && next.table.schemaVersion() == frame.getFirst().table.schemaVersion();
      if (!joins) {
        break;
      }
      frame.add(pending.removeFirst());
    }
    if (!frame.isEmpty()) {
      framesUnderWay++;
    }
    return frame;
  }

  private void send(List<Pending> frame) {
    try {
      TableDef table = frame.getFirst().table;
      List<Batch> batches = new ArrayList<>(frame.size());
      List<KeyedRows> keys = new ArrayList<>();
      int rows = 0;
      for (Pending part : frame) {
        batches.add(part.batch);
        if (part.key != null) {
          keys.add(part.key.rows(part.part, rows, part.batch.rowCount()));
        }
        rows += part.batch.rowCount();
      }
      List<LogicalType> types = RowShape.inLog(table).fields().stream().map(Field::type).toList();
      append(table, Concat.of(types, batches), keys)
          .whenComplete((token, failure) -> executor.execute(() -> ended(frame, token, failure)));
    } catch (RuntimeException | Error e) {
      ended(frame, null, e);
    }
  }

  private CompletableFuture<FreshnessToken> append(
      TableDef table, Batch batch, List<KeyedRows> keys) {
    byte[] encoded = encoder.encode(table, batch, keys);
    if (encoded.length > log.maxFrameBytes()) {
      // A keyed part must stay whole, since it is kept or dropped as a whole.
      if (batch.rowCount() == 1 || !keys.isEmpty()) {
        throw IngestProblems.tooLarge("row or keyed part, as stored,", log.maxFrameBytes());
      }
      int half = batch.rowCount() / 2;
      return append(table, Slice.of(batch, 0, half), List.of())
          .thenCombine(
              append(table, Slice.of(batch, half, batch.rowCount() - half), List.of()),
              FreshnessToken::and);
    }
    int ordinal = table.log().ordinal(partition);
    return log.append(table.log(), partition, encoded)
        .thenApply(offset -> new FreshnessToken(List.of(new FreshnessToken.Entry(ordinal, offset))))
        .toCompletableFuture();
  }

  private void ended(
      List<Pending> frame, @Nullable FreshnessToken token, @Nullable Throwable failure) {
    for (Pending part : frame) {
      if (token != null && failure == null) {
        part.done.complete(token);
      } else {
        part.done.completeExceptionally(
            failure == null ? new IllegalStateException("no token") : failure);
      }
    }
    List<Pending> next;
    lock.lock();
    try {
      framesUnderWay--;
      next = framesUnderWay > 0 ? List.of() : take();
    } finally {
      lock.unlock();
    }
    if (!next.isEmpty()) {
      send(next);
    }
  }

  private static long bytes(Batch batch) {
    long bytes = 0;
    for (ColumnVector column : batch.columns()) {
      bytes +=
          column instanceof BytesVector text
              ? text.offsets()[text.size()] - text.offsets()[0] + 4L * text.size()
              : 8L * column.size();
    }
    return bytes;
  }
}
