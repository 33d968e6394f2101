package dev.kyma.format.io.memory;

import dev.kyma.format.io.ObjectKey;
import dev.kyma.format.io.ObjectStore;
import dev.kyma.format.io.ObjectStoreException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** Keeps objects in memory; closing does nothing. Buffers it hands out are read-only. */
public final class MemoryObjectStore implements ObjectStore {
  // Keys are ASCII, so the order of strings is the bytewise one.
  private final ConcurrentSkipListMap<String, byte[]> objects = new ConcurrentSkipListMap<>();

  @Override
  public PutResult create(String key, List<ByteBuffer> content) {
    ObjectKey.check(key);
    int length = 0;
    for (ByteBuffer part : content) {
      length = Math.addExact(length, part.remaining());
    }
    ByteBuffer whole = ByteBuffer.allocate(length);
    for (ByteBuffer part : content) {
      whole.put(part.duplicate());
    }
    return objects.putIfAbsent(key, whole.array()) == null ? PutResult.CREATED : PutResult.EXISTS;
  }

  @Override
  public Optional<Stat> stat(String key) {
    byte[] object = objects.get(ObjectKey.check(key));
    return object == null ? Optional.empty() : Optional.of(new Stat(key, object.length));
  }

  @Override
  public ByteBuffer read(String key, long offset, int length) {
    byte[] object = object(key);
    if (offset < 0 || length < 0 || offset > object.length - length) {
      throw new IndexOutOfBoundsException(
          offset + " + " + length + " of " + object.length + " in " + key);
    }
    return slice(object, (int) offset, length);
  }

  @Override
  public Suffix readSuffix(String key, int maxLength) {
    byte[] object = object(key);
    int length = Math.min(maxLength, object.length);
    return new Suffix(object.length, slice(object, object.length - length, length));
  }

  @Override
  public List<ByteBuffer> readRanges(String key, List<Range> ranges) {
    List<ByteBuffer> buffers = new ArrayList<>(ranges.size());
    for (Range range : ranges) {
      buffers.add(read(key, range.offset(), range.length()));
    }
    return buffers;
  }

  @Override
  public List<Stat> list(String prefix, @Nullable String after, int limit) {
    NavigableMap<String, byte[]> from =
        after == null || after.compareTo(prefix) < 0
            ? objects.tailMap(prefix, true)
            : objects.tailMap(after, false);
    List<Stat> found = new ArrayList<>();
    for (Map.Entry<String, byte[]> entry : from.entrySet()) {
      if (found.size() >= limit || !entry.getKey().startsWith(prefix)) {
        break;
      }
      found.add(new Stat(entry.getKey(), entry.getValue().length));
    }
    return found;
  }

  @Override
  public void delete(List<String> keys) {
    for (String key : keys) {
      objects.remove(ObjectKey.check(key));
    }
  }

  @Override
  public void close() {}

  private byte[] object(String key) {
    byte[] object = objects.get(ObjectKey.check(key));
    if (object == null) {
      throw new ObjectStoreException.NotFound(key);
    }
    return object;
  }

  private static ByteBuffer slice(byte[] object, int offset, int length) {
    return ByteBuffer.wrap(object, offset, length).slice().asReadOnlyBuffer();
  }
}
