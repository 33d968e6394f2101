package dev.kyma.service.problem;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kyma.catalog.CatalogException;
import dev.kyma.format.io.ObjectStoreException;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.NotAllowedException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProblemMapperTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void whatAServiceReportsReachesTheClientWhole() {
    JsonNode body =
        write(
            ProblemMapper.map(
                new KymaException.Rejected(
                    new ProblemType("broken_lines", 400, "Lines cannot be read"),
                    "2 of 5 lines are not JSON.",
                    Map.of("lines", List.of(2, 4)))));
    assertThat(body.toString())
        .isEqualTo(
            "{\"type\":\"urn:kyma:problem:broken_lines\",\"title\":\"Lines cannot be read\","
                + "\"status\":400,\"code\":\"broken_lines\","
                + "\"detail\":\"2 of 5 lines are not JSON.\",\"lines\":[2,4]}");
  }

  @Test
  void aBusyServiceSaysWhenToComeBackInWholeSecondsRoundedUp() {
    ProblemType full = new ProblemType("buffers_full", 429, "Too much at once");
    assertThat(retryAfter(new KymaException.Busy(full, "Full.", Duration.ofMillis(20))))
        .isEqualTo(1);
    assertThat(retryAfter(new KymaException.Busy(full, "Full.", Duration.ofMillis(2001))))
        .isEqualTo(3);
  }

  @Test
  void theUnforeseenIsToldByAnIncidentOnly() {
    Problem problem = ProblemMapper.map(new IllegalStateException("secret /var/lib path"));
    assertThat(problem.status()).isEqualTo(500);
    assertThat(write(problem).toString()).doesNotContain("secret").doesNotContain("Exception");
    assertThat(problem.fields()).containsOnlyKeys("incident");
  }

  @Test
  void whatKymaLeansOnBeingDownIsUnavailableNotInternal() {
    Problem catalog =
        ProblemMapper.map(new CatalogException.Unavailable("no", new IOException("password=x")));
    Problem store = ProblemMapper.map(new ObjectStoreException.Unavailable("k", new IOException()));
    assertThat(List.of(catalog.code(), store.code()))
        .containsExactly("catalog_unavailable", "store_unavailable");
    assertThat(catalog.status()).isEqualTo(503);
    assertThat(catalog.detail()).doesNotContain("password");
    assertThat(catalog.retryAfterSeconds()).hasValue(1);
  }

  @Test
  void whatTheHttpLayerRefusesKeepsItsStatus() {
    assertThat(ProblemMapper.map(new NotAllowedException("GET")).status()).isEqualTo(405);
    assertThat(ProblemMapper.map(new BadRequestException()).code()).isEqualTo("malformed_request");
  }

  @Test
  void aBodyThatIsNotJsonIsTheClientsFaultAndHasAPlace() {
    Problem problem;
    try {
      JSON.readTree("{\n \"a\": ?}");
      throw new AssertionError("parsed");
    } catch (JsonProcessingException e) {
      problem = ProblemMapper.map(e);
    }
    assertThat(problem.status()).isEqualTo(400);
    assertThat(problem.detail()).contains("line 2, column");
  }

  private static long retryAfter(KymaException e) {
    return ProblemMapper.map(e).retryAfterSeconds().orElseThrow();
  }

  private static JsonNode write(Problem problem) {
    return JSON.valueToTree(problem);
  }
}
