package dev.kyma.format.encoding;

/** The values of one block of byte strings: where each lies in {@code data}. */
@SuppressWarnings("ArrayRecordComponent") // internal, never compared
record BytesBlock(byte[] data, int[] offsets) {

  /** Reads {@code count} values laid out as lengths and bytes. */
  static BytesBlock read(ByteSource source, int count) {
    int width = source.u8(4);
    int lengths = source.skip((long) count * width);
    long total = 0;
    int at = source.position();
    int available = source.remaining();
    int[] offsets = new int[count + 1];
    offsets[0] = at;
    for (int i = 0; i < count; i++) {
      total += LittleEndian.getFixed(source.array(), lengths + i * width, width);
      if (total > available) {
        throw source.corrupt("values of " + available + " bytes", "longer ones");
      }
      offsets[i + 1] = at + (int) total;
    }
    if (total != available) {
      throw source.corrupt("values of " + available + " bytes", total + " bytes");
    }
    return new BytesBlock(source.array(), offsets);
  }

  /** Reads {@code count} values packed as hexadecimal text. */
  static BytesBlock readHex(ByteSource source, int count, int width) {
    long bytes = (long) count * width;
    if (bytes != source.remaining() || bytes > (1 << 29)) {
      throw source.corrupt(bytes + " bytes", source.remaining() + " bytes");
    }
    byte[] data = new byte[(int) (2 * bytes)];
    HexText.unpack(source.array(), source.skip(bytes), (int) bytes, data, 0);
    int[] offsets = new int[count + 1];
    for (int i = 1; i <= count; i++) {
      offsets[i] = i * 2 * width;
    }
    return new BytesBlock(data, offsets);
  }
}
