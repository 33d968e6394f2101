package dev.kyma.connector.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import org.junit.jupiter.api.Test;

/** The service as it is, and how any service answers what it cannot do. */
@QuarkusTest
class ConnectorResourceIT {
  private static final String PROBLEM = "application/problem+json";

  @Test
  void thereAreNoConnectors() {
    given().get("/v1/connectors").then().statusCode(200).body("$", empty());
  }

  @Test
  void theServiceSaysWhatItDoesNotDo() {
    given()
        .get("/v1/connectors/about")
        .then()
        .statusCode(200)
        .body("connectors", equalTo(0))
        .body("notDone", hasItem(containsString("POST /v1/connectors answers 501")));
  }

  @Test
  void aConnectorCannotBeCreated() {
    given()
        .contentType(ContentType.JSON)
        .body("{\"name\":\"orders\"}")
        .post("/v1/connectors")
        .then()
        .statusCode(501)
        .contentType(startsWith(PROBLEM))
        .body("code", equalTo("not_implemented"))
        .body("detail", containsString("/v1/connectors/about"));
  }

  @Test
  void anUnknownPathIsAProblem() {
    given()
        .get("/no/such/path")
        .then()
        .statusCode(404)
        .contentType(startsWith(PROBLEM))
        .body("code", equalTo("not_found"))
        .body("type", equalTo("urn:kyma:problem:not_found"));
  }

  @Test
  void aWrongMethodIsAProblem() {
    given()
        .delete("/v1/connectors")
        .then()
        .statusCode(405)
        .contentType(startsWith(PROBLEM))
        .body("code", equalTo("method_not_allowed"));
  }

  @Test
  void aBodyOverTheLimitIsAProblemThatNamesTheLimit() {
    given()
        .contentType(ContentType.JSON)
        .body("x".repeat(70_000))
        .post("/v1/connectors")
        .then()
        .statusCode(413)
        .contentType(startsWith(PROBLEM))
        .body("code", equalTo("body_too_large"))
        .body("maxBytes", equalTo(65536));
  }

  @Test
  void theProcessIsAliveThoughNothingItLeansOnIsThere() {
    given().get("/q/health/live").then().statusCode(200);
    given()
        .get("/q/health/ready")
        .then()
        .statusCode(503)
        .body("status", equalTo("DOWN"))
        .body(not(containsString("Exception")));
  }
}
