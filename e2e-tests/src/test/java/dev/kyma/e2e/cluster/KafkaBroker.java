package dev.kyma.e2e.cluster;

import dev.kyma.e2e.fixture.Await;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;

/** One Kafka broker, its own controller, in a process of its own. */
final class KafkaBroker implements AutoCloseable {
  private final JavaProcess process;
  private final int port;

  private KafkaBroker(JavaProcess process, int port) {
    this.process = process;
    this.port = port;
  }

  static KafkaBroker start(Path directory) throws IOException {
    int port = FreePorts.next();
    int controllerPort = FreePorts.next();
    Path configuration = directory.resolve("server.properties");
    Files.writeString(
        configuration,
        """
        process.roles=broker,controller
        node.id=1
        controller.quorum.voters=1@127.0.0.1:%2$d
        controller.listener.names=CONTROLLER
        listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
        advertised.listeners=PLAINTEXT://127.0.0.1:%1$d
        listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
        log.dirs=%3$s
        offsets.topic.replication.factor=1
        offsets.topic.num.partitions=1
        transaction.state.log.replication.factor=1
        transaction.state.log.min.isr=1
        transaction.state.log.num.partitions=1
        share.coordinator.state.topic.replication.factor=1
        share.coordinator.state.topic.min.isr=1
        share.coordinator.state.topic.num.partitions=1
        group.initial.rebalance.delay.ms=0
        log.cleaner.dedupe.buffer.size=2097152
        auto.create.topics.enable=false
        """
            .formatted(port, controllerPort, directory.resolve("log")));
    List<String> java = List.of("-Xmx256m", "-cp", System.getProperty("java.class.path"));
    Path output = directory.resolve("kafka.out");
    int formatted =
        JavaProcess.start(
                output,
                concat(
                    java,
                    "kafka.tools.StorageTool",
                    "format",
                    "-t",
                    Uuid.randomUuid().toString(),
                    "-c",
                    configuration.toString()),
                Map.of())
            .await();
    JavaProcess process =
        JavaProcess.start(output, concat(java, "kafka.Kafka", configuration.toString()), Map.of());
    if (formatted != 0) {
      process.kill();
      throw new IllegalStateException("cannot format:\n" + process.outputTail());
    }
    KafkaBroker broker = new KafkaBroker(process, port);
    Await.until(Duration.ofSeconds(60), broker::assertListening);
    return broker;
  }

  String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  private void assertListening() {
    if (!process.isAlive()) {
      throw new AssertionError("the broker ended:\n" + process.outputTail());
    }
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", port), 200);
    } catch (IOException e) {
      throw new AssertionError("the broker does not listen yet", e);
    }
  }

  private static List<String> concat(List<String> first, String... more) {
    return Stream.concat(first.stream(), Arrays.stream(more)).toList();
  }

  @Override
  public void close() {
    process.close();
  }
}
