package dev.kyma.service.security;

import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads the tokens once, from configuration and file. */
@Dependent
public class SecurityProducer {

  @Produces
  @Singleton
  BearerTokens tokens(AuthConfig config) {
    List<String> tokens = new ArrayList<>(config.tokens().orElse(List.of()));
    config.tokensFile().ifPresent(file -> tokens.addAll(read(file)));
    if (tokens.isEmpty() && config.tokensFile().isPresent()) {
      throw new ConfigurationException(
          "Kyma does not start: kyma.auth.tokens-file has no token in it.");
    }
    try {
      return new BearerTokens(tokens);
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException("Kyma does not start: " + e.getMessage() + ".");
    }
  }

  @Produces
  @Singleton
  ListenerGuard guard(BearerTokens tokens) {
    return new ListenerGuard(tokens);
  }

  private static List<String> read(Path file) {
    try {
      return Files.readAllLines(file).stream()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new ConfigurationException(
          "Kyma does not start: kyma.auth.tokens-file cannot be read: " + file + ".");
    }
  }
}
