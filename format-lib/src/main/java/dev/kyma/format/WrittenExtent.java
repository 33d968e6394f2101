package dev.kyma.format;

import dev.kyma.format.index.ExtentFilter;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * An extent's bytes, ready to be stored, and what the catalog must know of it.
 *
 * @param content the object's bytes in order; the buffers must not be written
 * @param summary what the footer says of the extent
 * @param filters what the catalog needs to rule the extent out by single values
 */
public record WrittenExtent(
    List<ByteBuffer> content, ExtentSummary summary, List<ExtentFilter> filters) {
  public WrittenExtent {
    content = List.copyOf(content);
    filters = List.copyOf(filters);
  }

  /** The length of the object in bytes. */
  public long length() {
    return content.stream().mapToLong(ByteBuffer::remaining).sum();
  }
}
