package dev.kyma.e2e.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The collector configuration of docs/operations: its pipelines name what it defines, and it speaks
 * to Kyma as Kyma listens. No collector is at hand where this runs, so none is started with it.
 */
class CollectorConfigurationTest {
  private final JsonNode configuration;

  CollectorConfigurationTest() throws IOException {
    configuration =
        new ObjectMapper(new YAMLFactory())
            .readTree(RepositoryFiles.path("docs/operations/otel-collector.yaml").toFile());
  }

  @Test
  void everySignalFlowsThroughDefinedComponentsToKyma() {
    JsonNode pipelines = configuration.required("service").required("pipelines");
    for (String signal : List.of("logs", "traces", "metrics")) {
      JsonNode pipeline = pipelines.required(signal);
      for (String kind : List.of("receivers", "processors", "exporters")) {
        assertThat(pipeline.required(kind)).as(signal + "." + kind).isNotEmpty();
        for (JsonNode component : pipeline.required(kind)) {
          assertThat(configuration.required(kind).has(component.asText()))
              .as(kind + "." + component.asText())
              .isTrue();
        }
      }
      assertThat(pipeline.required("exporters").toString()).contains("otlp/kyma");
    }
  }

  @Test
  void memoryIsLimitedBeforeBatching() {
    for (JsonNode pipeline : configuration.required("service").required("pipelines")) {
      assertThat(pipeline.required("processors").get(0).asText()).isEqualTo("memory_limiter");
    }
  }

  @Test
  void theExporterSpeaksGrpcToKymasPortRetriesForEverAndCarriesAToken() {
    JsonNode exporter = configuration.required("exporters").required("otlp/kyma");
    assertThat(exporter.required("endpoint").asText()).endsWith(":4317");
    assertThat(exporter.required("retry_on_failure").required("max_elapsed_time").asText())
        .isEqualTo("0s");
    assertThat(exporter.required("headers").required("authorization").asText())
        .startsWith("Bearer ");
  }
}
