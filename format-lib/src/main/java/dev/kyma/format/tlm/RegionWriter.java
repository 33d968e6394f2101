package dev.kyma.format.tlm;

import dev.kyma.format.encoding.ByteSink;
import dev.kyma.format.encoding.ChunkWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Lays out an object: the header, the pages of every region, then the heads of all regions, so that
 * one read near the end opens several columns. Used by one thread.
 */
final class RegionWriter {
  private record Pending(
      RegionKind kind, int column, long offset, long length, int crc, ByteSink head) {}

  private final List<ByteBuffer> content = new ArrayList<>();
  private final List<Pending> pending = new ArrayList<>();
  private final int headerCrc;
  private long offset;

  RegionWriter() {
    ByteSink header = new ByteSink(Layout.HEADER_BYTES);
    header.bytes(Layout.HEADER_MAGIC);
    header.u16(FormatVersion.LATEST.number());
    header.zeros(Layout.HEADER_BYTES - header.size());
    headerCrc = Checksum.of(header.array(), 0, header.size());
    append(header.toBytes());
  }

  int headerCrc() {
    return headerCrc;
  }

  /** How many bytes there are so far. */
  long offset() {
    return offset;
  }

  List<ByteBuffer> content() {
    return content;
  }

  /** Adds bytes as they are. */
  void append(byte[] bytes) {
    if (bytes.length > 0) {
      content.add(ByteBuffer.wrap(bytes).asReadOnlyBuffer());
      offset += bytes.length;
    }
  }

  /** Adds the pages of a region and keeps its head for later. */
  void add(RegionKind kind, int column, ChunkWriter chunk) {
    ByteSink head = new ByteSink(chunk.head().size() + 8 * chunk.pages().size() + 68);
    head.i32(chunk.pages().size());
    long start = offset;
    CRC32C crc = new CRC32C();
    for (byte[] page : chunk.pages()) {
      head.i32(page.length);
      head.i32(Checksum.of(page, 0, page.length));
      crc.update(page);
      append(page);
    }
    head.bytes(chunk.head().array(), 0, chunk.head().size());
    pending.add(new Pending(kind, column, start, offset - start, (int) crc.getValue(), head));
  }

  /**
   * Adds the heads of all regions, the longest first and those of indexes last: what is most likely
   * to be read with the footer is then as much as possible.
   */
  List<Region> heads() {
    List<Pending> order = new ArrayList<>(pending);
    order.sort(
        Comparator.comparing((Pending region) -> region.kind != RegionKind.COLUMN)
            .thenComparingInt(region -> -region.head.size()));
    List<Region> regions = new ArrayList<>(order.size());
    for (Pending next : order) {
      if (regions.size() == order.size() - 1) {
        next.head.zeros(Layout.padding(offset + next.head.size()));
      }
      byte[] head = next.head.toBytes();
      regions.add(
          new Region(
              next.kind.code(),
              next.column,
              next.offset,
              next.length,
              offset,
              head.length,
              Checksum.of(head, 0, head.length),
              next.crc));
      append(head);
    }
    regions.sort(Comparator.comparingLong(Region::offset).thenComparingLong(Region::length));
    return regions;
  }
}
