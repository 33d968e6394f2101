package dev.kyma.ingest;

import dev.kyma.catalog.Catalog;
import dev.kyma.catalog.TableDef;
import dev.kyma.format.io.ObjectStore;
import dev.kyma.format.log.FrameReader;
import dev.kyma.format.log.LogFrame;
import dev.kyma.format.log.SchemaStore;
import dev.kyma.ingest.core.Cells;
import dev.kyma.service.log.LogSettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads what a table's log holds, with a plain consumer. */
@ApplicationScoped
public class StoredRows {
  @Inject Catalog catalog;
  @Inject ObjectStore store;
  @Inject LogSettings log;

  /** The frames of a table in log order. */
  public List<LogFrame> frames(String database, String name) {
    TableDef table = catalog.snapshot().table(database, name).orElseThrow();
    List<LogFrame> frames = new ArrayList<>();
    FrameReader reader = new FrameReader(new SchemaStore(store));
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", log.bootstrapServers()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          IntStream.range(0, table.log().partitions())
              .mapToObj(p -> new TopicPartition(table.log().topic(), p))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(5))) {
          frames.add(reader.read(record.value()));
        }
      }
    }
    return frames;
  }

  /** The rows of a table in log order, each with the values that are not NULL. */
  public List<Map<String, Object>> rows(String name) {
    SchemaStore schemas = new SchemaStore(store);
    List<Map<String, Object>> rows = new ArrayList<>();
    for (LogFrame frame : frames("default", name)) {
      for (LogFrame.TableRows table : frame.tables()) {
        rows.addAll(Cells.of(schemas.schema(table.fingerprint()), List.of(table.batch())));
      }
    }
    return rows;
  }
}
