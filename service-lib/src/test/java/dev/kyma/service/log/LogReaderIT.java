package dev.kyma.service.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kyma.catalog.LogBinding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a reader does on a real broker whose log was cut, emptied, replaced or restored. */
class LogReaderIT {
  private static final long TABLE = 17;

  @TempDir private Path directory;
  private InProcessBroker broker;
  private LogSettings settings;
  private LogTopics topics;

  @BeforeEach
  void startBroker() {
    broker = InProcessBroker.start(directory.resolve("broker"));
    settings = LogSettings.singleBroker(broker.bootstrapServers());
    topics = new LogTopics(settings);
  }

  @AfterEach
  void stopBroker() {
    topics.close();
    broker.close();
  }

  @Test
  void readsOnFromAnyOffsetWithItsLeaderEpoch() throws Exception {
    LogBinding log = topics.create(TABLE, 2).bind(5);
    LogPartition second = new LogPartition(log, 1);
    assertThat(second.ordinal()).isEqualTo(6);
    produce(log, 1, 100, "a");

    List<RawRecord> all = readFrom(second, new LogPosition(0, -1), 100);
    assertThat(all).hasSize(100);
    assertThat(all.getLast().offset()).isEqualTo(99);
    assertThat(all.getFirst().appendTimeMillis()).isPositive();

    LogPosition middle = new LogPosition(40, all.get(39).leaderEpoch());
    List<RawRecord> rest = readFrom(second, middle, 60);
    assertThat(text(rest.getFirst())).isEqualTo("a40");
    try (LogReader reader = new LogReader(settings, topics)) {
      assertThat(reader.endOffsets(List.of(second))).containsEntry(second, 100L);
    }
  }

  @Test
  void anEndThatWasCutOffIsTruncated() throws Exception {
    LogBinding log = topics.create(TABLE, 1).bind(0);
    produce(log, 0, 50, "a");
    assertThat(faultAt(log, new LogPosition(150, 0))).isInstanceOf(LogException.Truncated.class);
    assertThat(faultAt(log, new LogPosition(150, -1)))
        .isInstanceOf(LogException.Truncated.class)
        .hasMessageContaining("0 to 50");
  }

  @Test
  void recordsDeletedBeforeTheyWereReadAreTruncated() throws Exception {
    LogBinding log = topics.create(TABLE, 1).bind(0);
    produce(log, 0, 50, "a");
    topics.trim(Map.of(new LogPartition(log, 0), 20L));
    LogException fault = faultAt(log, new LogPosition(10, 0));
    assertThat(fault).isInstanceOf(LogException.Truncated.class).hasMessageContaining("20 to 50");
    assertThat(fault.code()).isEqualTo("log_truncated");
    assertThat(readFrom(new LogPartition(log, 0), new LogPosition(20, 0), 30)).hasSize(30);
  }

  @Test
  void otherRecordsAtTheSameOffsetsAreTruncated() throws Exception {
    LogBinding log = topics.create(TABLE, 1).bind(0);
    produce(log, 0, 50, "a");
    broker.stop();
    Path partition = broker.logDirectory().resolve(log.topic() + "-0");
    Path backup = directory.resolve("backup");
    copy(partition, backup);
    broker.start();
    produce(log, 0, 50, "lost");
    int epoch =
        readFrom(new LogPartition(log, 0), new LogPosition(0, -1), 100).getLast().leaderEpoch();
    assertThat(epoch).as("a restart begins a leader epoch").isPositive();
    broker.stop();
    wipe(partition);
    copy(backup, partition);
    broker.start();
    produce(log, 0, 150, "other");

    assertThat(readFrom(new LogPartition(log, 0), new LogPosition(100, -1), 100))
        .as("without an epoch the other records look like the next ones")
        .hasSize(100);
    assertThat(faultAt(log, new LogPosition(100, epoch)))
        .isInstanceOf(LogException.Truncated.class)
        .hasMessageContaining("diverges");
  }

