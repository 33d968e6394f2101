package dev.kyma.service.log;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads log partitions forward from positions the catalog gives, with one Kafka consumer.
 *
 * <p>Used by one thread; only {@link #wakeup} may be called by others. A partition whose records do
 * not go on where asked is taken out and answered as a fault; the others are read on.
 *
 * <p>Kafka's own check finds a log that was cut off or went on in another leader epoch, not a topic
 * that was deleted and made anew and is long enough: a running consumer reads on in the new one
 * without a word. Therefore identity is verified by topic id when a partition is added, and whoever
 * acts on what was read calls {@link LogTopics#verify} again afterwards: ids are never reused, so a
 * topic that has the id before and after had it all the time between.
 */
public final class LogReader implements AutoCloseable {
  private final LogTopics topics;
  private final Duration timeout;
  private final Consumer<byte[], byte[]> consumer;
  private final Map<TopicPartition, Reading> readings = new LinkedHashMap<>();

  /** A partition being read and where it stands. */
  private static final class Reading {
    final LogPartition partition;
    LogPosition position;

    Reading(LogPartition partition, LogPosition position) {
      this.partition = partition;
      this.position = position;
    }
  }

  public LogReader(LogSettings settings, LogTopics topics) {
    this.topics = topics;
    this.timeout = settings.timeout();
    this.consumer =
        new KafkaConsumer<>(
            LogClients.consumer(settings),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
  }

  /**
   * Begins to read partitions; one that is read already moves to the new position.
   *
   * @return the partitions whose log is not the one the catalog recorded; they are not read
   * @throws LogException.Unavailable if the brokers cannot be asked; nothing has changed
   */
  public Map<LogPartition, LogException> add(Map<LogPartition, LogPosition> positions) {
    Map<LogPartition, LogException> faults = verify(positions.keySet());
    List<Reading> added = new ArrayList<>();
    positions.forEach(
        (partition, position) -> {
          if (!faults.containsKey(partition)) {
            Reading reading = new Reading(partition, position);
            readings.put(partition.inKafka(), reading);
            added.add(reading);
          }
        });
    consumer.assign(readings.keySet());
    for (Reading reading : added) {
      consumer.seek(reading.partition.inKafka(), reading.position.inKafka());
    }
    return faults;
  }

  /** Stops reading partitions; ones that are not read are no error. */
  public void remove(Collection<LogPartition> partitions) {
    boolean changed = false;
    for (LogPartition partition : partitions) {
      changed |= readings.remove(partition.inKafka()) != null;
    }
    if (changed) {
      consumer.assign(readings.keySet());
    }
  }

  /** Reads exactly the given partitions from now on; otherwise as {@link #add}. */
  public Map<LogPartition, LogException> assign(Map<LogPartition, LogPosition> positions) {
    readings.clear();
    return add(positions);
  }

  /** The partitions being read. */
  public Set<LogPartition> partitions() {
    Set<LogPartition> partitions = new LinkedHashSet<>();
    readings.values().forEach(reading -> partitions.add(reading.partition));
    return partitions;
  }

  /** Leaves partitions out of polls until they are resumed; their positions stay. */
  public void pause(Collection<LogPartition> partitions) {
    consumer.pause(read(partitions));
  }

  /** Polls partitions again. */
  public void resume(Collection<LogPartition> partitions) {
    consumer.resume(read(partitions));
  }

  /** The next offset of a partition being read. */
  public long position(LogPartition partition) {
    Reading reading = readings.get(partition.inKafka());
    if (reading == null) {
      throw new IllegalArgumentException(partition + " is not read");
    }
    return reading.position.offset();
  }

  /**
   * The offsets behind the last records a reader may see now.
   *
   * @throws LogException.Unavailable if they cannot be found out in time
   */
  public Map<LogPartition, Long> endOffsets(Collection<LogPartition> partitions) {
    Map<TopicPartition, LogPartition> byKafka = new HashMap<>();
    partitions.forEach(p -> byKafka.put(p.inKafka(), p));
    Map<LogPartition, Long> ends = new HashMap<>();
    try {
      consumer
          .endOffsets(byKafka.keySet(), timeout)
          .forEach((p, end) -> ends.put(partitionOf(byKafka, p), end));
    } catch (InterruptException e) {
      throw cancelled();
    } catch (KafkaException e) {
      throw new LogException.Unavailable("end offsets of " + partitions, e);
    }
    return ends;
  }

  private static LogPartition partitionOf(
      Map<TopicPartition, LogPartition> byKafka, TopicPartition partition) {
    LogPartition known = byKafka.get(partition);
    if (known == null) {
      throw new IllegalStateException("the broker answered for " + partition);
    }
    return known;
  }

  /**
   * Waits for records.
   *
   * @param wait how long at most
   * @throws LogException.Unavailable if the brokers refuse; positions are as before
   * @throws CancellationException if the thread was interrupted; its flag stays set
   */
  public PolledLogs poll(Duration wait) {
    if (readings.isEmpty()) {
      LockSupport.parkNanos(wait.toNanos());
      if (Thread.currentThread().isInterrupted()) {
        throw cancelled();
      }
      return PolledLogs.NONE;
    }
    try {
      return slices(consumer.poll(wait));
    } catch (LogTruncationException e) {
      return fault(
          e.offsetOutOfRangePartitions(), "the leader's log diverges: " + e.divergentOffsets());
    } catch (OffsetOutOfRangeException e) {
      return fault(e.offsetOutOfRangePartitions(), null);
    } catch (WakeupException e) {
      return PolledLogs.NONE;
    } catch (InterruptException e) {
      throw cancelled();
    } catch (KafkaException e) {
      throw new LogException.Unavailable("could not read the log: " + e.getMessage(), e);
    }
  }

  /** Ends a poll that waits in another thread, or the next one. */
  public void wakeup() {
    consumer.wakeup();
  }

  @Override
  public void close() {
    consumer.close();
  }

  private PolledLogs slices(ConsumerRecords<byte[], byte[]> polled) {
    List<LogSlice> slices = new ArrayList<>();
    polled
        .nextOffsets()
        .forEach(
            (kafka, next) -> {
              Reading reading = readings.get(kafka);
              if (reading != null) {
                List<RawRecord> records = new ArrayList<>();
                for (ConsumerRecord<byte[], byte[]> record : polled.records(kafka)) {
                  records.add(record(record));
                }
                int epoch =
                    records.isEmpty()
                        ? reading.position.leaderEpoch()
                        : records.getLast().leaderEpoch();
                reading.position = new LogPosition(next.offset(), epoch);
                slices.add(new LogSlice(reading.partition, records, next.offset()));
              }
            });
    return slices.isEmpty() ? PolledLogs.NONE : new PolledLogs(slices, Map.of());
  }

  private static RawRecord record(ConsumerRecord<byte[], byte[]> record) {
    byte[] value = record.value();
    return new RawRecord(
        record.offset(),
        record.leaderEpoch().orElse(-1),
        record.timestamp(),
        value == null ? new byte[0] : value);
  }

  private PolledLogs fault(Map<TopicPartition, Long> broken, @Nullable String found) {
    Map<LogPartition, LogException> faults = new HashMap<>();
    for (TopicPartition kafka : broken.keySet()) {
      Reading reading = readings.remove(kafka);
      if (reading != null) {
        faults.put(
            reading.partition,
            new LogException.Truncated(
                reading.partition, reading.position, found == null ? bounds(kafka) : found));
      }
    }
    consumer.assign(readings.keySet());
    return new PolledLogs(List.of(), faults);
  }

  private String bounds(TopicPartition kafka) {
    try {
      return "it holds offsets %d to %d"
          .formatted(
              consumer.beginningOffsets(Set.of(kafka), timeout).get(kafka),
              consumer.endOffsets(Set.of(kafka), timeout).get(kafka));
    } catch (InterruptException e) {
      throw cancelled();
    } catch (KafkaException e) {
      return "the offset is out of range";
    }
  }

  private Map<LogPartition, LogException> verify(Collection<LogPartition> partitions) {
    Map<LogPartition, LogException> faults = new HashMap<>();
    var identities =
        topics.verify(partitions.stream().map(LogPartition::binding).distinct().toList());
    for (LogPartition partition : partitions) {
      LogIdentity identity = identities.get(partition.binding());
      if (identity != null) {
        identity.fault(partition.binding()).ifPresent(fault -> faults.put(partition, fault));
      }
    }
    return faults;
  }

  private List<TopicPartition> read(Collection<LogPartition> partitions) {
    return partitions.stream().map(LogPartition::inKafka).filter(readings::containsKey).toList();
  }

  private static CancellationException cancelled() {
    return new CancellationException("interrupted while reading the log");
  }
}
