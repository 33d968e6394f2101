package dev.kyma.service.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class BearerTokensTest {
  private static final String ONE = "0123456789abcdef-one";
  private static final String TWO = "0123456789abcdef-two";

  @Test
  void everyConfiguredTokenIsAdmitted() {
    BearerTokens tokens = new BearerTokens(List.of(ONE, TWO));
    assertThat(tokens.admit("Bearer " + ONE)).isTrue();
    assertThat(tokens.admit("bearer " + TWO)).isTrue();
  }

  @Test
  void nothingElseIsAdmitted() {
    BearerTokens tokens = new BearerTokens(List.of(ONE));
    assertThat(tokens.admit(null)).isFalse();
    assertThat(tokens.admit("")).isFalse();
    assertThat(tokens.admit("Bearer ")).isFalse();
    assertThat(tokens.admit("Basic " + ONE)).isFalse();
    assertThat(tokens.admit(ONE)).isFalse();
    assertThat(tokens.admit("Bearer " + ONE + "x")).isFalse();
    assertThat(tokens.admit("Bearer " + ONE.substring(1))).isFalse();
  }

  @Test
  void withoutTokensEveryoneIsAdmitted() {
    BearerTokens none = new BearerTokens(List.of());
    assertThat(none.configured()).isFalse();
    assertThat(none.admit(null)).isTrue();
  }

  @Test
  void aTokenThatCanBeGuessedIsRefusedWithoutShowingIt() {
    assertThatThrownBy(() -> new BearerTokens(List.of("hunter2")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("shorter than 16")
        .hasMessageNotContaining("hunter2");
  }
}
