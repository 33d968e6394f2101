package dev.kyma.service.log;

import dev.kyma.catalog.LogBinding;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/**
 * Kyma's topics: making them, telling whether they are still the same, trimming them.
 *
 * <p>Safe for use by many threads. Every method may throw {@link LogException.Unavailable}.
 */
public final class LogTopics implements AutoCloseable {

  /** A topic as the brokers know it. */
  public record Topic(String name, String id, int partitions) {
    /** Binds it to log ordinals. */
    public LogBinding bind(int firstOrdinal) {
      return new LogBinding(name, id, partitions, firstOrdinal);
    }
  }

  private final LogSettings settings;
  private final Admin admin;

  public LogTopics(LogSettings settings) {
    this.settings = settings;
    this.admin = Admin.create(LogClients.admin(settings));
  }

  /** The name of a table's topic. */
  public static String nameOf(long table) {
    return "kyma.t." + table;
  }

  /**
   * Makes the topic of a new table and waits until it can be written. A topic of that name that is
   * there already was made by an attempt that did not end: table ids are never reused.
   *
   * @param table the table's id
   * @param partitions how many partitions, unless the topic is there already
   */
  public Topic create(long table, int partitions) {
    return ensure(nameOf(table), partitions);
  }

  /** Makes a topic unless it is there, and waits until it can be written. */
  public Topic ensure(String name, int partitions) {
    NewTopic topic =
        new NewTopic(name, partitions, (short) settings.replicationFactor())
            .configs(topicProperties());
    try {
      await("create topic " + name, admin.createTopics(List.of(topic)).all());
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw unavailable("create topic " + name, e);
      }
    }
    long deadline = System.nanoTime() + settings.timeout().toNanos();
    while (true) {
      TopicDescription found = describe(List.of(name)).get(name);
      if (found != null && found.partitions().stream().allMatch(LogTopics::hasLeader)) {
        return topic(found);
      }
      if (System.nanoTime() > deadline) {
        throw unavailable(
            "create topic " + name, new TimeoutException("its partitions have no leader yet"));
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
  }

  /** The topic of a name, if there is one. */
  public Optional<Topic> find(String name) {
    return Optional.ofNullable(describe(List.of(name)).get(name)).map(LogTopics::topic);
  }

  /** Whether a topic is still the log the catalog recorded. */
  public LogIdentity verify(LogBinding binding) {
    return verify(List.of(binding)).getOrDefault(binding, new LogIdentity.Missing());
  }

  /** As {@link #verify(LogBinding)}, for several logs with one request. */
  public Map<LogBinding, LogIdentity> verify(Collection<LogBinding> bindings) {
    Map<String, TopicDescription> found =
        describe(bindings.stream().map(LogBinding::topic).distinct().toList());
    Map<LogBinding, LogIdentity> identities = new LinkedHashMap<>();
    for (LogBinding binding : bindings) {
      identities.put(binding, identity(binding, found.get(binding.topic())));
    }
    return identities;
  }

  private static LogIdentity identity(LogBinding binding, @Nullable TopicDescription found) {
    if (found == null) {
      return new LogIdentity.Missing();
    }
    String id = found.topicId().toString();
    if (!id.equals(binding.topicId())) {
      return new LogIdentity.Replaced(id);
    }
    int partitions = found.partitions().size();
    return partitions == binding.partitions()
        ? new LogIdentity.Same()
        : new LogIdentity.Resized(partitions);
  }

  /**
   * Deletes records that are in extents and archived. Offsets before a partition's present start
   * change nothing.
   *
   * @param before for each partition the first offset to keep
   */
  public void trim(Map<LogPartition, Long> before) {
    if (before.isEmpty()) {
      return;
    }
    Map<TopicPartition, RecordsToDelete> request = new HashMap<>();
    before.forEach((p, offset) -> request.put(p.inKafka(), RecordsToDelete.beforeOffset(offset)));
    try {
      await("trim " + before.keySet(), admin.deleteRecords(request).all());
    } catch (ExecutionException e) {
      throw unavailable("trim " + before.keySet(), e);
    }
  }

  /**
   * The offsets of the first record and behind the last one, for each partition; equal when there
   * is no record.
   *
   * @throws LogException.Unavailable also if a topic is not there
   */
  public Map<LogPartition, LogRange> ranges(Collection<LogPartition> partitions) {
    Map<LogPartition, Long> starts = offsets(partitions, OffsetSpec.earliest());
    Map<LogPartition, Long> ends = offsets(partitions, OffsetSpec.latest());
    Map<LogPartition, LogRange> ranges = new HashMap<>();
    starts.forEach(
        (partition, start) -> {
          long end = ends.getOrDefault(partition, start);
          ranges.put(partition, new LogRange(start, Math.max(start, end)));
        });
    return ranges;
  }

  private Map<LogPartition, Long> offsets(Collection<LogPartition> partitions, OffsetSpec which) {
    if (partitions.isEmpty()) {
      return Map.of();
    }
    Map<TopicPartition, OffsetSpec> request = new HashMap<>();
    partitions.forEach(partition -> request.put(partition.inKafka(), which));
    ListOffsetsResult answer = admin.listOffsets(request);
    Map<LogPartition, Long> offsets = new HashMap<>();
    for (LogPartition partition : partitions) {
      String action = "ask for the bounds of " + partition;
      try {
        offsets.put(partition, await(action, answer.partitionResult(partition.inKafka())).offset());
      } catch (ExecutionException e) {
        throw unavailable(action, e);
      }
    }
    return offsets;
  }

  /** Deletes the topic of a table that is gone; no such topic is no error. */
  public void delete(LogBinding binding) {
    if (!(verify(binding) instanceof LogIdentity.Same)) {
      return;
    }
    try {
      await("delete topic " + binding.topic(), admin.deleteTopics(List.of(binding.topic())).all());
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
        throw unavailable("delete topic " + binding.topic(), e);
      }
    }
  }

