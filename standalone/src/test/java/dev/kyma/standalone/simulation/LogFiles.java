package dev.kyma.standalone.simulation;

import dev.kyma.service.log.LogPartition;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/**
 * Carries the records of a {@link SimulatedLog} from the process that appends to processes that
 * read: one file a partition, records with their lengths. A record that is only half written is
 * left for later. Used by one thread.
 */
final class LogFiles {
  private final Path directory;
  private final SimulatedLog log;
  private final Map<LogPartition, Long> taken = new HashMap<>();

  LogFiles(Path directory, SimulatedLog log) {
    this.directory = directory;
    this.log = log;
  }

  private Path file(LogPartition partition) {
    return directory.resolve("log-" + partition.ordinal());
  }

  /** Appends to the log here and for the readers. */
  void append(LogPartition partition, byte[] frame) {
    log.append(partition, frame);
    ByteArrayOutputStream record = new ByteArrayOutputStream(frame.length + 4);
    try (DataOutputStream out = new DataOutputStream(record)) {
      out.writeInt(frame.length);
      out.write(frame);
      Files.write(
          file(partition),
          record.toByteArray(),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Takes what was appended since the last call into the log here. */
  void take(LogPartition partition) {
    if (!Files.exists(file(partition))) {
      return;
    }
    long from = taken.getOrDefault(partition, 0L);
    try (FileChannel channel = FileChannel.open(file(partition), StandardOpenOption.READ)) {
      ByteBuffer bytes = ByteBuffer.allocate((int) (channel.size() - from));
      while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) >= 0) {}
      bytes.flip();
      while (bytes.remaining() >= 4 && bytes.remaining() - 4 >= bytes.getInt(bytes.position())) {
        byte[] frame = new byte[bytes.getInt()];
        bytes.get(frame);
        log.append(partition, frame);
      }
      taken.put(partition, from + bytes.position());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
