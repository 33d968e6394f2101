package dev.kyma.format.tlm;

import dev.kyma.format.encoding.ByteSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Reads the table of regions, and checks that they cover the object without gap or overlap. */
final class RegionTable {
  private RegionTable() {}

  /**
   * Reads the table.
   *
   * @param count how many entries it has
   * @param version the object's
   * @param end where the regions end
   */
  static List<Region> read(ByteSource source, int count, int version, long end) {
    List<Region> regions = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int kind = source.u16();
      source.u16();
      int column = source.i32();
      long offset = source.i64();
      long length = source.i64();
      int headLength = source.i32();
      int headCrc = source.i32();
      int crc = source.i32();
      long headOffset = source.i64();
      source.i32();
      if (headLength < 0 || offset < 0 || length < 0) {
        throw source.corrupt("a region", offset + " + " + length + ", head of " + headLength);
      }
      regions.add(
          version == 1
              ? first(source, kind, column, offset, length, headLength, headCrc, crc)
              : new Region(kind, column, offset, length, headOffset, headLength, headCrc, crc));
    }
    long covered = Layout.HEADER_BYTES;
    for (Region region : regions) {
      covered =
          step(
              source,
              covered,
              version == 1 ? region.headOffset() : region.offset(),
              version == 1 ? region.bytes() : region.length(),
              end);
    }
    if (version != 1) {
      List<Region> heads = new ArrayList<>(regions);
      heads.sort(Comparator.comparingLong(Region::headOffset));
      for (Region region : heads) {
        covered = step(source, covered, region.headOffset(), region.headLength(), end);
      }
    }
    if (covered != end) {
      throw source.corrupt("regions up to " + end, "up to " + covered);
    }
    return regions;
  }

  /** A region of version 1, where the head begins it and its length is a multiple of 64. */
  private static Region first(
      ByteSource source,
      int kind,
      int column,
      long offset,
      long length,
      int headLength,
      int headCrc,
      int crc) {
    if (headLength > length || (length & (Layout.ALIGNMENT - 1)) != 0) {
      throw source.corrupt("a region of " + length, "head of " + headLength);
    }
    return new Region(
        kind, column, offset + headLength, length - headLength, offset, headLength, headCrc, crc);
  }

  private static long step(ByteSource source, long covered, long offset, long length, long end) {
    if (offset != covered || length > end - covered) {
      throw source.corrupt("a stretch at " + covered, offset + " + " + length);
    }
    return covered + length;
  }
}
