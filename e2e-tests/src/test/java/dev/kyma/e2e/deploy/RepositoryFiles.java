package dev.kyma.e2e.deploy;

import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the repository's files from a module's working directory. */
final class RepositoryFiles {
  private RepositoryFiles() {}

  /** The path of a file or directory named from the repository's root. */
  static Path path(String relative) {
    for (Path directory = Path.of("").toAbsolutePath();
        directory != null;
        directory = directory.getParent()) {
      if (Files.exists(directory.resolve(relative))) {
        return directory.resolve(relative);
      }
    }
    throw new IllegalStateException("no " + relative + " above the working directory");
  }
}
