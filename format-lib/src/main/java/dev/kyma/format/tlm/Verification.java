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
    header(key, ExtentBytes.array(store.read(key, 0, Layout.HEADER_BYTES)), footer);
    for (Region region : footer.regions()) {
      CRC32C crc = new CRC32C();
      for (long at = 0; at < region.length(); at += STEP) {
        int size = (int) Math.min(STEP, region.length() - at);
        crc.update(store.read(key, region.offset() + at, size));
      }
      if ((int) crc.getValue() != region.crc()) {
        throw new CorruptExtentException(
            key,
            region.offset(),
            "region checksum " + Integer.toHexString(region.crc()),
            Long.toHexString(crc.getValue()));
      }
    }
  }
}
