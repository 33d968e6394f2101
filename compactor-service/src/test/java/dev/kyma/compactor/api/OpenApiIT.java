package dev.kyma.compactor.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kyma.compactor.CompactorResources;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** The checked-in description of the API is what the running service says of itself. */
@QuarkusTest
@QuarkusTestResource(CompactorResources.class)
class OpenApiIT {
  private static final Path DOCUMENT = Path.of("..", "docs", "api", "compactor-service.yaml");
  private static final Path ACTUAL = Path.of("target", "compactor-service.openapi.yaml");

  @Test
  void theDocumentIsTheServices() throws IOException {
    String actual = given().queryParam("format", "yaml").get("/q/openapi").asString();
    Files.writeString(ACTUAL, actual);
    assertThat(parse(Files.readString(DOCUMENT)))
        .as("copy compactor-service/" + ACTUAL + " if the change is meant")
        .isEqualTo(parse(actual));
  }

  private static Map<String, Object> parse(String yaml) {
    return new Yaml().load(yaml);
  }
}
