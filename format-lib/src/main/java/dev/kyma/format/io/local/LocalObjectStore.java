package dev.kyma.format.io.local;

import dev.kyma.format.io.ObjectKey;
import dev.kyma.format.io.ObjectStore;
import dev.kyma.format.io.ObjectStoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Keeps each object as a file under a root directory, at the path that its key is.
 *
 * <p>An object is written to a temporary file, forced to disk, and linked to its name, which the
 * file system does for one of several contenders only; then its directory is forced to disk. So an
 * object is there whole and durably or not at all, also after a crash. Temporary files lie in a
 * directory whose name is no key, and are never listed.
 *
 * <p>As files and directories share names here, a key cannot be a directory of other keys: creating
 * {@code a} beside {@code a/b} throws {@link IllegalArgumentException}.
 */
public final class LocalObjectStore implements ObjectStore {
  // '~' is in no key.
  private static final String TEMPORARY = "~incoming";

  private final Path root;
  private final Path temporary;

  private LocalObjectStore(Path root, Path temporary) {
    this.root = root;
    this.temporary = temporary;
  }

  /**
   * Opens a directory, which is made if it does not exist.
   *
   * @throws ObjectStoreException.Unavailable if it cannot be made
   */
  public static LocalObjectStore open(Path directory) {
    Path root = directory.toAbsolutePath().normalize();
    Path temporary = root.resolve(TEMPORARY);
    try {
      Files.createDirectories(temporary);
      AbandonedFiles.delete(temporary);
      force(root);
    } catch (IOException e) {
      throw new ObjectStoreException.Unavailable(root.toString(), e);
    }
    return new LocalObjectStore(root, temporary);
  }

  @Override
  public PutResult create(String key, List<ByteBuffer> content) {
    Path file = file(key);
    Path incoming = temporary.resolve(UUID.randomUUID().toString());
    try {
      try {
        write(incoming, content);
        makeParents(file);
        Files.createLink(file, incoming);
      } finally {
        Files.deleteIfExists(incoming);
      }
      force(parent(file));
      return PutResult.CREATED;
    } catch (FileAlreadyExistsException e) {
      return existing(key, file, e);
    } catch (IOException e) {
      throw new ObjectStoreException.Unavailable(key, e);
    }
  }

  private PutResult existing(String key, Path file, FileAlreadyExistsException cause) {
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException("a key is also a directory of keys: " + key, cause);
    }
    try {
      // Whoever links first answers CREATED only after this; we must not be ahead of it.
      force(parent(file));
    } catch (IOException e) {
      throw new ObjectStoreException.Unavailable(key, e);
    }
    return PutResult.EXISTS;
  }

  @Override
  public Optional<Stat> stat(String key) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file(key), BasicFileAttributes.class);
      return attributes.isRegularFile()
          ? Optional.of(new Stat(key, attributes.size()))
          : Optional.empty();
    } catch (IOException e) {
      if (!Files.exists(file(key))) {
        checkThere(key);
        return Optional.empty();
      }
      throw new ObjectStoreException.Unavailable(key, e);
    }
  }

  @Override
  public ByteBuffer read(String key, long offset, int length) {
    try (FileChannel channel = channel(key)) {
      return read(channel, key, offset, length);
    } catch (IOException e) {
      throw new ObjectStoreException.Unavailable(key, e);
    }
  }

  @Override
  public Suffix readSuffix(String key, int maxLength) {
    try (FileChannel channel = channel(key)) {
      long size = channel.size();
      int length = (int) Math.min(maxLength, size);
      return new Suffix(size, read(channel, key, size - length, length));
    } catch (IOException e) {
      throw new ObjectStoreException.Unavailable(key, e);
    }
  }

  @Override
  public List<ByteBuffer> readRanges(String key, List<Range> ranges) {
    try (FileChannel channel = channel(key)) {
      List<ByteBuffer> buffers = new ArrayList<>(ranges.size());
      for (Range range : ranges) {
        buffers.add(read(channel, key, range.offset(), range.length()));
      }
      return buffers;
    } catch (IOException e) {
      throw new ObjectStoreException.Unavailable(key, e);
    }
  }

  @Override
  public List<Stat> list(String prefix, @Nullable String after, int limit) {
    checkThere(prefix);
    try {
      return new DirectoryListing(root, prefix, after, limit).run();
    } catch (IOException e) {
      throw new ObjectStoreException.Unavailable(prefix, e);
    }
  }

  @Override
  public void delete(List<String> keys) {
    checkThere("");
    for (String key : keys) {
      Path file = file(key);
      try {
        if (Files.isRegularFile(file)) {
          Files.deleteIfExists(file);
        }
      } catch (IOException e) {
        throw new ObjectStoreException.Unavailable(key, e);
      }
    }
  }

  @Override
  public void close() {}

  private Path file(String key) {
    return root.resolve(ObjectKey.check(key));
  }

  /** A directory that is gone, such as one of a volume not mounted, says nothing of its objects. */
  private void checkThere(String key) {
    if (!Files.isDirectory(temporary)) {
      throw new ObjectStoreException.Unavailable(key, new NoSuchFileException(root.toString()));
    }
  }

  private FileChannel channel(String key) throws IOException {
    Path file = file(key);
    try {
      FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
      if (Files.isRegularFile(file)) {
        return channel;
      }
      channel.close();
      throw new ObjectStoreException.NotFound(key);
    } catch (IOException e) {
      if (!Files.exists(file)) {
        checkThere(key);
        throw new ObjectStoreException.NotFound(key);
      }
      throw e;
    }
  }

  private static ByteBuffer read(FileChannel channel, String key, long offset, int length)
      throws IOException {
    long size = channel.size();
    if (offset < 0 || length < 0 || offset > size - length) {
      throw new IndexOutOfBoundsException(offset + " + " + length + " of " + size + " in " + key);
    }
    ByteBuffer buffer = ByteBuffer.allocate(length);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, offset + buffer.position()) < 0) {
        throw new IOException("the file became shorter");
      }
    }
    return buffer.flip();
  }

  private static void write(Path file, List<ByteBuffer> content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
      for (ByteBuffer part : content) {
        ByteBuffer rest = part.duplicate();
        while (rest.hasRemaining()) {
          channel.write(rest);
        }
      }
      channel.force(true);
    }
  }

  /** Makes missing directories, each durable in the one above before anything is put into it. */
  private void makeParents(Path file) throws IOException {
    Path directory = parent(file);
    if (Files.isDirectory(directory)) {
      return;
    }
    List<Path> missing = new ArrayList<>();
    for (Path at = directory; !at.equals(root) && !Files.isDirectory(at); at = parent(at)) {
      missing.add(at);
    }
    for (Path next : missing.reversed()) {
      try {
        Files.createDirectory(next);
      } catch (FileAlreadyExistsException e) {
        if (!Files.isDirectory(next)) {
          throw new IllegalArgumentException("a key is also a directory of keys: " + file, e);
        }
      }
      force(parent(next));
    }
  }

  private Path parent(Path file) {
    Path parent = file.getParent();
    return parent == null ? root : parent;
  }

  private static void force(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
