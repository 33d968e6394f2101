package dev.kyma.format.tlm;

import dev.kyma.format.CorruptExtentException;
import dev.kyma.format.io.ObjectStore;
import dev.kyma.format.io.ObjectStore.Range;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The bytes of one object. Safe for use by many threads. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ExtentBytes(ObjectStore store, String key, long length, byte @Nullable [] whole) {

  /** A buffer's remaining bytes as an array of their own. */
  static byte[] array(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  /** Whether reading makes a request of the store. */
  boolean isRemote() {
    return whole == null;
  }

  List<byte[]> read(List<Range> ranges) {
    List<byte[]> parts = new ArrayList<>(ranges.size());
    byte[] all = whole;
    if (all != null) {
      for (Range range : ranges) {
        byte[] part = new byte[range.length()];
        System.arraycopy(all, (int) range.offset(), part, 0, part.length);
        parts.add(part);
      }
      return parts;
    }
    List<ByteBuffer> buffers = store.readRanges(key, ranges);
    for (int i = 0; i < ranges.size(); i++) {
      byte[] part = array(buffers.get(i));
      if (part.length != ranges.get(i).length()) {
        throw new CorruptExtentException(
            key, ranges.get(i).offset(), ranges.get(i).length() + " bytes", part.length + " bytes");
      }
      parts.add(part);
    }
    return parts;
  }
}
