package dev.kyma.service.security;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListenerGuardTest {
  private final ListenerGuard open = new ListenerGuard(new BearerTokens(List.of()));

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.8.8.8", "localhost", "::1"})
  void aLoopbackListenerNeedsNoToken(String host) {
    assertThatCode(() -> open.permit("HTTP", host)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.7", "", "no-such-host.invalid"})
  void anyOtherListenerWithoutATokenRefusesToStart(String host) {
    assertThatThrownBy(() -> open.permit("OTLP/gRPC", host))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("Kyma does not start: OTLP/gRPC would listen on " + host)
        .hasMessageNotContaining("\n");
  }

  @Test
  void withATokenAnyAddressWillDo() {
    ListenerGuard closed =
        new ListenerGuard(new BearerTokens(List.of("0123456789abcdef0123456789abcdef")));
    assertThatCode(() -> closed.permit("HTTP", "0.0.0.0")).doesNotThrowAnyException();
  }
}
