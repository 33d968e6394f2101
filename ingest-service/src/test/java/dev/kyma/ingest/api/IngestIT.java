package dev.kyma.ingest.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import dev.kyma.catalog.FreshnessToken;
import dev.kyma.format.log.KeyedRows;
import dev.kyma.format.log.LogFrame;
import dev.kyma.ingest.RealBackends;
import dev.kyma.ingest.StoredRows;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** Rows over REST into a real broker, and what the log holds then. */
@QuarkusTest
@QuarkusTestResource(RealBackends.class)
class IngestIT {
  @Inject StoredRows stored;

  private static RequestSpecification to(String table) {
    return given().header("X-Table", table).contentType("application/x-ndjson");
  }

  private static ValidatableResponse post(RequestSpecification request, String body) {
    return request.body(body.getBytes(StandardCharsets.UTF_8)).post("/v1/ingest").then();
  }

  @Test
  void rowsMakeTheirTableAndLandInItsLog() {
    String token =
        post(
                to("made"),
                """
                {"ts":"2024-05-01T10:00:00Z","level":"info","n":1,"ok":true,"ratio":0.5,"tags":["a"]}
                {"ts":"2024-05-01T10:00:01Z","level":"warn","n":2,"extra":{"deep":1}}
                """)
            .statusCode(200)
            .body("accepted", equalTo(2))
            .body("rejected", hasSize(0))
            .body("rejected_count", equalTo(0))
            .body("replayed", equalTo(false))
            .extract()
            .path("token");
    assertThat(FreshnessToken.parse(token).entries()).hasSize(1);
    assertThat(stored.rows("made"))
        .containsExactly(
            Map.of(
                "ts",
                1_714_557_600_000_000_000L,
                "level",
                "info",
                "n",
                1L,
                "ok",
                true,
                "ratio",
                0.5,
                "tags",
                "[\"a\"]"),
            Map.of(
                "ts",
                1_714_557_601_000_000_000L,
                "level",
                "warn",
                "n",
                2L,
                "extra",
                "{\"deep\":1}"));
  }

  @Test
  void aBrokenLineIsNamedAndTheOthersLand() {
    post(to("broken"), "{\"n\":1}\n{\"n\":\n\n[1]\n{\"n\":2}\n")
        .statusCode(200)
        .body("accepted", equalTo(2))
        .body("rejected.line", equalTo(List.of(2, 4)))
        .body("rejected_count", equalTo(2));
    assertThat(stored.rows("broken")).extracting(row -> row.get("n")).containsExactly(1L, 2L);
  }

  @Test
  void anAtomicRequestWithABrokenLineStoresNothing() {
    post(to("atomic"), "{\"n\":0}\n").statusCode(200);
    post(to("atomic").header("X-Atomic", "true"), "{\"n\":1}\n{oops\n")
        .statusCode(400)
        .contentType("application/problem+json")
        .body("code", equalTo("malformed_body"))
        .body("rejected.line", equalTo(List.of(2)));
    post(to("atomic").header("X-Atomic", "true"), "{\"n\":2}\n{\"n\":3}\n").statusCode(200);
    assertThat(stored.rows("atomic")).extracting(row -> row.get("n")).containsExactly(0L, 2L, 3L);
  }

  @Test
  void aKeyedRequestIsAnsweredAgainAndRefusedWithAnotherPayload() {
    String first =
        post(to("keyed").header("X-Idempotency-Key", "k1"), "{\"n\":1}\n{\"n\":2}\n")
            .statusCode(200)
            .body("replayed", equalTo(false))
            .extract()
            .path("token");
    post(to("keyed").header("X-Idempotency-Key", "k1"), "{\"n\":1}\n{\"n\":2}\n")
        .statusCode(200)
        .body("replayed", equalTo(true))
        .body("accepted", equalTo(2))
        .body("token", equalTo(first));
    post(to("keyed").header("X-Idempotency-Key", "k1"), "{\"n\":3}\n")
        .statusCode(409)
        .body("code", equalTo("idempotency_key_reused"));
    List<LogFrame> frames = stored.frames("default", "keyed");
    assertThat(frames).hasSize(1);
    KeyedRows keys = frames.getFirst().keys().getFirst();
    assertThat(keys.rowCount()).isEqualTo(2);
    assertThat(keys.part()).isZero();
  }

  @Test
  void unknownTableIsNotFoundWhenAutoCreateIsOff() {
    post(to("nowhere").header("X-Auto-Create", "false"), "{\"n\":1}\n")
        .statusCode(404)
        .body("code", equalTo("table_not_found"));
  }

