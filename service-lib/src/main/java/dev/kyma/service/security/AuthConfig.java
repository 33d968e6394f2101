package dev.kyma.service.security;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Who may talk to this process. Neither property set means: nobody but this host. */
@ConfigMapping(prefix = "kyma.auth")
public interface AuthConfig {

  /** Bearer tokens that are accepted, separated by commas; each at least 16 characters. */
  Optional<List<String>> tokens();

  /** A file with further tokens, one a line; lines that start with {@code #} are skipped. */
  Optional<Path> tokensFile();
}
