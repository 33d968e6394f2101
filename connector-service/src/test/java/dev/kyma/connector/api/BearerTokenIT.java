package dev.kyma.connector.api;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** With tokens configured, nothing but the health probes answers without one. */
@QuarkusTest
@TestProfile(BearerTokenIT.WithTokens.class)
class BearerTokenIT {
  private static final String TOKEN = "correct-horse-battery-staple";

  /** Two tokens. */
  public static final class WithTokens implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("kyma.auth.tokens", "another-token-of-some-length," + TOKEN);
    }
  }

  @Test
  void withoutATokenTheAnswerIs401WithAChallenge() {
    for (String path : new String[] {"/v1/connectors", "/no/such/path", "/q/metrics"}) {
      given()
          .get(path)
          .then()
          .statusCode(401)
          .header("WWW-Authenticate", startsWith("Bearer"))
          .body("code", equalTo("unauthenticated"));
    }
  }

  @Test
  void aPathThatOnlyLooksLikeAHealthProbeNeedsAToken() {
    given().urlEncodingEnabled(false).get("/q/health/../../v1/connectors").then().statusCode(401);
    given().urlEncodingEnabled(false).get("/q/healthy").then().statusCode(401);
  }

  @Test
  void aWrongTokenIsNotAdmitted() {
    given()
        .header("Authorization", "Bearer " + TOKEN + "x")
        .get("/v1/connectors")
        .then()
        .statusCode(401);
  }

  @Test
  void theRightTokenIsAdmitted() {
    given().header("Authorization", "Bearer " + TOKEN).get("/v1/connectors").then().statusCode(200);
  }

  @Test
  void theHealthProbesNeedNone() {
    given().get("/q/health/live").then().statusCode(200);
  }
}