  @Test
  void keepingTheSchemaSendsNewFieldsToTheOverflowColumn() {
    post(to("kept"), "{\"n\":1}\n").statusCode(200);
    post(to("kept").header("X-Schema-Evolve", "false"), "{\"n\":2,\"more\":\"x\"}\n")
        .statusCode(200);
    assertThat(stored.rows("kept").get(1))
        .containsEntry("_dynamic", "{\"more\":\"x\"}")
        .doesNotContainKey("more");
  }

  @Test
  void jsonArraysAndSingleObjectsAreRows() {
    post(
            given().header("X-Table", "array").contentType("application/json"),
            "[{\"n\":1},{\"n\":2}]")
        .statusCode(200)
        .body("accepted", equalTo(2));
    post(given().header("X-Table", "array").contentType("application/json"), "{\"n\":3}")
        .statusCode(200)
        .body("accepted", equalTo(1));
    post(given().header("X-Table", "array").contentType("application/json"), "[{\"n\":4},")
        .statusCode(400)
        .body("code", equalTo("malformed_body"));
    assertThat(stored.rows("array")).extracting(row -> row.get("n")).containsExactly(1L, 2L, 3L);
  }

  @Test
  void smallConcurrentRequestsShareFramesAndAllLand() throws Exception {
    int requests = 2_000;
    post(to("small"), "{\"i\":-1}").statusCode(200);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + RestAssured.port + "/v1/ingest"))
            .header("Content-Type", "application/x-ndjson")
            .header("X-Table", "small");
    Semaphore under = new Semaphore(64);
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> answers = new ArrayList<>();
      for (int i = 0; i < requests; i++) {
        HttpRequest one =
            request.copy().POST(HttpRequest.BodyPublishers.ofString("{\"i\":" + i + "}")).build();
        answers.add(
            executor.submit(
                () -> {
                  under.acquire();
                  try {
                    return client.send(one, HttpResponse.BodyHandlers.discarding()).statusCode();
                  } finally {
                    under.release();
                  }
                }));
      }
      for (Future<Integer> answer : answers) {
        assertThat(answer.get()).isEqualTo(200);
      }
    }
    assertThat(stored.rows("small"))
        .extracting(row -> row.get("i"))
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(-1, requests).mapToObj(i -> (Object) (long) i).toList());
    assertThat(stored.frames("default", "small")).hasSizeLessThan(requests / 2);
  }

  @Test
  void rowsOfDifferentShapesSentAtOnceAllLandAndWidenTheTable() throws Exception {
    int requests = 40;
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> answers = new ArrayList<>();
      for (int i = 0; i < requests; i++) {
        String row = "{\"id\":" + i + ",\"only_" + i + "\":\"x\"}";
        answers.add(
            executor.submit(() -> post(to("shapes"), row).extract().response().statusCode()));
      }
      for (Future<Integer> answer : answers) {
        assertThat(answer.get()).isEqualTo(200);
      }
    }
    List<Map<String, Object>> rows = stored.rows("shapes");
    assertThat(rows).hasSize(requests);
    for (int i = 0; i < requests; i++) {
      long id = i;
      assertThat(rows)
          .filteredOn(row -> Long.valueOf(id).equals(row.get("id")))
          .singleElement()
          .satisfies(row -> assertThat(row).containsEntry("only_" + id, "x"));
    }
  }

  @Test
  void headersWithoutMeaningAreRefused() {
    post(to("own").header("X-Database", "system"), "{}\n")
        .statusCode(400)
        .body("code", equalTo("invalid_name"));
    post(given().contentType("application/x-ndjson"), "{}\n")
        .statusCode(400)
        .body("code", equalTo("invalid_header"));
    post(to("no/slash"), "{}\n").statusCode(400).body("code", equalTo("invalid_name"));
    post(to("flags").header("X-Atomic", "perhaps"), "{}\n")
        .statusCode(400)
        .body("code", equalTo("invalid_header"));
    post(given().header("X-Table", "types").contentType("application/xml"), "<a/>")
        .statusCode(415)
        .contentType("application/problem+json");
  }

  @Test
  void gzipIsReadBoundedAndBrokenGzipIsMalformed() throws IOException {
    to("zipped")
        .header("Content-Encoding", "gzip")
        .body(gzip("{\"n\":1}\n".getBytes(StandardCharsets.US_ASCII)))
        .post("/v1/ingest")
        .then()
        .statusCode(200)
        .body("accepted", equalTo(1));
    to("zipped")
        .header("Content-Encoding", "gzip")
        .body(gzip(new byte[300 << 20]))
        .post("/v1/ingest")
        .then()
        .statusCode(413)
        .body("code", equalTo("body_too_large"));
    to("zipped")
        .header("Content-Encoding", "gzip")
        .body("no gzip".getBytes(StandardCharsets.US_ASCII))
        .post("/v1/ingest")
        .then()
        .statusCode(400)
        .body("code", equalTo("malformed_body"));
    to("zipped")
        .header("Content-Encoding", "br")
        .body(new byte[] {1})
        .post("/v1/ingest")
        .then()
        .statusCode(415);
  }

  @Test
  void waitingForACommitThatDoesNotComeSaysThatTheRowsAreSafe() {
    to("waiting")
        .queryParam("wait", "committed")
        .body("{\"n\":1}\n".getBytes(StandardCharsets.US_ASCII))
        .post("/v1/ingest")
        .then()
        .statusCode(504)
        .body("code", equalTo("not_committed_yet"))
        .body("lag", hasSize(1))
        .body("token", not(equalTo("")));
    assertThat(stored.rows("waiting")).hasSize(1);
  }

  @Test
  void declaredTablesKeepTheirTypes() {
    String table =
        """
        {"name":"declared","columns":[
          {"name":"id","type":"int64","nullable":false},
          {"name":"at","type":"timestamp"},
          {"name":"price","type":"decimal(10,2)"},
          {"name":"note","type":"text"}],
         "time_column":"at"}""";
    post(given().contentType("application/json"), "/v1/tables", table)
        .statusCode(201)
        .body("created", equalTo(true));
    post(given().contentType("application/json"), "/v1/tables", table)
        .statusCode(409)
        .body("code", equalTo("table_exists"));
    post(
            given().contentType("application/json"),
            "/v1/tables",
            table.replace("\"time_column\"", "\"if_not_exists\":true,\"time_column\""))
        .statusCode(200)
        .body("created", equalTo(false));
    post(
            to("declared"),
            """
            {"id":1,"at":"2024-01-01 00:00:00","price":"1.50","note":"fits"}
            {"id":"2"}
            {"note":"no id"}
            {"id":3,"other":1}
            {"id":4,"price":1.234}
            """)
        .statusCode(200)
        .body("accepted", equalTo(1))
        .body("rejected.line", equalTo(List.of(2, 3, 4, 5)));
    post(to("declared").header("X-Atomic", "true"), "{\"id\":5}\n{\"id\":null}\n")
        .statusCode(422)
        .body("code", equalTo("rows_rejected"))
        .body("rejected[0].reason", containsString("must have a value"));
    assertThat(stored.rows("declared"))
        .containsExactly(
            Map.of(
                "id",
                1L,
                "at",
                1_704_067_200_000_000_000L,
                "price",
                new BigDecimal("1.50"),
                "note",
                "fits"));
  }

  private static ValidatableResponse post(RequestSpecification request, String path, String body) {
    return request.body(body).post(path).then();
  }

  @Test
  void tablesThatCannotBeAreRefused() {
    post(
            given().contentType("application/json"),
            "/v1/tables",
            "{\"name\":\"t\",\"columns\":[{\"name\":\"a\",\"type\":\"money\"}]}")
        .statusCode(422)
        .body("code", equalTo("invalid_table"));
    post(given().contentType("application/json"), "/v1/tables", "{\"name\":\"t\",\"columns\":[]}")
        .statusCode(400);
    post(given().contentType("application/json"), "/v1/tables", "{\"name\":")
        .statusCode(400)
        .body("code", equalTo("malformed_request"));
  }

  @Test
  void aLargeBodyIsCutIntoPartsThatAllLand() {
    int rows = 60_000;
    String body =
        IntStream.range(0, rows)
            .mapToObj(
                i -> "{\"i\":" + i + ",\"text\":\"some text to make the row longer " + i + "\"}")
            .collect(Collectors.joining("\n"));
    post(to("large").header("X-Idempotency-Key", "large"), body)
        .statusCode(200)
        .body("accepted", equalTo(rows));
    List<LogFrame> frames = stored.frames("default", "large");
    assertThat(frames).hasSizeGreaterThan(2);
    assertThat(frames)
        .extracting(frame -> frame.keys().getFirst().part())
        .containsExactlyElementsOf(IntStream.range(0, frames.size()).boxed().toList());
    assertThat(stored.rows("large"))
        .extracting(row -> row.get("i"))
        .containsExactlyElementsOf(
            IntStream.range(0, rows).mapToObj(i -> (Object) (long) i).toList());
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(content);
    }
    return out.toByteArray();
  }
}
