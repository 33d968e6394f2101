package dev.kyma.format.log;

import dev.kyma.format.arrow.ArrowMessage;
import dev.kyma.format.type.SystemColumns;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/** Writes frames, as {@code docs/spec/log-frame.md} says. Stateless. */
public final class FrameWriter {
  private FrameWriter() {}

  /**
   * The bytes of a frame. The schema of each batch must have been stored before they are sent.
   *
   * @throws IllegalArgumentException if the places of rows do not count up from 0, there are more
   *     than {@link SystemColumns#MAX_ROWS_PER_RECORD}, a value is beyond its column's type, or the
   *     frame would be larger than an array
   */
  public static byte[] write(LogFrame frame) {
    List<ArrowMessage> bodies = new ArrayList<>(frame.tables().size());
    long length =
        FrameLayout.HEADER_BYTES
            + (long) FrameLayout.KEY_BYTES * frame.keys().size()
            + (long) FrameLayout.TABLE_BYTES * frame.tables().size();
    int rows = 0;
    for (LogFrame.TableRows table : frame.tables()) {
      if (table.firstRow() != rows) {
        throw new IllegalArgumentException("rows begin at " + table.firstRow() + ", not " + rows);
      }
      rows += table.batch().rowCount();
      if (rows > SystemColumns.MAX_ROWS_PER_RECORD) {
        throw new IllegalArgumentException("too many rows for a frame");
      }
      ArrowMessage body = ArrowMessage.of(table.batch());
      bodies.add(body);
      length += body.length();
    }
    if (length > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException("a frame of " + length + " bytes");
    }
    ByteBuffer out = ByteBuffer.allocate((int) length).order(ByteOrder.LITTLE_ENDIAN);
    header(frame, out);
    for (KeyedRows keys : frame.keys()) {
      checkRows(keys, rows);
      key(keys, out);
    }
    for (int i = 0; i < bodies.size(); i++) {
      table(frame.tables().get(i), (int) bodies.get(i).length(), out);
    }
    for (ArrowMessage body : bodies) {
      body.writeTo(out);
    }
    byte[] bytes = out.array();
    out.putInt(FrameLayout.CHECKSUM_AT, checksum(bytes));
    return bytes;
  }

  private static void header(LogFrame frame, ByteBuffer out) {
    out.putInt(FrameLayout.MAGIC);
    out.put((byte) LogFrame.VERSION);
    out.put(FrameLayout.KIND_ROWS);
    out.putShort((short) 0);
    out.putInt(0);
    out.putInt(out.capacity());
    out.putInt(frame.keys().size());
    out.putInt(frame.tables().size());
  }

  private static void checkRows(KeyedRows keys, int rows) {
    if (keys.firstRow() < 0
        || keys.rowCount() < 0
        || keys.rowCount() > rows - keys.firstRow()
        || keys.part() < 0) {
      throw new IllegalArgumentException(keys + " in a frame of " + rows + " rows");
    }
  }

  private static void key(KeyedRows keys, ByteBuffer out) {
    out.putLong(keys.keyHigh());
    out.putLong(keys.keyLow());
    out.putLong(keys.payloadHigh());
    out.putLong(keys.payloadLow());
    out.putInt(keys.part());
    out.putInt(keys.firstRow());
    out.putInt(keys.rowCount());
    out.putInt(0);
  }

  private static void table(LogFrame.TableRows table, int bodyLength, ByteBuffer out) {
    out.putLong(table.table());
    out.putLong(table.fingerprint().high());
    out.putLong(table.fingerprint().low());
    out.putInt(table.firstRow());
    out.putInt(table.batch().rowCount());
    out.putInt(bodyLength);
    out.putInt(0);
  }

  /** CRC32C over the whole frame but the checksum's own four bytes. */
  static int checksum(byte[] frame) {
    CRC32C crc = new CRC32C();
    crc.update(frame, 0, FrameLayout.CHECKSUM_AT);
    crc.update(frame, FrameLayout.LENGTH_AT, frame.length - FrameLayout.LENGTH_AT);
    return (int) crc.getValue();
  }
}
