package dev.kyma.format.encoding.text;

import dev.kyma.format.encoding.ByteSink;
import dev.kyma.format.encoding.ByteSource;
import dev.kyma.format.encoding.Compressed;

/**
 * Byte strings as they are.
 *
 * <pre>
 * strings := u8 0, numbers lengths, counted               the bytes of all
 *          | u8 1, u8 width, counted                      twice width lower-case hexadecimal digits
 * counted := varint length, block
 * </pre>
 */
final class StringStream {
  private static final int BYTES = 0;
  private static final int HEX = 1;
  private static final int MAX_HEX = 64;

  private final byte[] texts;
  private final NumberStream numbers;
  private final StreamCompressor compressor;

  StringStream(byte[] texts, NumberStream numbers, StreamCompressor compressor) {
    this.texts = texts;
    this.numbers = numbers;
    this.compressor = compressor;
  }

  /** Appends strings, given as references into the texts. */
  void encode(long[] references, int from, int to, ByteSink out) {
    int width = hexWidth(references, from, to);
    if (width > 0) {
      ByteSink packed = new ByteSink((to - from) * width);
      for (int i = from; i < to; i++) {
        int place = SlotColumn.place(references[i]);
        int at = packed.reserve(width);
        RowTokenizer.pack(texts, place, place + 2 * width, packed.array(), at);
      }
      out.u8(HEX);
      out.u8(width);
      compressor.block(packed.array(), 0, packed.size(), out);
      return;
    }
    long[] lengths = new long[to - from];
    ByteSink bytes = new ByteSink(16 * lengths.length);
    for (int i = from; i < to; i++) {
      int length = SlotColumn.length(references[i]);
      lengths[i - from] = length;
      bytes.bytes(texts, SlotColumn.place(references[i]), length);
    }
    out.u8(BYTES);
    numbers.encode(lengths, lengths.length, new NumberStream.Habit(), out);
    compressor.block(bytes.array(), 0, bytes.size(), out);
  }

  /** How many bytes each string takes as hexadecimal text of one length; 0 when one is none. */
  private int hexWidth(long[] references, int from, int to) {
    int length = SlotColumn.length(references[from]);
    if (length < 8 || length > 2 * MAX_HEX || (length & 1) != 0) {
      return 0;
    }
    for (int i = from; i < to; i++) {
      if (SlotColumn.length(references[i]) != length) {
        return 0;
      }
      int place = SlotColumn.place(references[i]);
      for (int j = place; j < place + length; j++) {
        if (!(texts[j] >= '0' && texts[j] <= '9' || texts[j] >= 'a' && texts[j] <= 'f')) {
          return 0;
        }
      }
    }
    return length / 2;
  }

  /** Strings that have been read: where each lies. */
  @SuppressWarnings("ArrayRecordComponent") // internal, never compared
  record Strings(byte[] data, int[] offsets) {}

  /** Reads {@code count} strings, at least one. */
  static Strings decode(ByteSource in, String key, int count) {
    if (in.u8(HEX) == HEX) {
      return decodeHex(in, key, count);
    }
    long[] lengths = new long[count];
    NumberStream.decode(in, key, count, lengths);
    ByteSource block = Compressed.read(in.slice(in.count(in.remaining())), key);
    int[] offsets = new int[count + 1];
    offsets[0] = block.position();
    long end = (long) block.position() + block.remaining();
    for (int i = 0; i < count; i++) {
      if (lengths[i] < 0 || lengths[i] > end - offsets[i]) {
        throw block.corrupt("strings of " + block.remaining() + " bytes", "longer ones");
      }
      offsets[i + 1] = offsets[i] + (int) lengths[i];
    }
    if (offsets[count] != end) {
      throw block.corrupt("strings of " + block.remaining() + " bytes", "shorter ones");
    }
    return new Strings(block.array(), offsets);
  }

  private static Strings decodeHex(ByteSource in, String key, int count) {
    int width = in.u8(MAX_HEX);
    ByteSource block = Compressed.read(in.slice(in.count(in.remaining())), key);
    long bytes = (long) count * width;
    if (block.remaining() != bytes || 2 * bytes > Compressed.MAX_LENGTH) {
      throw block.corrupt(bytes + " bytes", block.remaining() + " bytes");
    }
    byte[] data = new byte[(int) (2 * bytes)];
    TextDigits.hex(block.array(), block.position(), (int) bytes, data, 0);
    int[] offsets = new int[count + 1];
    for (int i = 1; i <= count; i++) {
      offsets[i] = 2 * width * i;
    }
    return new Strings(data, offsets);
  }
}
