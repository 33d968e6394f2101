package dev.kyma.query.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;

import dev.kyma.catalog.Catalog;
import dev.kyma.catalog.Commit;
import dev.kyma.catalog.CommitOutcome;
import dev.kyma.catalog.FlushPolicy;
import dev.kyma.catalog.LogBinding;
import dev.kyma.catalog.TableChange;
import dev.kyma.catalog.TableDef;
import dev.kyma.format.io.ObjectStore;
import dev.kyma.format.log.FrameWriter;
import dev.kyma.format.log.LogFrame;
import dev.kyma.format.log.SchemaStore;
import dev.kyma.format.type.Field;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.type.TableSchema;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.BytesVectorBuilder;
import dev.kyma.format.vector.DoubleVector;
import dev.kyma.format.vector.LongVector;
import dev.kyma.service.log.LogClients;
import dev.kyma.service.log.LogSettings;
import dev.kyma.service.log.LogTopics;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** The service as clients see it, on a real broker. */
@QuarkusTest
@QuarkusTestResource(QueryBackends.class)
class QueryResourceIT {
  private static final TableSchema SCHEMA =
      TableSchema.of(
          new Field(1, "ts", LogicalType.TIMESTAMP, false),
          new Field(2, "name", LogicalType.TEXT, true),
          new Field(3, "price", LogicalType.decimal(10, 2), true),
          new Field(4, "ratio", LogicalType.FLOAT64, true),
          new Field(5, "attributes", LogicalType.DYNAMIC, true));

  @Inject Catalog catalog;
  @Inject ObjectStore store;
  @Inject LogTopics topics;
  @Inject LogSettings settings;

