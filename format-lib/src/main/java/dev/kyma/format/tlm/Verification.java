package dev.kyma.format.tlm;

import dev.kyma.format.CorruptExtentException;
import dev.kyma.format.io.ObjectStore;
import java.util.Arrays;
import java.util.zip.CRC32C;

/** Compares the bytes of an object with the checksums its footer holds. */
final class Verification {
  private static final int STEP = 4 << 20;

  private Verification() {}

  /** Checks the header, which begins {@code bytes}. */
  static void header(String key, byte[] bytes, Footer footer) {
    int crc = Checksum.of(bytes, 0, Layout.HEADER_BYTES);
    if (crc != footer.headerCrc()
        || !Arrays.equals(
            bytes,
            0,
            Layout.HEADER_MAGIC.length,
            Layout.HEADER_MAGIC,
            0,
            Layout.HEADER_MAGIC.length)) {
      throw new CorruptExtentException(
          key,
          0,
          "header checksum " + Integer.toHexString(footer.headerCrc()),
          Integer.toHexString(crc));
    }
  }

  /** Checks the header and every region; statistics, footer and trailer are checked when read. */
  static void all(ObjectStore store, String key, long length, Footer footer) {
    header(key, ExtentBytes.read(store, key, length, 0, Layout.HEADER_BYTES), footer);
    for (Region region : footer.regions()) {
      CRC32C head = new CRC32C();
      add(head, store, key, length, region.headOffset(), region.headLength());
      check(key, region.headOffset(), region.headCrc(), head);
      boolean isWithHead = footer.version() == 1;
      CRC32C pages = new CRC32C();
      if (isWithHead) {
        add(pages, store, key, length, region.headOffset(), region.headLength());
      }
      add(pages, store, key, length, region.offset(), region.length());
      check(key, region.offset(), region.crc(), pages);
    }
  }

  private static void add(
      CRC32C crc, ObjectStore store, String key, long objectLength, long offset, long length) {
    for (long at = 0; at < length; at += STEP) {
      int size = (int) Math.min(STEP, length - at);
      crc.update(ExtentBytes.read(store, key, objectLength, offset + at, size));
    }
  }

  private static void check(String key, long offset, int expected, CRC32C found) {
    if ((int) found.getValue() != expected) {
      throw new CorruptExtentException(
          key,
          offset,
          "region checksum " + Integer.toHexString(expected),
          Long.toHexString(found.getValue()));
    }
  }
}
