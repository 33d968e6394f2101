package dev.kyma.format.tlm;

/**
 * A stretch of the object.
 *
 * @param kind a {@link RegionKind} code, perhaps one this version does not know
 * @param column the column it belongs to, or 0
 * @param offset where it begins, in bytes
 * @param length how long it is with its padding
 * @param headLength how long its head is
 * @param headCrc the checksum of the head
 * @param crc the checksum of all of it
 */
record Region(
    int kind, int column, long offset, long length, int headLength, int headCrc, int crc) {}
