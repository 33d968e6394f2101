package dev.kyma.format.log;

import dev.kyma.format.arrow.ArrowMessageReader;
import dev.kyma.format.arrow.MalformedArrowException;
import dev.kyma.format.io.ObjectStoreException;
import dev.kyma.format.type.SystemColumns;
import dev.kyma.format.type.TableSchema;
import dev.kyma.format.vector.Batch;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads frames, as {@code docs/spec/log-frame.md} says. Safe for use by many threads.
 *
 * <p>The bytes are not trusted: whatever they are, the outcome is a frame or a {@link
 * CorruptFrameException}, and what is allocated is bounded by a multiple of their length. The only
 * other faults are those of a schema store that cannot be reached, or whose objects are damaged.
 */
public final class FrameReader {
  private final SchemaSource schemas;

  /**
   * @param schemas where the schemas are that frames name
   */
  public FrameReader(SchemaSource schemas) {
    this.schemas = schemas;
  }

  /**
   * Decodes a record.
   *
   * @param record the whole record; text and binary columns of the frame share the array, which
   *     must not be written any more
   * @throws CorruptFrameException if it is not a whole frame of a known version, or names a schema
   *     that is not stored
   * @throws ObjectStoreException.Unavailable if a schema cannot be read now
   */
  public LogFrame read(byte[] record) {
    ByteBuffer in = ByteBuffer.wrap(record).order(ByteOrder.LITTLE_ENDIAN);
    checkHeader(record, in);
    int keyCount = in.getInt(FrameLayout.KEYS_AT);
    int tableCount = in.getInt(FrameLayout.TABLES_AT);
    long bodies =
        FrameLayout.HEADER_BYTES
            + (long) keyCount * FrameLayout.KEY_BYTES
            + (long) tableCount * FrameLayout.TABLE_BYTES;
    if (keyCount < 0 || tableCount < 0 || bodies > record.length) {
      throw new CorruptFrameException(
          FrameLayout.KEYS_AT, keyCount + " keys and " + tableCount + " tables");
    }
    int tablesAt = FrameLayout.HEADER_BYTES + keyCount * FrameLayout.KEY_BYTES;
    List<LogFrame.TableRows> tables = new ArrayList<>(tableCount);
    int body = (int) bodies;
    int rows = 0;
    for (int i = 0; i < tableCount; i++) {
      int at = tablesAt + i * FrameLayout.TABLE_BYTES;
      LogFrame.TableRows table = table(record, in, at, body, rows);
      tables.add(table);
      rows += table.batch().rowCount();
      body += in.getInt(at + 32);
    }
    if (body != record.length) {
      throw new CorruptFrameException(body, record.length - body + " bytes too many");
    }
    return new LogFrame(keys(in, keyCount, rows), tables);
  }

  private static void checkHeader(byte[] record, ByteBuffer in) {
    if (record.length < FrameLayout.HEADER_BYTES) {
      throw new CorruptFrameException(0, "a record of " + record.length + " bytes");
    }
    if (in.getInt(FrameLayout.MAGIC_AT) != FrameLayout.MAGIC) {
      throw new CorruptFrameException(FrameLayout.MAGIC_AT, "not a frame");
    }
    int version = record[FrameLayout.VERSION_AT];
    if (version != LogFrame.VERSION) {
      throw new CorruptFrameException(FrameLayout.VERSION_AT, "version " + version);
    }
    int length = in.getInt(FrameLayout.LENGTH_AT);
    if (length != record.length) {
      throw new CorruptFrameException(
          FrameLayout.LENGTH_AT, record.length + " bytes, expected " + length);
    }
    int expected = in.getInt(FrameLayout.CHECKSUM_AT);
    int actual = FrameWriter.checksum(record);
    if (expected != actual) {
      throw new CorruptFrameException(
          FrameLayout.CHECKSUM_AT,
          "checksum "
              + Integer.toHexString(actual)
              + ", expected "
              + Integer.toHexString(expected));
    }
    if (record[FrameLayout.KIND_AT] != FrameLayout.KIND_ROWS
        || in.getShort(FrameLayout.RESERVED_AT) != 0) {
      throw new CorruptFrameException(
          FrameLayout.KIND_AT, "kind " + record[FrameLayout.KIND_AT] + " is unknown");
    }
  }

  private LogFrame.TableRows table(byte[] record, ByteBuffer in, int at, int body, int firstRow) {
    int first = in.getInt(at + 24);
    int rows = in.getInt(at + 28);
    int length = in.getInt(at + 32);
    if (first != firstRow
        || rows < 0
        || rows > SystemColumns.MAX_ROWS_PER_RECORD - firstRow
        || length < 0
        || length > record.length - body
        || in.getInt(at + 36) != 0) {
      throw new CorruptFrameException(
          at, rows + " rows from " + first + " on in " + length + " bytes");
    }
    SchemaFingerprint fingerprint = new SchemaFingerprint(in.getLong(at + 8), in.getLong(at + 16));
    TableSchema schema = schema(fingerprint, at);
    try {
      Batch batch = ArrowMessageReader.read(record, body, body + length, schema, rows);
      return new LogFrame.TableRows(in.getLong(at), fingerprint, first, batch);
    } catch (MalformedArrowException e) {
      throw new CorruptFrameException(body, String.valueOf(e.getMessage()));
    }
  }

  private TableSchema schema(SchemaFingerprint fingerprint, int at) {
    try {
      return schemas.schema(fingerprint);
    } catch (ObjectStoreException.NotFound e) {
      throw new CorruptFrameException(at, "schema " + fingerprint + " is not stored");
    }
  }

  private static List<KeyedRows> keys(ByteBuffer in, int count, int rows) {
    List<KeyedRows> keys = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      int at = FrameLayout.HEADER_BYTES + i * FrameLayout.KEY_BYTES;
      int part = in.getInt(at + 32);
      int firstRow = in.getInt(at + 36);
      int rowCount = in.getInt(at + 40);
      if (part < 0
          || firstRow < 0
          || rowCount < 0
          || rowCount > rows - firstRow
          || in.getInt(at + 44) != 0) {
        throw new CorruptFrameException(
            at, "key of " + rowCount + " rows from " + firstRow + " on, of " + rows);
      }
      keys.add(
          new KeyedRows(
              in.getLong(at),
              in.getLong(at + 8),
              in.getLong(at + 16),
              in.getLong(at + 24),
              part,
              firstRow,
              rowCount));
    }
    return keys;
  }
}
