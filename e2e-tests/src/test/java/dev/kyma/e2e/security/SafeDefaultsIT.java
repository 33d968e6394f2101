package dev.kyma.e2e.security;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kyma.e2e.process.KymaProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Without tokens no listener may be reachable from the network. */
class SafeDefaultsIT {
  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({"KYMA_HOST, ''", "KYMA_OTLP_GRPC_HOST, OTLP/gRPC", "KYMA_OTLP_HTTP_HOST, OTLP/HTTP"})
  void aListenerOnTheNetworkWithoutATokenIsRefusedInOneLine(String variable, String listener) {
    assertThatThrownBy(() -> KymaProcess.start(directory, Map.of(variable, "0.0.0.0"), List.of()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Kyma ended at start")
        .hasMessageContaining("Kyma does not start: " + listener)
        .hasMessageContaining(" would listen on 0.0.0.0 without authentication.")
        .hasMessageNotContaining("\tat ");
  }
}
