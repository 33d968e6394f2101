package dev.kyma.service.log;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.Map;

/** How every service reaches the log and how new topics are made. */
@ConfigMapping(prefix = "kyma.log")
public interface LogConfig {

  /** The brokers, {@code host:port} separated by commas. */
  @WithDefault("127.0.0.1:9092")
  String bootstrapServers();

  /** How long one request to the brokers may take, with all its retries. */
  @WithDefault("PT10S")
  Duration timeout();

  /** The largest record a topic takes, in bytes as compressed. A frame is about 1 MiB. */
  @WithDefault("8388608")
  @Min(1_048_576)
  int maxRecordBytes();

  /** Properties of every Kafka client beside Kyma's own, for example {@code security.protocol}. */
  Map<String, String> client();

  /** How new topics are made. */
  Topic topic();

  /** How new topics are made. */
  interface Topic {
    /** Copies of each partition; 3 in a cluster. */
    @WithDefault("1")
    @Min(1)
    int replicationFactor();

    /** How many copies must have a record before it is acknowledged; 2 in a cluster. */
    @WithDefault("1")
    @Min(1)
    int minInSyncReplicas();

    /** Properties of new topics beside Kyma's own, for example {@code flush.messages}. */
    Map<String, String> property();
  }

  /** These settings as the library takes them. */
  default LogSettings settings() {
    return new LogSettings(
        bootstrapServers(),
        topic().replicationFactor(),
        topic().minInSyncReplicas(),
        maxRecordBytes(),
        timeout(),
        client(),
        topic().property());
  }
}
