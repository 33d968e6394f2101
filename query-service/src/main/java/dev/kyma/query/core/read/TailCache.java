package dev.kyma.query.core.read;

import dev.kyma.catalog.LogBinding;
import dev.kyma.catalog.Snapshot;
import dev.kyma.catalog.SourceCursor;
import dev.kyma.catalog.TableDef;
import dev.kyma.format.FormatException;
import dev.kyma.format.io.ObjectStoreException;
import dev.kyma.format.log.FrameReader;
import dev.kyma.format.log.SchemaStore;
import dev.kyma.query.core.QueryException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Hot tails, kept decoded from query to query. Safe for use by many threads; queries of one
 * partition take turns in reading it on.
 *
 * <p>A tail is only ever extended at its end and cut at its beginning, by the same fold that flush
 * uses; what a query gets depends on its own cursor and end, not on who read before it.
 */
public final class TailCache {
  private final TailLog log;
  private final SchemaStore schemas;
  private final FrameReader frames;
  private final long maxBytes;
  private final TailMasks masks = new TailMasks();
  private final Map<Integer, Partition> partitions = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * @param log where records come from
   * @param schemas where the schemas are that frames name
   * @param maxBytes how much decoded rows may take, for all partitions together
   */
  public TailCache(TailLog log, SchemaStore schemas, long maxBytes) {
    this.log = log;
    this.schemas = schemas;
    this.frames = new FrameReader(schemas);
    this.maxBytes = maxBytes;
  }

  /** What the tails of keyed tables hide of extents. */
  TailMasks masks() {
    return masks;
  }

  /** One partition's tail and who may touch it. */
  private static final class Partition {
    final ReentrantLock lock = new ReentrantLock();
    @Nullable TailFold fold;
    volatile long bytes;
  }

  /**
   * The rows of records from a snapshot's cursor to an end.
   *
   * @param table the table whose rows are wanted
   * @param partition the partition's place in the log
   * @param end the offset behind the last record wanted
   * @throws dev.kyma.query.core.QueryException if the log cannot be read whole from the cursor on
   */
  List<TailRows> read(
      Snapshot snapshot, TableDef table, LogBinding binding, int partition, long end) {
    int ordinal = binding.ordinal(partition);
    SourceCursor cursor =
        snapshot.cursor(ordinal).orElse(SourceCursor.start(ordinal, binding.topicId()));
    if (end <= cursor.nextOffset()) {
      return List.of();
    }
    Partition cached = partition(ordinal);
    cached.lock.lock();
    try {
      TailFold fold = cached.fold;
      if (fold != null && fold.firstOffset() > cursor.nextOffset()) {
        // An older snapshot than the cache begins with: read for this query alone.
        TailFold own = newFold(snapshot, table, cursor);
        readTo(own, binding, partition, end);
        return own.rows(cursor.nextOffset(), end);
      }
      boolean usable =
          fold != null
              && fold.cursor().topicId().equals(binding.topicId())
              && fold.cursor().nextOffset() >= cursor.nextOffset();
      if (fold == null || !usable) {
        fold = newFold(snapshot, table, cursor);
      }
      cached.fold = null; // a fold that failed half-way must not be used again
      readTo(fold, binding, partition, end);
      List<TailRows> rows = fold.rows(cursor.nextOffset(), end);
      fold.forgetBefore(cursor.nextOffset());
      cached.fold = fold;
      cached.bytes = fold.bytes();
      return rows;
    } finally {
      if (cached.fold == null) {
        cached.bytes = 0;
      }
      cached.lock.unlock();
      shrink(cached);
    }
  }

  private TailFold newFold(Snapshot snapshot, TableDef table, SourceCursor cursor) {
    return new TailFold(frames, schemas, table, cursor, snapshot.keys(cursor.log()));
  }

  private void readTo(TailFold fold, LogBinding binding, int partition, long end) {
    if (fold.cursor().nextOffset() >= end) {
      return;
    }
    try {
      log.read(binding, partition, fold.cursor(), end, fold::add);
    } catch (ObjectStoreException e) {
      throw new QueryException(
          QueryException.Code.STORAGE_UNAVAILABLE,
          "the object store does not answer for a schema of the log",
          e);
    } catch (FormatException e) {
      throw new QueryException(
          QueryException.Code.DATA_CORRUPT, "a schema of the log: " + e.getMessage(), e);
    }
  }

  private Partition partition(int ordinal) {
    synchronized (partitions) {
      return partitions.computeIfAbsent(ordinal, o -> new Partition());
    }
  }

  /** Drops the tails used longest ago until the rest fits; one too large by itself goes too. */
  private void shrink(Partition latest) {
    synchronized (partitions) {
      long total = 0;
      for (Partition partition : partitions.values()) {
        total += partition.bytes;
      }
      var oldest = partitions.entrySet().iterator();
      while (total > maxBytes && oldest.hasNext()) {
        Partition partition = oldest.next().getValue();
        if ((partition != latest || partition.bytes > maxBytes) && partition.lock.tryLock()) {
          try {
            total -= partition.bytes;
            partition.fold = null;
            partition.bytes = 0;
            oldest.remove();
          } finally {
            partition.lock.unlock();
          }
        }
      }
    }
  }
}