  @Test
  void aTopicMadeAnewIsReplacedHoweverLongItIs() throws Exception {
    LogBinding log = topics.create(TABLE, 1).bind(0);
    produce(log, 0, 50, "a");
    try (LogReader reader = new LogReader(settings, topics)) {
      LogPartition partition = new LogPartition(log, 0);
      reader.add(Map.of(partition, new LogPosition(50, 0)));
      assertThat(reader.poll(Duration.ofMillis(300)).slices()).isEmpty();
      broker.deleteTopic(log.topic());
      assertThat(topics.verify(log)).isInstanceOf(LogIdentity.Missing.class);
      LogBinding anew = topics.create(TABLE, 1).bind(0);
      produce(anew, 0, 200, "b");
      List<RawRecord> silently = drain(reader, 1);
      assertThat(silently).as("Kafka alone reads on in the new topic").isNotEmpty();
      assertThat(topics.verify(log)).isInstanceOf(LogIdentity.Replaced.class);
      assertThat(reader.add(Map.of(partition, new LogPosition(50, 0))).get(partition))
          .isInstanceOf(LogException.Replaced.class);
    }
  }

  @Test
  void anotherNumberOfPartitionsIsNotTheLog() {
    LogTopics.Topic topic = topics.create(TABLE, 2);
    LogBinding one = new LogBinding(topic.name(), topic.id(), 1, 0);
    assertThat(topics.verify(one)).isEqualTo(new LogIdentity.Resized(2));
    assertThat(topics.create(TABLE, 2)).as("making it again finds it").isEqualTo(topic);
  }

  @Test
  void oneBrokenPartitionDoesNotStopTheOthers() throws Exception {
    LogBinding log = topics.create(TABLE, 2).bind(0);
    produce(log, 0, 10, "a");
    produce(log, 1, 10, "b");
    LogPartition broken = new LogPartition(log, 0);
    LogPartition whole = new LogPartition(log, 1);
    try (LogReader reader = new LogReader(settings, topics)) {
      reader.add(Map.of(broken, new LogPosition(77, -1), whole, new LogPosition(0, -1)));
      List<RawRecord> records = new ArrayList<>();
      List<LogPartition> faults = new ArrayList<>();
      long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
      while ((records.size() < 10 || faults.isEmpty()) && System.nanoTime() < deadline) {
        PolledLogs polled = reader.poll(Duration.ofMillis(100));
        polled.slices().forEach(slice -> records.addAll(slice.records()));
        faults.addAll(polled.faults().keySet());
      }
      assertThat(records).hasSize(10);
      assertThat(faults).containsExactly(broken);
      assertThat(reader.partitions()).containsExactly(whole);
    }
  }

  private LogException faultAt(LogBinding log, LogPosition position) {
    try (LogReader reader = new LogReader(settings, topics)) {
      LogPartition partition = new LogPartition(log, 0);
      assertThat(reader.add(Map.of(partition, position))).isEmpty();
      long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
      while (System.nanoTime() < deadline) {
        LogException fault = reader.poll(Duration.ofMillis(100)).faults().get(partition);
        if (fault != null) {
          return fault;
        }
      }
      throw new AssertionError("no fault at " + position);
    }
  }

  private List<RawRecord> readFrom(LogPartition partition, LogPosition position, int count) {
    try (LogReader reader = new LogReader(settings, topics)) {
      assertThat(reader.add(Map.of(partition, position))).isEmpty();
      return drain(reader, count);
    }
  }

  private static List<RawRecord> drain(LogReader reader, int count) {
    List<RawRecord> records = new ArrayList<>();
    long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (records.size() < count && System.nanoTime() < deadline) {
      PolledLogs polled = reader.poll(Duration.ofMillis(100));
      assertThat(polled.faults()).isEmpty();
      polled.slices().forEach(slice -> records.addAll(slice.records()));
    }
    return records;
  }

  private void produce(LogBinding log, int partition, int count, String prefix) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            LogClients.producer(settings), new ByteArraySerializer(), new ByteArraySerializer())) {
      List<Future<?>> sent = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        sent.add(
            producer.send(
                new ProducerRecord<>(log.topic(), partition, null, (prefix + i).getBytes(UTF_8))));
      }
      for (Future<?> future : sent) {
        future.get();
      }
    }
  }

  private static String text(RawRecord record) {
    return new String(record.frame(), UTF_8);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var paths = Files.walk(from)) {
      for (Path path : paths.toList()) {
        Path target = to.resolve(from.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(target);
        } else {
          Files.copy(path, target, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
  }

  private static void wipe(Path tree) throws IOException {
    try (var paths = Files.walk(tree)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
