package dev.kyma.format.encoding.text;

import dev.kyma.format.encoding.ByteSource;
import dev.kyma.format.encoding.ChunkWriter;
import dev.kyma.format.encoding.PageSource;
import dev.kyma.format.type.LogicalType;
import java.util.List;

/** The pages of a chunk as its writer left them. */
record MemoryPages(byte[] head, List<byte[]> pages) implements PageSource {
  static MemoryPages of(ChunkWriter chunk) {
    return new MemoryPages(chunk.head().toBytes(), List.copyOf(chunk.pages()));
  }

  TextDecoder decoder(int rows) {
    ByteSource source = new ByteSource(key(), 0, head, 0, head.length);
    return new TextDecoder(source, LogicalType.TEXT, rows, this);
  }

  long bytes() {
    return head.length + pages.stream().mapToLong(page -> page.length).sum();
  }

  @Override
  public int pageCount() {
    return pages.size();
  }

  @Override
  public ByteSource page(int page) {
    return new ByteSource(key(), 0, pages.get(page), 0, pages.get(page).length);
  }

  @Override
  public String key() {
    return "t/e";
  }
}
