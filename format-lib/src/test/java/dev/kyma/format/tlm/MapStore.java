package dev.kyma.format.tlm;

import dev.kyma.format.io.ObjectStore;
import dev.kyma.format.io.ObjectStoreException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** Objects in a map, whose bytes tests may damage; counts reads. */
final class MapStore implements ObjectStore {
  final Map<String, byte[]> objects = new ConcurrentSkipListMap<>();
  int requests;

  /** What has been read, stretches that touch as one. */
  final List<Range> stretches = new ArrayList<>();

  private synchronized void note(long offset, int length) {
    if (!stretches.isEmpty()
        && stretches.getLast().offset() + stretches.getLast().length() == offset) {
      Range last = stretches.removeLast();
      stretches.add(new Range(last.offset(), last.length() + length));
    } else {
      stretches.add(new Range(offset, length));
    }
  }

  /** How many bytes have been read. */
  long bytesRead() {
    return stretches.stream().mapToLong(Range::length).sum();
  }

  /** Stores bytes whatever was there before. */
  void set(String key, byte[] bytes) {
    objects.put(key, bytes);
  }

  byte[] get(String key) {
    byte[] bytes = objects.get(key);
    if (bytes == null) {
      throw new ObjectStoreException.NotFound(key);
    }
    return bytes;
  }

  static byte[] join(List<ByteBuffer> content) {
    ByteBuffer all = ByteBuffer.allocate(content.stream().mapToInt(ByteBuffer::remaining).sum());
    content.forEach(part -> all.put(part.duplicate()));
    return all.array();
  }

  @Override
  public PutResult create(String key, List<ByteBuffer> content) {
    return objects.putIfAbsent(key, join(content)) == null ? PutResult.CREATED : PutResult.EXISTS;
  }

  @Override
  public Optional<Stat> stat(String key) {
    return Optional.ofNullable(objects.get(key)).map(bytes -> new Stat(key, bytes.length));
  }

  @Override
  public ByteBuffer read(String key, long offset, int length) {
    requests++;
    note(offset, length);
    return slice(key, offset, length);
  }

  private ByteBuffer slice(String key, long offset, int length) {
    byte[] bytes = get(key);
    if (offset < 0 || length < 0 || offset + length > bytes.length) {
      throw new IndexOutOfBoundsException(
          offset + " + " + length + " of " + bytes.length + " in " + key);
    }
    return ByteBuffer.wrap(bytes, (int) offset, length).slice().asReadOnlyBuffer();
  }

  @Override
  public Suffix readSuffix(String key, int maxLength) {
    requests++;
    byte[] bytes = get(key);
    int length = Math.min(maxLength, bytes.length);
    note(bytes.length - length, length);
    return new Suffix(bytes.length, slice(key, bytes.length - length, length));
  }

  @Override
  public List<ByteBuffer> readRanges(String key, List<Range> ranges) {
    requests++;
    List<ByteBuffer> parts = new ArrayList<>();
    for (Range range : ranges) {
      note(range.offset(), range.length());
      parts.add(slice(key, range.offset(), range.length()));
    }
    return parts;
  }

  @Override
  public List<Stat> list(String prefix, @Nullable String after, int limit) {
    return objects.entrySet().stream()
        .filter(e -> e.getKey().startsWith(prefix))
        .filter(e -> after == null || e.getKey().compareTo(after) > 0)
        .limit(limit)
        .map(e -> new Stat(e.getKey(), e.getValue().length))
        .toList();
  }

  @Override
  public void delete(List<String> keys) {
    keys.forEach(objects::remove);
  }

  @Override
  public void close() {}
}
