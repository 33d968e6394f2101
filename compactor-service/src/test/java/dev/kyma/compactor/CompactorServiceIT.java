package dev.kyma.compactor;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItem;

import dev.kyma.catalog.Catalog;
import dev.kyma.catalog.Commit;
import dev.kyma.catalog.CommitOutcome;
import dev.kyma.catalog.ExtentRef;
import dev.kyma.catalog.FlushPolicy;
import dev.kyma.catalog.LogBinding;
import dev.kyma.catalog.TableChange;
import dev.kyma.catalog.TableDef;
import dev.kyma.format.LogInterval;
import dev.kyma.format.io.ObjectStore;
import dev.kyma.format.log.FrameWriter;
import dev.kyma.format.log.KeyedRows;
import dev.kyma.format.log.LogFrame;
import dev.kyma.format.log.SchemaFingerprint;
import dev.kyma.format.log.SchemaStore;
import dev.kyma.format.type.Field;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.type.TableSchema;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.LongVector;
import dev.kyma.service.log.LogClients;
import dev.kyma.service.log.LogSettings;
import dev.kyma.service.log.LogTopics;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/** The service as it runs: real frames in Kafka become extents, seen through its API. */
@QuarkusTest
@QuarkusTestResource(CompactorResources.class)
class CompactorServiceIT {
  private static final TableSchema NARROW =
      TableSchema.of(new Field(1, "id", LogicalType.INT64, true));
  private static final TableSchema WIDE =
      TableSchema.of(
          new Field(1, "id", LogicalType.decimal(38, 2), true),
          new Field(2, "note", LogicalType.TEXT, true));

  @Inject Catalog catalog;
  @Inject ObjectStore store;
  @Inject LogTopics topics;
  @Inject LogSettings settings;

  @Test
  void framesBecomeExtentsAndTheArchiveFollows() throws Exception {
    TableDef table =
        createTable("events", new FlushPolicy(1_000_000, 1 << 26, Duration.ofHours(1)));
    SchemaFingerprint narrow = new SchemaStore(store).store(NARROW);
    KeyedRows keyed = new KeyedRows(1, 2, 3, 4, 0, 0, 2);
    produce(table, frame(table, narrow, List.of(keyed), 10, 11));
    produce(table, frame(table, narrow, List.of(keyed), 10, 11));
    produce(table, new byte[] {1, 2, 3});
    // The schema widens while rows of the narrow one wait.
    commit(new TableChange.Widen(table.id(), 1, WIDE), Commit.Kind.WIDEN_SCHEMA);
    produce(table, frame(table, narrow, List.of(), 12));

    long snapshot =
        given()
            .queryParam("table", "kyma.default.events")
            .post("/v1/flush")
            .then()
            .statusCode(200)
            .body("cursors[0].offset", equalTo(4))
            .extract()
            .jsonPath()
            .getLong("snapshot");
    assertThat(catalog.snapshot().number()).isGreaterThanOrEqualTo(snapshot);
    List<ExtentRef> extents = catalog.snapshot().extents(table.id());
    assertThat(extents).hasSize(1);
    assertThat(extents.getFirst().summary().rows()).isEqualTo(3);
    assertThat(extents.getFirst().schemaVersion()).isEqualTo(2);
    TableDef letters = catalog.snapshot().table("system", "dead_letters").orElseThrow();
    assertThat(catalog.snapshot().extents(letters.id())).hasSize(1);

    given()
        .get("/v1/status")
        .then()
        .statusCode(200)
        .body("partitions.table", hasItem("default.events"))
        .body("partitions.find { it.table == 'default.events' }.cursor", equalTo(4))
        .body("partitions.find { it.table == 'default.events' }.state", equalTo("reading"));
    long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (catalog.archivedThrough() < snapshot && System.nanoTime() < deadline) {
      Thread.sleep(50);
    }
    assertThat(catalog.archivedThrough()).isGreaterThanOrEqualTo(snapshot);
    assertThat(store.list("_commits/", null, 100)).isNotEmpty();
    assertThat(given().get("/q/metrics").asString()).contains("kyma_flush_rows_total");
  }

