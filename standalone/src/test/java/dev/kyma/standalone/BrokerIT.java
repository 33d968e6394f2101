package dev.kyma.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerIT {
  @TempDir Path directory;

  @Test
  void topicsOutliveTheBrokerAndNeverExpire() throws Exception {
    TopicDescription before;
    try (Opened first = open();
        Admin admin = first.admin()) {
      admin
          .createTopics(List.of(new NewTopic("rows", Optional.of(2), Optional.empty())))
          .all()
          .get(20, TimeUnit.SECONDS);
      before = describe(admin);
      ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, "rows");
      var config = admin.describeConfigs(List.of(topic)).all().get(20, TimeUnit.SECONDS).get(topic);
      assertThat(config.get("retention.ms").value()).isEqualTo("-1");
      assertThat(config.get("retention.bytes").value()).isEqualTo("-1");
      assertThat(config.get("message.timestamp.type").value()).isEqualTo("LogAppendTime");
    }
    try (Opened second = open();
        Admin admin = second.admin()) {
      assertThat(describe(admin).topicId()).isEqualTo(before.topicId());
      assertThat(describe(admin).partitions()).hasSize(2);
    }
  }

  private static TopicDescription describe(Admin admin) throws Exception {
    return admin
        .describeTopics(List.of("rows"))
        .allTopicNames()
        .get(20, TimeUnit.SECONDS)
        .get("rows");
  }

  private Opened open() {
    List<Integer> ports = Ports.free(2);
    return new Opened(Broker.start(directory, ports.get(0), ports.get(1)), ports.get(0));
  }

  /** A broker and its port; ports differ from start to start. */
  private record Opened(Broker broker, int port) implements AutoCloseable {
    Admin admin() {
      return Admin.create(Map.of("bootstrap.servers", "127.0.0.1:" + port));
    }

    @Override
    public void close() {
      broker.close();
    }
  }
}
