package dev.kyma.standalone.simulation;

import dev.kyma.catalog.LogBinding;
import dev.kyma.catalog.SourceCursor;
import dev.kyma.compactor.core.LogKeeper;
import dev.kyma.compactor.core.RowLog;
import dev.kyma.query.core.QueryException;
import dev.kyma.query.core.read.TailLog;
import dev.kyma.service.log.LogException;
import dev.kyma.service.log.LogIdentity;
import dev.kyma.service.log.LogPartition;
import dev.kyma.service.log.LogPosition;
import dev.kyma.service.log.LogSlice;
import dev.kyma.service.log.PolledLogs;
import dev.kyma.service.log.RawRecord;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Topics in memory that behave as Kafka's do where it matters: offsets that go on after a trim,
 * ends that can be cut off by an unclean election, topics that are deleted and made anew under
 * another id. Reads bring a random number of records. Used by one thread.
 */
final class SimulatedLog implements LogKeeper {

  private static final class Topic {
    final String id;
    final List<List<RawRecord>> partitions = new ArrayList<>();
    final long[] begins;

    Topic(String id, int partitions) {
      this.id = id;
      this.begins = new long[partitions];
      for (int i = 0; i < partitions; i++) {
        this.partitions.add(new ArrayList<>());
      }
    }

    long end(int partition) {
      return begins[partition] + partitions.get(partition).size();
    }
  }

  private final Map<String, Topic> topics = new LinkedHashMap<>();
  private final Clock clock;
  private final SplittableRandom random;
  private int created;

  SimulatedLog(Clock clock, SplittableRandom random) {
    this.clock = clock;
    this.random = random;
  }

  @Override
  public LogBinding create(long table, int partitions, int firstOrdinal) {
    String name = "kyma.t." + table;
    Topic topic = topics.computeIfAbsent(name, n -> new Topic("topic-" + created++, partitions));
    return new LogBinding(name, topic.id, partitions, firstOrdinal);
  }

  /** Knows a topic that another process made. */
  void attach(LogBinding binding) {
    topics.computeIfAbsent(
        binding.topic(), name -> new Topic(binding.topicId(), binding.partitions()));
  }

  /** Appends a record; answers its offset. */
  long append(LogPartition partition, byte[] frame) {
    Topic topic = topic(partition.binding());
    List<RawRecord> records = topic.partitions.get(partition.partition());
    long offset = topic.end(partition.partition());
    records.add(new RawRecord(offset, 0, clock.millis(), frame));
    return offset;
  }

  /** Cuts records off the end, as an election of a replica that lags behind does. */
  void cutOff(LogPartition partition, int records) {
    List<RawRecord> list = topic(partition.binding()).partitions.get(partition.partition());
    list.subList(Math.max(0, list.size() - records), list.size()).clear();
  }

  /** Deletes the topic and makes another of the same name. */
  void replace(LogBinding binding) {
    topics.put(binding.topic(), new Topic("topic-" + created++, binding.partitions()));
  }

  long end(LogPartition partition) {
    return topic(partition.binding()).end(partition.partition());
  }

  private Topic topic(LogBinding binding) {
    Topic topic = topics.get(binding.topic());
    if (topic == null) {
      throw new IllegalStateException("no topic " + binding.topic());
    }
    return topic;
  }

  @Override
  public Map<LogBinding, LogIdentity> verify(Collection<LogBinding> bindings) {
    Map<LogBinding, LogIdentity> identities = new HashMap<>();
    for (LogBinding binding : bindings) {
      Topic topic = topics.get(binding.topic());
      identities.put(
          binding,
          topic == null
              ? new LogIdentity.Missing()
              : topic.id.equals(binding.topicId())
                  ? new LogIdentity.Same()
                  : new LogIdentity.Replaced(topic.id));
    }
    return identities;
  }

  @Override
  public void trim(Map<LogPartition, Long> before) {
    before.forEach(
        (partition, offset) -> {
          Topic topic = topic(partition.binding());
          int place = partition.partition();
          long gone = Math.min(offset, topic.end(place)) - topic.begins[place];
          if (gone > 0) {
            topic.partitions.get(place).subList(0, (int) gone).clear();
            topic.begins[place] += gone;
          }
        });
  }

  /** The log as queries read it. */
  TailLog tail() {
    return new Tail(random.split());
  }