  @Test
  void aNewTablesFirstRowIsCommittedWithinItsInterval() throws Exception {
    Duration interval = Duration.ofSeconds(1);
    TableDef table = createTable("fresh", new FlushPolicy(1_000_000, 1 << 26, interval));
    SchemaFingerprint narrow = new SchemaStore(store).store(NARROW);
    long start = System.nanoTime();
    produce(table, frame(table, narrow, List.of(), 1));
    while (catalog.snapshot().extents(table.id()).isEmpty()) {
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(interval.plusSeconds(1));
      Thread.sleep(10);
    }
  }

  @Test
  void manyFlushesAreMergedAsTheyComeAndWhatIsLeftWhenAskedFor() throws Exception {
    TableDef table =
        createTable("merged", new FlushPolicy(1_000_000, 1 << 26, Duration.ofHours(1)));
    SchemaFingerprint narrow = new SchemaStore(store).store(NARROW);
    for (int i = 0; i < 7; i++) {
      produce(table, frame(table, narrow, List.of(), 100 - i, i));
      given().queryParam("table", "merged").post("/v1/flush").then().statusCode(200);
    }
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (catalog.snapshot().extents(table.id()).size() > 4 && System.nanoTime() < deadline) {
      Thread.sleep(50);
    }
    assertThat(catalog.snapshot().extents(table.id())).hasSizeLessThanOrEqualTo(4);

    given()
        .queryParam("table", "merged")
        .post("/v1/compact")
        .then()
        .statusCode(200)
        .body("extents", equalTo(1))
        .body("history", equalTo(0))
        .body("rows", equalTo(14));
    ExtentRef merged = catalog.snapshot().extents(table.id()).getFirst();
    assertThat(merged.summary().level()).isPositive();
    assertThat(merged.summary().logs())
        .containsExactly(new LogInterval(table.log().ordinal(0), 0, 7));
    given()
        .get("/v1/status")
        .then()
        .statusCode(200)
        .body("compaction.committed", greaterThanOrEqualTo(1))
        .body("compaction.running", empty());
    assertThat(given().get("/q/metrics").asString()).contains("kyma_compact_rows_total");
  }

  @Test
  void compactionOfATableThatIsNotThereIsAProblem() {
    given()
        .queryParam("table", "nothing")
        .post("/v1/compact")
        .then()
        .statusCode(404)
        .body("code", equalTo("table_not_found"));
    given().post("/v1/compact").then().statusCode(404);
  }

  @Test
  void flushOfATableThatIsNotThereIsAProblem() {
    given()
        .queryParam("table", "nothing")
        .post("/v1/flush")
        .then()
        .statusCode(404)
        .contentType("application/problem+json")
        .body("code", equalTo("table_not_found"));
  }

  private TableDef createTable(String name, FlushPolicy policy) {
    long id = catalog.allocateTableId();
    LogBinding log = topics.create(id, 1).bind(catalog.allocateLogOrdinals(1));
    TableDef table =
        new TableDef(id, "default", name, 1, NARROW, 0, 0, List.of(1), policy, log, Map.of());
    commit(new TableChange.Create(table), Commit.Kind.CREATE_TABLE);
    return table;
  }

  private void commit(TableChange change, Commit.Kind kind) {
    assertThat(catalog.commit(Commit.ofTables(kind, List.of(change)), Duration.ofSeconds(5)))
        .isInstanceOf(CommitOutcome.Committed.class);
  }

  private static byte[] frame(
      TableDef table, SchemaFingerprint schema, List<KeyedRows> keys, long... ids) {
    Batch batch = new Batch(List.of(new LongVector(LogicalType.INT64, ids)), ids.length);
    return FrameWriter.write(
        new LogFrame(keys, List.of(new LogFrame.TableRows(table.id(), schema, 0, batch))));
  }

  private void produce(TableDef table, byte[] frame) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            LogClients.producer(settings), new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(table.log().topic(), 0, null, frame)).get();
    }
  }
}
