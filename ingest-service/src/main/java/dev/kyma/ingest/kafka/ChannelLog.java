package dev.kyma.ingest.kafka;

import dev.kyma.catalog.LogBinding;
import dev.kyma.ingest.core.log.FrameLog;
import dev.kyma.service.log.LogSettings;
import io.smallrye.reactive.messaging.OutgoingMessageMetadata;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;

/**
 * Appends frames through the channel {@value #CHANNEL}, whose producer waits for all in-sync
 * replicas. What waits in the channel is bounded by the bytes of requests in flight.
 */
@ApplicationScoped
class ChannelLog implements FrameLog {
  static final String CHANNEL = "kyma-rows";

  private final Emitter<byte[]> emitter;
  private final TopicGuard guard;
  private final LogSettings settings;

  @Inject
  ChannelLog(
      @Channel(CHANNEL) @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER) Emitter<byte[]> emitter,
      TopicGuard guard,
      LogSettings settings) {
    this.emitter = emitter;
    this.guard = guard;
    this.settings = settings;
  }

  @Override
  public int maxFrameBytes() {
    // The producer counts a little more than the value.
    return settings.maxRecordBytes() - 1024;
  }

  @Override
  public CompletionStage<Long> append(LogBinding log, int partition, byte[] frame) {
    guard.check(log);
    CompletableFuture<Long> done = new CompletableFuture<>();
    OutgoingMessageMetadata<RecordMetadata> result = new OutgoingMessageMetadata<>();
    OutgoingKafkaRecordMetadata<Void> target =
        OutgoingKafkaRecordMetadata.<Void>builder()
            .withTopic(log.topic())
            .withPartition(partition)
            .build();
    emitter.send(
        Message.of(
            frame,
            Metadata.of(target, result),
            () -> {
              RecordMetadata record = result.getResult();
              if (record == null) {
                done.completeExceptionally(
                    LogProblems.unacknowledged(new IllegalStateException("no record metadata")));
              } else {
                done.complete(record.offset());
              }
              return CompletableFuture.completedFuture(null);
            },
            cause -> {
              done.completeExceptionally(LogProblems.unacknowledged(cause));
              return CompletableFuture.completedFuture(null);
            }));
    return done;
  }
}
