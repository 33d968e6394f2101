package dev.kyma.compactor.kafka;

import dev.kyma.compactor.core.FlushShare;
import dev.kyma.service.log.LogClients;
import dev.kyma.service.log.LogException;
import dev.kyma.service.log.LogPartition;
import dev.kyma.service.log.LogSettings;
import dev.kyma.service.log.LogTopics;
import java.time.Duration;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Spreads log partitions over compactors by membership in the consumer group {@code kyma-flush}.
 *
 * <p>The group shares the partitions of one topic that never holds a record; each of them stands
 * for the log partitions whose ordinal leaves its number as remainder. So a new table has its
 * flusher at once, without the group being balanced anew. Nothing rests on the group for
 * correctness.
 */
public final class GroupFlushShare implements FlushShare {
  static final int SHARES = 32;
  private static final String TOPIC = "kyma.flush.shares";
  private static final String GROUP = "kyma-flush";
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final Logger LOG = LoggerFactory.getLogger(GroupFlushShare.class);

  private final LogSettings settings;
  private final LogTopics topics;
  private final Thread thread;
  private volatile BitSet ours = new BitSet();
  private volatile boolean closed;

  private GroupFlushShare(LogSettings settings, LogTopics topics) {
    this.settings = settings;
    this.topics = topics;
    this.thread = Thread.ofPlatform().name("kyma-flush-share").daemon().unstarted(this::run);
  }

  /** Joins the group. Until it has answered, nothing is ours. */
  public static GroupFlushShare join(LogSettings settings, LogTopics topics) {
    GroupFlushShare share = new GroupFlushShare(settings, topics);
    share.thread.start();
    return share;
  }

  @Override
  public boolean isOurs(LogPartition partition) {
    return ours.get(partition.ordinal() % SHARES);
  }

  private void run() {
    while (!closed) {
      try (KafkaConsumer<byte[], byte[]> consumer =
          new KafkaConsumer<>(
              properties(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
        topics.ensure(TOPIC, SHARES);
        consumer.subscribe(List.of(TOPIC), new Listener(consumer));
        while (!closed) {
          consumer.poll(POLL);
        }
      } catch (WakeupException | InterruptException e) {
        ours = new BitSet();
        return;
      } catch (KafkaException | LogException e) {
        ours = new BitSet();
        LOG.warn("the group that shares flush work does not answer: {}", e.getMessage());
        LockSupport.parkNanos(RETRY.toNanos());
      }
    }
  }

  private Map<String, Object> properties() {
    Map<String, Object> properties = new HashMap<>(LogClients.consumer(settings));
    properties.put(ConsumerConfig.GROUP_ID_CONFIG, GROUP);
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
    properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
    properties.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 1_000);
    properties.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
        CooperativeStickyAssignor.class.getName());
    return properties;
  }

  /** Keeps what is ours up to date. Called by the thread that polls. */
  private final class Listener implements ConsumerRebalanceListener {
    private final KafkaConsumer<byte[], byte[]> consumer;

    Listener(KafkaConsumer<byte[], byte[]> consumer) {
      this.consumer = consumer;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
      BitSet now = new BitSet();
      consumer.assignment().forEach(p -> now.set(p.partition()));
      assigned.forEach(p -> now.set(p.partition()));
      ours = now;
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
      BitSet now = (BitSet) ours.clone();
      revoked.forEach(p -> now.clear(p.partition()));
      ours = now;
    }
  }

  @Override
  public void close() {
    closed = true;
    try {
      thread.join(POLL.multipliedBy(4));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    thread.interrupt();
  }
}