  private final class Tail implements TailLog {
    private final SplittableRandom random;

    Tail(SplittableRandom random) {
      this.random = random;
    }

    @Override
    public Map<Integer, Long> ends(Collection<LogBinding> logs) {
      Map<Integer, Long> ends = new HashMap<>();
      for (LogBinding binding : logs) {
        Topic topic = topic(binding);
        if (!topic.id.equals(binding.topicId())) {
          throw new QueryException(
              QueryException.Code.LOG_REPLACED, "topic " + binding.topic() + " is another one");
        }
        for (int i = 0; i < binding.partitions(); i++) {
          ends.put(binding.ordinal(i), topic.end(i));
        }
      }
      return ends;
    }

    @Override
    public void read(LogBinding binding, int partition, SourceCursor from, long end, Sink sink) {
      Topic topic = topic(binding);
      if (from.nextOffset() < topic.begins[partition] || end > topic.end(partition)) {
        throw new QueryException(
            QueryException.Code.LOG_TRUNCATED, "log " + binding.topic() + " does not hold it");
      }
      for (long at = from.nextOffset(); at < end; ) {
        long to = Math.min(end, at + 1 + random.nextInt(8));
        List<Entry> entries = new ArrayList<>();
        for (RawRecord record : between(topic, partition, at, to)) {
          entries.add(
              new Entry(
                  record.offset(),
                  record.leaderEpoch(),
                  record.appendTimeMillis(),
                  record.frame()));
        }
        sink.accept(new Stretch(entries, to));
        at = to;
      }
    }
  }

  private static List<RawRecord> between(Topic topic, int partition, long from, long to) {
    long begin = topic.begins[partition];
    return List.copyOf(
        topic.partitions.get(partition).subList((int) (from - begin), (int) (to - begin)));
  }

  /** A reader of its own, as a process has. */
  RowLog reader() {
    return new Reader();
  }

  private final class Reader implements RowLog {
    private final Map<LogPartition, Long> positions = new LinkedHashMap<>();
    private final Set<LogPartition> paused = new LinkedHashSet<>();

    @Override
    public Map<LogPartition, LogException> add(Map<LogPartition, LogPosition> added) {
      Map<LogPartition, LogException> faults = new HashMap<>();
      added.forEach(
          (partition, position) -> {
            LogIdentity identity =
                verify(List.of(partition.binding()))
                    .getOrDefault(partition.binding(), new LogIdentity.Missing());
            identity
                .fault(partition.binding())
                .ifPresentOrElse(
                    fault -> faults.put(partition, fault),
                    () -> positions.put(partition, position.offset()));
          });
      return faults;
    }

    @Override
    public void remove(Collection<LogPartition> partitions) {
      positions.keySet().removeAll(partitions);
    }

    @Override
    public void pause(Collection<LogPartition> partitions) {
      paused.addAll(partitions);
    }

    @Override
    public void resume(Collection<LogPartition> partitions) {
      paused.removeAll(Set.copyOf(partitions));
    }

    @Override
    public PolledLogs poll(Duration wait) {
      List<LogSlice> slices = new ArrayList<>();
      Map<LogPartition, LogException> faults = new HashMap<>();
      for (Map.Entry<LogPartition, Long> entry : positions.entrySet()) {
        LogPartition partition = entry.getKey();
        long at = entry.getValue();
        Topic topic = topic(partition.binding());
        long end = topic.end(partition.partition());
        if (paused.contains(partition)) {
          continue;
        }
        if (at > end || at < topic.begins[partition.partition()]) {
          faults.put(
              partition,
              new LogException.Truncated(
                  partition, new LogPosition(at, 0), "it ends at offset " + end));
        } else if (at < end) {
          long to = Math.min(end, at + 1 + random.nextInt(6));
          slices.add(new LogSlice(partition, between(topic, partition.partition(), at, to), to));
          entry.setValue(to);
        }
      }
      positions.keySet().removeAll(faults.keySet());
      return new PolledLogs(slices, faults);
    }

    @Override
    public Map<LogPartition, Long> endOffsets(Collection<LogPartition> partitions) {
      Map<LogPartition, Long> ends = new HashMap<>();
      partitions.forEach(partition -> ends.put(partition, end(partition)));
      return ends;
    }

    @Override
    public void close() {
      positions.clear();
    }
  }
}
