package dev.kyma.e2e.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The manifests of k8s/base, read with the model of the Kubernetes API. No cluster is at hand where
 * this runs: that they are accepted by one is not shown here.
 */
class KubernetesManifestsTest {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private final List<HasMetadata> resources = new ArrayList<>();

  KubernetesManifestsTest() throws IOException {
    Path base = RepositoryFiles.path("k8s/base");
    JsonNode kustomization = YAML.readTree(base.resolve("kustomization.yaml").toFile());
    for (JsonNode name : kustomization.required("resources")) {
      resources.add(Serialization.unmarshal(Files.readString(base.resolve(name.asText()))));
    }
    try (Stream<Path> files = Files.list(base)) {
      assertThat(files.count()).as("files of k8s/base").isEqualTo(resources.size() + 1L);
    }
  }

  @Test
  void everyFieldIsOneTheApiKnows() {
    for (HasMetadata resource : resources) {
      assertThat(misspelt(resource)).as(resource.getMetadata().getName()).isEmpty();
    }
  }

  @Test
  void everyServiceHasADeploymentWithProbesLimitsAndARestrictedContext() {
    for (String service : List.of("ingest", "query", "compactor", "connector")) {
      Deployment deployment = find(Deployment.class, "kyma-" + service);
      var pod = deployment.getSpec().getTemplate().getSpec();
      Container container = pod.getContainers().getFirst();
      assertThat(container.getReadinessProbe().getHttpGet().getPath()).isEqualTo("/q/health/ready");
      assertThat(container.getLivenessProbe().getHttpGet().getPath()).isEqualTo("/q/health/live");
      assertThat(container.getStartupProbe()).isNotNull();
      assertThat(container.getResources().getRequests()).containsKeys("cpu", "memory");
      assertThat(container.getResources().getLimits()).containsKey("memory");
      assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
      assertThat(pod.getSecurityContext().getSeccompProfile().getType())
          .isEqualTo("RuntimeDefault");
      assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
      assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
      assertThat(container.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
      assertThat(deployment.getSpec().getSelector().getMatchLabels())
          .isEqualTo(find(Service.class, "kyma-" + service).getSpec().getSelector());
    }
  }

  @Test
  void ingestIsReachableByEveryProtocolAndQueryKnowsIngest() {
    assertThat(
            find(Service.class, "kyma-ingest").getSpec().getPorts().stream()
                .map(port -> port.getPort()))
        .containsExactly(8080, 4317, 4318);
    List<EnvVar> environment =
        find(Deployment.class, "kyma-query")
            .getSpec()
            .getTemplate()
            .getSpec()
            .getContainers()
            .getFirst()
            .getEnv();
    assertThat(environment)
        .anySatisfy(
            variable -> {
              assertThat(variable.getName()).isEqualTo("KYMA_QUERY_INGEST_URL");
              assertThat(variable.getValue()).isEqualTo("http://kyma-ingest:8080");
            });
  }

  private <T extends HasMetadata> T find(Class<T> type, String name) {
    return resources.stream()
        .filter(type::isInstance)
        .map(type::cast)
        .filter(resource -> resource.getMetadata().getName().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + type.getSimpleName() + " " + name));
  }

  /** Fields the model kept aside because it does not know them. */
  private static List<String> misspelt(HasMetadata resource) {
    List<String> found = new ArrayList<>();
    collectAdditional(resource, resource.getKind(), found);
    return found;
  }

  private static void collectAdditional(Object node, String path, List<String> found) {
    switch (node) {
      case null -> {}
      case List<?> list -> list.forEach(item -> collectAdditional(item, path + "[]", found));
      case Map<?, ?> map -> map.values().forEach(item -> collectAdditional(item, path, found));
      default -> {
        if (!node.getClass().getName().startsWith("io.fabric8.kubernetes.api.model")) {
          return;
        }
        for (var method : node.getClass().getMethods()) {
          if (method.getParameterCount() > 0 || !method.getName().startsWith("get")) {
            continue;
          }
          try {
            Object value = method.invoke(node);
            if (method.getName().equals("getAdditionalProperties")) {
              ((Map<?, ?>) value).keySet().forEach(key -> found.add(path + "." + key));
            } else {
              collectAdditional(value, path + "." + method.getName().substring(3), found);
            }
          } catch (ReflectiveOperationException e) {
            throw new AssertionError(path + "." + method.getName(), e);
          }
        }
      }
    }
  }
}
