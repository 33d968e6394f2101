package dev.kyma.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;

/**
 * A real Kafka broker (KRaft, broker and controller in one) in this process, on the loopback
 * interface. Its directory survives it: a later process goes on with the same log.
 */
final class Broker implements AutoCloseable {
  private final KafkaRaftServer server;

  private Broker(KafkaRaftServer server) {
    this.server = server;
  }

  /**
   * Starts the broker and waits until it serves.
   *
   * @param directory its own; made and formatted at the first start
   * @param port for clients
   * @param controllerPort for itself
   */
  static Broker start(Path directory, int port, int controllerPort) {
    Properties properties = properties(directory.resolve("log"), port, controllerPort);
    format(directory, properties);
    KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
    server.startup();
    return new Broker(server);
  }

  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }

  private static void format(Path directory, Properties properties) {
    if (Files.exists(directory.resolve("log/meta.properties"))) {
      return;
    }
    try {
      Files.createDirectories(directory);
      Path file = directory.resolve("server.properties");
      try (var out = Files.newOutputStream(file)) {
        properties.store(out, "Written at the first start, read for formatting only");
      }
      ByteArrayOutputStream output = new ByteArrayOutputStream();
      String[] command = {
        "format", "--ignore-formatted", "-t", clusterId(directory), "-c", file.toString()
      };
      int status = StorageTool.execute(command, new PrintStream(output, true, UTF_8));
      if (status != 0) {
        throw new StartException(
            "the log's directory cannot be formatted: " + output.toString(UTF_8));
      }
    } catch (IOException e) {
      throw new StartException("the log's directory " + directory + " cannot be used: " + e);
    }
  }

  /** Decided once, before formatting, so that a start that died while formatting is repeatable. */
  private static String clusterId(Path directory) throws IOException {
    Path file = directory.resolve("cluster.id");
    if (!Files.exists(file)) {
      Path written =
          Files.writeString(directory.resolve("cluster.id.new"), Uuid.randomUuid().toString());
      Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
    }
    return Files.readString(file).strip();
  }

  private static Properties properties(Path log, int port, int controllerPort) {
    String host = "127.0.0.1:";
    Properties p = new Properties();
    p.setProperty("process.roles", "broker,controller");
    p.setProperty("node.id", "1");
    p.setProperty("controller.quorum.voters", "1@" + host + controllerPort);
    p.setProperty(
        "listeners", "PLAINTEXT://" + host + port + ",CONTROLLER://" + host + controllerPort);
    p.setProperty("advertised.listeners", "PLAINTEXT://" + host + port);
    p.setProperty("controller.listener.names", "CONTROLLER");
    p.setProperty("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    p.setProperty("inter.broker.listener.name", "PLAINTEXT");
    p.setProperty("log.dirs", log.toString());
    p.setProperty("auto.create.topics.enable", "false");
    // Records stay until Kyma trims them: never by age or size.
    p.setProperty("log.retention.ms", "-1");
    p.setProperty("log.retention.bytes", "-1");
    p.setProperty("log.message.timestamp.type", "LogAppendTime");
    p.setProperty("message.max.bytes", Integer.toString(9 << 20));
    p.setProperty("default.replication.factor", "1");
    p.setProperty("offsets.topic.replication.factor", "1");
    p.setProperty("offsets.topic.num.partitions", "1");
    p.setProperty("transaction.state.log.replication.factor", "1");
    p.setProperty("transaction.state.log.min.isr", "1");
    p.setProperty("transaction.state.log.num.partitions", "1");
    p.setProperty("share.coordinator.state.topic.replication.factor", "1");
    p.setProperty("share.coordinator.state.topic.min.isr", "1");
    p.setProperty("share.coordinator.state.topic.num.partitions", "1");
    p.setProperty("group.initial.rebalance.delay.ms", "0");
    p.setProperty("log.cleaner.dedupe.buffer.size", "2097152");
    p.setProperty("num.network.threads", "1");
    p.setProperty("num.io.threads", "2");
    p.setProperty("num.recovery.threads.per.data.dir", "2");
    // After a kill the new broker waits for the old one's registration to end: keep that short.
    p.setProperty("broker.session.timeout.ms", "1000");
    p.setProperty("broker.heartbeat.interval.ms", "200");
    return p;
  }
}