  @Override
  public void close() {
    admin.close();
  }

  private Map<String, String> topicProperties() {
    Map<String, String> properties = new HashMap<>(settings.topicProperties());
    properties.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
    properties.put(TopicConfig.RETENTION_MS_CONFIG, "-1");
    properties.put(TopicConfig.RETENTION_BYTES_CONFIG, "-1");
    properties.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");
    properties.put(
        TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(settings.maxRecordBytes()));
    properties.put(
        TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, Integer.toString(settings.minInSyncReplicas()));
    properties.put(TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG, "false");
    return properties;
  }

  private Map<String, TopicDescription> describe(List<String> names) {
    Map<String, TopicDescription> found = new HashMap<>();
    List<Map.Entry<String, KafkaFuture<TopicDescription>>> asked =
        new ArrayList<>(admin.describeTopics(names).topicNameValues().entrySet());
    for (Map.Entry<String, KafkaFuture<TopicDescription>> answer : asked) {
      try {
        found.put(answer.getKey(), await("describe topic " + answer.getKey(), answer.getValue()));
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
          throw unavailable("describe topic " + answer.getKey(), e);
        }
      }
    }
    return found;
  }

  private <T> T await(String action, KafkaFuture<T> future) throws ExecutionException {
    try {
      return future.get(settings.timeout().toMillis() + 1_000, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException(action);
    } catch (TimeoutException e) {
      throw unavailable(action, e);
    }
  }

  private static LogException unavailable(String action, Exception e) {
    Throwable reason = e.getCause();
    Throwable cause = reason == null ? e : reason;
    return new LogException.Unavailable("could not " + action + ": " + cause.getMessage(), cause);
  }

  private static boolean hasLeader(TopicPartitionInfo partition) {
    return partition.leader() != null && !partition.leader().isEmpty();
  }

  private static Topic topic(TopicDescription description) {
    return new Topic(
        description.name(), description.topicId().toString(), description.partitions().size());
  }
}
