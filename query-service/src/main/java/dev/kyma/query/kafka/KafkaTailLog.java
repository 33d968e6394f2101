package dev.kyma.query.kafka;

import dev.kyma.catalog.LogBinding;
import dev.kyma.catalog.SourceCursor;
import dev.kyma.query.core.QueryException;
import dev.kyma.query.core.read.TailLog;
import dev.kyma.service.log.LogException;
import dev.kyma.service.log.LogPartition;
import dev.kyma.service.log.LogPosition;
import dev.kyma.service.log.LogReader;
import dev.kyma.service.log.LogSettings;
import dev.kyma.service.log.LogSlice;
import dev.kyma.service.log.LogTopics;
import dev.kyma.service.log.PolledLogs;
import dev.kyma.service.log.RawRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Logs as topics of Kafka. Safe for use by many threads.
 *
 * <p>A partition that is read on where it was left needs no seek: its consumer stands there.
 */
public final class KafkaTailLog implements TailLog, AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);

  private final LogSettings settings;
  private final LogTopics topics;
  private final int maxReaders;
  private final Map<LogPartition, Reader> readers = new LinkedHashMap<>(16, 0.75f, true);
  private final ReentrantLock endsLock = new ReentrantLock();
  private @Nullable LogReader endsReader;

  /**
   * @param maxReaders how many consumers are kept open
   */
  public KafkaTailLog(LogSettings settings, LogTopics topics, int maxReaders) {
    this.settings = settings;
    this.topics = topics;
    this.maxReaders = maxReaders;
  }

  /** A consumer of one partition and who may use it. */
  private static final class Reader {
    final ReentrantLock lock = new ReentrantLock();
    @Nullable LogReader consumer;
  }

  @Override
  public Map<Integer, Long> ends(Collection<LogBinding> logs) {
    List<LogPartition> partitions = new ArrayList<>();
    for (LogBinding log : logs) {
      for (int partition = 0; partition < log.partitions(); partition++) {
        partitions.add(new LogPartition(log, partition));
      }
    }
    endsLock.lock();
    try {
      LogReader reader = endsReader;
      if (reader == null) {
        reader = new LogReader(settings, topics);
        endsReader = reader;
      }
      LogReader asked = reader;
      Map<Integer, Long> ends = new HashMap<>();
      inQueryTerms(() -> asked.endOffsets(partitions))
          .forEach((partition, end) -> ends.put(partition.ordinal(), end));
      return ends;
    } finally {
      endsLock.unlock();
    }
  }

  @Override
  public void read(LogBinding log, int partition, SourceCursor from, long end, Sink sink) {
    LogPartition wanted = new LogPartition(log, partition);
    Reader reader = reader(wanted);
    reader.lock.lock();
    boolean whole = false;
    try {
      LogReader consumer = reader.consumer;
      if (consumer == null) {
        consumer = new LogReader(settings, topics);
        reader.consumer = consumer;
      }
      read(consumer, wanted, from, end, sink);
      whole = true;
    } finally {
      if (!whole) {
        discard(reader);
      }
      reader.lock.unlock();
      shrink();
    }
  }

  private void read(
      LogReader consumer, LogPartition wanted, SourceCursor from, long end, Sink sink) {
    if (!consumer.partitions().contains(wanted) || consumer.position(wanted) != from.nextOffset()) {
      Map<LogPartition, LogException> faults =
          inQueryTerms(() -> consumer.assign(Map.of(wanted, LogPosition.of(from))));
      throwAny(faults);
    }
    long deadline = System.nanoTime() + settings.timeout().toNanos();
    while (consumer.position(wanted) < end) {
      PolledLogs polled = inQueryTerms(() -> consumer.poll(POLL));
      throwAny(polled.faults());
      if (!polled.slices().isEmpty()) {
        deadline = System.nanoTime() + settings.timeout().toNanos();
      } else if (System.nanoTime() - deadline > 0) {
        throw new QueryException(
            QueryException.Code.LOG_UNAVAILABLE,
            "log %s did not give its records from offset %d to %d in time"
                .formatted(wanted, consumer.position(wanted), end));
      }
      for (LogSlice slice : polled.slices()) {
        sink.accept(stretch(slice));
      }
    }
  }

  private static Stretch stretch(LogSlice slice) {
    List<Entry> entries = new ArrayList<>(slice.records().size());
    for (RawRecord record : slice.records()) {
      entries.add(
          new Entry(
              record.offset(), record.leaderEpoch(), record.appendTimeMillis(), record.frame()));
    }
    return new Stretch(entries, slice.nextOffset());
  }

  private Reader reader(LogPartition partition) {
    synchronized (readers) {
      return readers.computeIfAbsent(partition, p -> new Reader());
    }
  }

  private void shrink() {
    synchronized (readers) {
      var oldest = readers.values().iterator();
      while (readers.size() > maxReaders && oldest.hasNext()) {
        Reader reader = oldest.next();
        if (reader.lock.tryLock()) {
          try {
            discard(reader);
            oldest.remove();
          } finally {
            reader.lock.unlock();
          }
        }
      }
    }
  }

  /** Closes a reader's consumer, whose position is not known any more or not wanted. */
  private static void discard(Reader reader) {
    LogReader consumer = reader.consumer;
    reader.consumer = null;
    if (consumer != null) {
      consumer.close();
    }
  }

  private static void throwAny(Map<LogPartition, LogException> faults) {
    for (LogException fault : faults.values()) {
      throw fault(fault);
    }
  }

  private static <T> T inQueryTerms(Supplier<T> action) {
    try {
      return action.get();
    } catch (LogException e) {
      throw fault(e);
    } catch (CancellationException e) {
      throw new QueryException(QueryException.Code.CANCELLED, "the query was cancelled", e);
    }
  }

  private static QueryException fault(LogException e) {
    QueryException.Code code =
        switch (e) {
          case LogException.Truncated _ -> QueryException.Code.LOG_TRUNCATED;
          case LogException.Replaced _, LogException.Missing _, LogException.Resized _ ->
              QueryException.Code.LOG_REPLACED;
          case LogException.Unavailable _ -> QueryException.Code.LOG_UNAVAILABLE;
        };
    return new QueryException(code, String.valueOf(e.getMessage()), e);
  }

  @Override
  public void close() {
    endsLock.lock();
    try {
      if (endsReader != null) {
        endsReader.close();
        endsReader = null;
      }
    } finally {
      endsLock.unlock();
    }
    List<Reader> open;
    synchronized (readers) {
      open = List.copyOf(readers.values());
      readers.clear();
    }
    for (Reader reader : open) {
      reader.lock.lock();
      try {
        discard(reader);
      } finally {
        reader.lock.unlock();
      }
    }
  }
}
