package dev.kyma.format.io.local;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** Removes temporary files that a crash has left behind. */
final class AbandonedFiles {
  /** No write takes so long; a younger file may be another process's, being written. */
  private static final Duration MIN_AGE = Duration.ofDays(1);

  private AbandonedFiles() {}

  static void delete(Path directory) throws IOException {
    Instant before = Instant.now().minus(MIN_AGE);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        try {
          if (Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
            Files.deleteIfExists(file);
          }
        } catch (NoSuchFileException e) {
          // Another process has finished with it meanwhile.
          continue;
        }
      }
    }
  }
}
