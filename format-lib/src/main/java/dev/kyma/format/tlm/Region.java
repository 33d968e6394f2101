package dev.kyma.format.tlm;

/**
 * A chunk of the object: a head and pages.
 *
 * @param kind a {@link RegionKind} code, perhaps one this version does not know
 * @param column the column it belongs to, or 0
 * @param offset where the pages begin, in bytes
 * @param length how long the pages are, with their padding
 * @param headOffset where the head lies: before the pages in version 1, since version 2 among the
 *     heads of all regions, which stand before the statistics
 * @param headLength how long the head is
 * @param headCrc the checksum of the head
 * @param crc the checksum of the pages, in version 1 of head and pages
 */
record Region(
    int kind,
    int column,
    long offset,
    long length,
    long headOffset,
    int headLength,
    int headCrc,
    int crc) {

  /** Head and pages together. */
  long bytes() {
    return headLength + length;
  }
}
