package dev.kyma.service.log;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.jspecify.annotations.Nullable;

/**
 * A real Kafka broker (KRaft, broker and controller in one) in this JVM, for tests.
 *
 * <p>Listens on free loopback ports that stay the same over {@link #stop} and {@link #start}, so
 * clients reconnect. The directory is the caller's, usually a JUnit {@code @TempDir}. Used by one
 * thread; {@link #close} stops the broker.
 */
public final class InProcessBroker implements AutoCloseable {
  /** Held so that the levels set below are not collected with their loggers. */
  private static final List<Logger> QUIET =
      Stream.of("org.apache.kafka", "kafka", "state.change.logger").map(Logger::getLogger).toList();

  static {
    QUIET.forEach(logger -> logger.setLevel(Level.SEVERE));
  }

  private static final String CLUSTER_ID = "a3ltYS10ZXN0LWxvZy0x";

  private final Path directory;
  private final int port;
  private final int controllerPort;
  private @Nullable KafkaRaftServer server;

  private InProcessBroker(Path directory, int port, int controllerPort) {
    this.directory = directory;
    this.port = port;
    this.controllerPort = controllerPort;
  }

  /** Starts a broker on an empty or an earlier broker's directory. */
  public static InProcessBroker start(Path directory) {
    int[] ports = freePorts();
    InProcessBroker broker = new InProcessBroker(directory, ports[0], ports[1]);
    broker.start();
    return broker;
  }

  /** The value for {@code bootstrap.servers}. */
  public String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  /** The directory that holds the log segments, for tests that damage them while stopped. */
  public Path logDirectory() {
    return directory.resolve("log");
  }

  /** Starts the broker again on its directory and ports. */
  public void start() {
    if (server != null) {
      throw new IllegalStateException("already started");
    }
    Map<String, Object> properties = properties();
    format(properties);
    KafkaRaftServer started = new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
    started.startup();
    server = started;
  }

  /** Stops the broker in good order; its directory stays. */
  public void stop() {
    KafkaRaftServer running = server;
    if (running != null) {
      server = null;
      running.shutdown();
      running.awaitShutdown();
    }
  }

  @Override
  public void close() {
    stop();
  }

  /** An admin client of this broker; the caller closes it. */
  public Admin admin() {
    Map<String, Object> config = new HashMap<>();
    config.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers());
    return Admin.create(config);
  }

  /** Deletes a topic and waits until it is gone. */
  public void deleteTopic(String topic) {
    try (Admin admin = admin()) {
      Uuid id = admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic).topicId();
      admin.deleteTopics(List.of(topic)).all().get();
      while (admin.listTopics().listings().get().stream().anyMatch(t -> t.topicId().equals(id))) {
        Thread.sleep(20);
      }
    } catch (ExecutionException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Deletes the records of a partition before an offset, as trimming does. */
  public void deleteRecords(String topic, int partition, long beforeOffset) {
    try (Admin admin = admin()) {
      admin
          .deleteRecords(
              Map.of(
                  new TopicPartition(topic, partition), RecordsToDelete.beforeOffset(beforeOffset)))
          .all()
          .get();
    } catch (ExecutionException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private Map<String, Object> properties() {
    Map<String, Object> p = new HashMap<>();
    p.put("process.roles", "broker,controller");
    p.put("node.id", "1");
    p.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
    p.put(
        "listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
    p.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
    p.put("controller.listener.names", "CONTROLLER");
    p.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    p.put("inter.broker.listener.name", "PLAINTEXT");
    p.put("log.dirs", logDirectory().toString());
    p.put("auto.create.topics.enable", "false");
    p.put("default.replication.factor", "1");
    p.put("offsets.topic.replication.factor", "1");
    p.put("offsets.topic.num.partitions", "1");
    p.put("transaction.state.log.replication.factor", "1");
    p.put("transaction.state.log.min.isr", "1");
    p.put("transaction.state.log.num.partitions", "1");
    p.put("share.coordinator.state.topic.replication.factor", "1");
    p.put("share.coordinator.state.topic.min.isr", "1");
    p.put("share.coordinator.state.topic.num.partitions", "1");
    p.put("group.initial.rebalance.delay.ms", "0");
    p.put("log.cleaner.dedupe.buffer.size", "2097152");
    p.put("num.network.threads", "1");
    p.put("num.io.threads", "2");
    p.put("num.recovery.threads.per.data.dir", "1");
    p.put("broker.session.timeout.ms", "1000");
    p.put("broker.heartbeat.interval.ms", "200");
    p.put("log.initial.task.delay.ms", "500");
    p.put("file.delete.delay.ms", "100");
    return p;
  }

  private void format(Map<String, Object> properties) {
    if (Files.exists(logDirectory().resolve("meta.properties"))) {
      return;
    }
    try {
      Files.createDirectories(directory);
      Path file = directory.resolve("server.properties");
      Properties text = new Properties();
      properties.forEach((k, v) -> text.setProperty(k, v.toString()));
      try (var out = Files.newOutputStream(file)) {
        text.store(out, null);
      }
      ByteArrayOutputStream output = new ByteArrayOutputStream();
      int exit =
          StorageTool.execute(
              new String[] {"format", "-t", CLUSTER_ID, "-c", file.toString()},
              new PrintStream(output, true, StandardCharsets.UTF_8));
      if (exit != 0) {
        throw new IllegalStateException(output.toString(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int[] freePorts() {
    try (ServerSocket one = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ServerSocket two = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new int[] {one.getLocalPort(), two.getLocalPort()};
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