  @BeforeEach
  void makeTable() throws Exception {
    if (catalog.snapshot().table("default", "items").isPresent()) {
      return;
    }
    long id = catalog.allocateTableId();
    LogBinding binding = topics.create(id, 1).bind(catalog.allocateLogOrdinals(1));
    TableDef table =
        new TableDef(
            id,
            "default",
            "items",
            1,
            SCHEMA,
            1,
            0,
            List.of(),
            new FlushPolicy(1_000, 1 << 20, Duration.ofSeconds(2)),
            binding,
            Map.of());
    assertThat(
            catalog.commit(
                Commit.ofTables(Commit.Kind.CREATE_TABLE, List.of(new TableChange.Create(table))),
                Duration.ofSeconds(5)))
        .isInstanceOf(CommitOutcome.Committed.class);
    BytesVectorBuilder names = new BytesVectorBuilder(LogicalType.TEXT, 2);
    names.append("a \"quoted\", name");
    names.appendNull();
    BytesVectorBuilder attributes = new BytesVectorBuilder(LogicalType.DYNAMIC, 2);
    attributes.append("{\"color\":\"red\"}");
    attributes.appendNull();
    Batch rows =
        new Batch(
            List.of(
                new LongVector(LogicalType.TIMESTAMP, new long[] {1_700_000_000_123_456_789L, 0}),
                names.build(),
                new LongVector(LogicalType.decimal(10, 2), new long[] {1_999, -5}),
                new DoubleVector(LogicalType.FLOAT64, new double[] {0.5, Double.NaN}),
                attributes.build()),
            2);
    LogFrame frame =
        new LogFrame(
            List.of(),
            List.of(new LogFrame.TableRows(id, new SchemaStore(store).store(SCHEMA), 0, rows)));
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            LogClients.producer(settings), new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(binding.topic(), 0, null, FrameWriter.write(frame))).get();
    }
  }

  private static ValidatableResponse query(String sql, String accept) {
    return given()
        .contentType("application/sql")
        .accept(accept)
        .body(sql.getBytes(StandardCharsets.UTF_8))
        .post("/v1/query")
        .then();
  }

  @Test
  void answersAsOneDocument() {
    query("SELECT * FROM items ORDER BY ts DESC", "application/json")
        .statusCode(200)
        .body("columns.name", equalTo(List.of("ts", "name", "price", "ratio", "attributes")))
        .body("columns[2].type", equalTo("decimal(10,2)"))
        .body("rows[0][0]", equalTo("2023-11-14T22:13:20.123456789Z"))
        .body("rows[0][2]", equalTo("19.99"))
        .body("rows[1][3]", equalTo("NaN"))
        .body("rows[0][4].color", equalTo("red"))
        .body("stats.rows", equalTo(2))
        .body("stats.tail_rows", equalTo(2))
        .body("stats.freshness.level", equalTo("hot"))
        .body("stats.snapshot", greaterThan(0));
  }

  @Test
  void answersInLinesByDefault() {
    String body =
        query("SELECT name, price FROM items ORDER BY ts DESC", "*/*")
            .statusCode(200)
            .extract()
            .asString();
    assertThat(body.lines().toList())
        .hasSize(3)
        .startsWith(
            "{\"name\":\"a \\\"quoted\\\", name\",\"price\":\"19.99\"}",
            "{\"name\":null,\"price\":\"-0.05\"}")
        .last()
        .asString()
        .startsWith("{\"stats\":{\"snapshot\":");
  }

  @Test
  void answersAsCsvAndArrow() {
    assertThat(
            query("SELECT name, ratio FROM items ORDER BY ts DESC", "text/csv")
                .statusCode(200)
                .extract()
                .asString())
        .isEqualTo("name,ratio\r\n\"a \"\"quoted\"\", name\",0.5\r\n,NaN\r\n");
    byte[] arrow =
        query("SELECT price FROM items", "application/vnd.apache.arrow.stream")
            .statusCode(200)
            .extract()
            .asByteArray();
    assertThat(arrow).startsWith(-1, -1, -1, -1).endsWith(-1, -1, -1, -1, 0, 0, 0, 0);
  }

  @Test
  void saysWhereAStatementIsWrong() {
    query("SELECT table_name,\n  nothing FROM information_schema.tables", "*/*")
        .statusCode(400)
        .contentType("application/problem+json")
        .body("code", equalTo("unknown_column"))
        .body("line", equalTo(2))
        .body("column", equalTo(3));
    query("SELEKT 1", "*/*").statusCode(400).body("code", equalTo("sql_syntax"));
    query("SELECT 1 FROM nowhere", "*/*").statusCode(404).body("code", equalTo("unknown_table"));
    query("SELECT 1 / (price - price) FROM items", "*/*")
        .statusCode(422)
        .body("code", equalTo("invalid_value"))
        .body("detail", containsString("ivision by zero"));
    query("SELECT 1", "image/png").statusCode(406);
    query("SELECT '" + "x".repeat(20_000) + "'", "*/*").statusCode(413);
  }

  @Test
  void refusesTokensThatAreNoneAndWaitsForOthers() {
    given()
        .contentType("application/sql")
        .header("X-Kyma-Freshness", "token:nonsense!")
        .body("SELECT 1".getBytes(StandardCharsets.UTF_8))
        .post("/v1/query")
        .then()
        .statusCode(400)
        .body("code", equalTo("invalid_request"));
    String token =
        query("SELECT count(*) FROM items", "application/json")
            .extract()
            .path("stats.freshness.token");
    given()
        .contentType("application/sql")
        .accept("application/json")
        .header("X-Kyma-Freshness", "token:" + token)
        .body("SELECT count(*) FROM items".getBytes(StandardCharsets.UTF_8))
        .post("/v1/query")
        .then()
        .statusCode(200)
        .body("rows[0][0]", equalTo(2));
    given()
        .contentType("application/sql")
        .accept("application/json")
        .header("X-Kyma-Freshness", "committed")
        .body("SELECT count(*) FROM items".getBytes(StandardCharsets.UTF_8))
        .post("/v1/query")
        .then()
        .statusCode(200)
        .body("rows[0][0]", equalTo(0));
  }

  @Test
  void showsTheCatalogAsATree() {
    given()
        .get("/v1/catalog/schema")
        .then()
        .statusCode(200)
        .body("catalog", equalTo("kyma"))
        .body("databases[0].tables.name", hasItem("items"))
        .body("databases[0].tables[0].columns.name", hasItem("price"));
    query("SHOW TABLES", "application/json").body("rows[0]", equalTo(List.of("default", "items")));
  }

  @Test
  void theDocumentIsTheServices() throws IOException {
    Path document = Path.of("..", "docs", "api", "query-service.yaml");
    Path actual = Path.of("target", "query-service.openapi.yaml");
    String running = given().queryParam("format", "yaml").get("/q/openapi").asString();
    Files.writeString(actual, running);
    Map<String, Object> written = new Yaml().load(Files.readString(document));
    Map<String, Object> served = new Yaml().load(running);
    assertThat(written)
        .as("copy query-service/" + actual + " if the change is meant")
        .isEqualTo(served);
  }
}
