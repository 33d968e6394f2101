package dev.kyma.format.tlm;

import dev.kyma.format.CorruptExtentException;
import dev.kyma.format.io.ObjectStore;
import dev.kyma.format.io.ObjectStore.Range;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/**
 * The bytes of one object, the last of which may be at hand. Safe for use by many threads.
 *
 * @param tail the last bytes of the object, as many as were read with its footer
 * @param footers where the tail is kept
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ExtentBytes(ObjectStore store, String key, long length, byte[] tail, FooterCache footers) {

  /** A buffer's remaining bytes as an array of their own. */
  static byte[] array(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  /**
   * Reads a stretch of an object.
   *
   * @throws CorruptExtentException if the object is shorter than it is known to be
   */
  static byte[] read(ObjectStore store, String key, long length, long offset, int count) {
    try {
      return array(store.read(key, offset, count));
    } catch (IndexOutOfBoundsException e) {
      throw new CorruptExtentException(
          key, offset, "an object of " + length + " bytes", "a shorter one");
    }
  }

  /** The fault that bytes are not what was written; whoever keeps them lets go of them. */
  CorruptExtentException damaged(long offset, String expected, String actual) {
    footers.forget(store, key, length);
    store.forget(key);
    return new CorruptExtentException(key, offset, expected, actual);
  }

  /** Whether reading some stretches makes a request of the store. */
  boolean isRemote(List<Range> ranges) {
    long start = length - tail.length;
    for (Range range : ranges) {
      if (range.offset() < start) {
        return true;
      }
    }
    return false;
  }

  List<byte[]> read(List<Range> ranges) {
    long start = length - tail.length;
    List<Range> far = ranges.stream().filter(range -> range.offset() < start).toList();
    Iterator<ByteBuffer> buffers = readFar(far).iterator();
    List<byte[]> parts = new ArrayList<>(ranges.size());
    for (Range range : ranges) {
      byte[] part;
      if (range.offset() >= start) {
        int at = (int) (range.offset() - start);
        part = Arrays.copyOfRange(tail, at, at + range.length());
      } else {
        part = array(buffers.next());
      }
      if (part.length != range.length()) {
        throw damaged(range.offset(), range.length() + " bytes", part.length + " bytes");
      }
      parts.add(part);
    }
    return parts;
  }

  private List<ByteBuffer> readFar(List<Range> ranges) {
    if (ranges.isEmpty()) {
      return List.of();
    }
    try {
      return store.readRanges(key, ranges);
    } catch (IndexOutOfBoundsException e) {
      // There were so many bytes when the footer was read.
      throw damaged(
          ranges.getFirst().offset(), "an object of " + length + " bytes", "a shorter one");
    }
  }
}
