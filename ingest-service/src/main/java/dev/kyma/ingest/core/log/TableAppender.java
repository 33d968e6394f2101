package dev.kyma.ingest.core.log;

import dev.kyma.catalog.FreshnessToken;
import dev.kyma.catalog.TableDef;
import dev.kyma.format.vector.Batch;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Appends rows to the logs of tables.
 *
 * <p>While a frame of a partition is on its way, further small batches for it are collected and
 * leave together as soon as it is acknowledged: an idle table adds no delay, a busy one gets large
 * frames from small requests.
 */
public final class TableAppender {
  private final FrameEncoder encoder;
  private final FrameLog log;
  private final Executor executor;
  private final ConcurrentHashMap<LaneKey, Lane> lanes = new ConcurrentHashMap<>();
  private final AtomicInteger rotation = new AtomicInteger();

  private record LaneKey(long table, int partition) {}

  /**
   * @param executor runs what follows an acknowledgement; encoding is its main work
   */
  public TableAppender(FrameEncoder encoder, FrameLog log, Executor executor) {
    this.encoder = encoder;
    this.log = log;
    this.executor = executor;
  }

  /**
   * Appends rows without an idempotency key: those of a keyed table to the partitions of their keys
   * and in their order, others to any partition.
   *
   * @param table the table, as of the schema version the batch has
   * @param batch in the columns of {@link dev.kyma.catalog.visibility.RowShape#inLog}
   * @return completes once the log has them; fails with a {@link
   *     dev.kyma.service.problem.KymaException}
   */
  public CompletableFuture<FreshnessToken> append(TableDef table, Batch batch) {
    if (table.isKeyed()) {
      return shares(table, batch, null, 0);
    }
    int partitions = table.log().partitions();
    int partition = partitions == 1 ? 0 : Math.floorMod(rotation.getAndIncrement(), partitions);
    return lane(table, partition).add(table, batch, null, 0);
  }

  /**
   * Appends one part of a request with an idempotency key: to the partition that sees all its
   * repeats, or, in a keyed table, to those of the rows' keys, each share with the request's key.
   *
   * @param part the place of the part in the request, from 0
   */
  public CompletableFuture<FreshnessToken> append(
      TableDef table, Batch batch, RequestKey key, int part) {
    return table.isKeyed()
        ? shares(table, batch, key, part)
        : lane(table, key.partition(table.log().partitions())).add(table, batch, key, part);
  }

  private CompletableFuture<FreshnessToken> shares(
      TableDef table, Batch batch, @Nullable RequestKey key, int part) {
    CompletableFuture<FreshnessToken> all = CompletableFuture.completedFuture(FreshnessToken.NONE);
    for (KeyShares.Share share : KeyShares.of(table, batch)) {
      all =
          all.thenCombine(
              lane(table, share.partition()).add(table, share.rows(), key, part),
              FreshnessToken::and);
    }
    return all;
  }

  private Lane lane(TableDef table, int partition) {
    return lanes.computeIfAbsent(
        new LaneKey(table.id(), partition), k -> new Lane(partition, encoder, log, executor));
  }
}
