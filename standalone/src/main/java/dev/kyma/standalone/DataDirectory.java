package dev.kyma.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The directory that holds everything a process keeps, owned by one process at a time.
 *
 * <p>The lock is the operating system's: it ends with the process, however that ends.
 */
final class DataDirectory implements AutoCloseable {
  private final Path directory;
  private final FileChannel lockFile;

  private DataDirectory(Path directory, FileChannel lockFile) {
    this.directory = directory;
    this.lockFile = lockFile;
  }

  /**
   * Makes the directory if need be and takes it.
   *
   * @throws StartException if it cannot be written, or another process has it
   */
  static DataDirectory take(Path directory) {
    Path absolute = directory.toAbsolutePath().normalize();
    try {
      Files.createDirectories(absolute);
      FileChannel channel =
          FileChannel.open(
              absolute.resolve("kyma.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (tryLock(channel) == null) {
        channel.close();
        throw new StartException(
            "another Kyma process uses the data directory "
                + absolute
                + "; stop it, or set KYMA_DATA_DIR to another directory");
      }
      Files.deleteIfExists(absolute.resolve("kyma.ports"));
      return new DataDirectory(absolute, channel);
    } catch (IOException e) {
      throw new StartException("the data directory " + absolute + " cannot be used: " + e);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  Path path() {
    return directory;
  }

  /** The Kafka broker's part of it. */
  Path broker() {
    return directory.resolve("kafka");
  }

  /** The object store's part of it. */
  Path store() {
    return directory.resolve("store");
  }

  /** The catalog's database file. */
  Path catalog() {
    return directory.resolve("catalog.db");
  }

  /** Lets the configuration find catalog and store here, unless it names others. */
  void locate() {
    System.setProperty("kyma.standalone.catalog-url", "jdbc:sqlite:" + catalog());
    System.setProperty("kyma.standalone.store-url", store().toUri().toString());
  }

  /**
   * Writes {@code kyma.ports} for scripts, whole or not at all: its presence says that the process
   * is ready.
   */
  void publish(Map<String, Long> ports) throws IOException {
    String text =
        new TreeMap<>(ports)
            .entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue() + "\n")
                .collect(Collectors.joining());
    Path written = Files.writeString(directory.resolve("kyma.ports.new"), text, UTF_8);
    Files.move(
        written,
        directory.resolve("kyma.ports"),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /** Takes {@code kyma.ports} away and gives the directory back. */
  @Override
  public void close() {
    try {
      Files.deleteIfExists(directory.resolve("kyma.ports"));
      lockFile.close();
    } catch (IOException e) {
      System.err.println("The data directory could not be given back cleanly: " + e);
    }
  }
}
