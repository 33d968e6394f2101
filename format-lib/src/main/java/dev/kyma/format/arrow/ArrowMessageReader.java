package dev.kyma.format.arrow;

import dev.kyma.format.type.Field;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.type.TableSchema;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.ColumnVector;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.RecordBatch;

/**
 * Reads encapsulated Arrow record batch messages whose schema is known, without dictionaries or
 * compression.
 *
 * <p>The bytes are not trusted: whatever they are, the outcome is a batch or a {@link
 * MalformedArrowException}, and what is allocated is bounded by a multiple of their length. Byte
 * strings of the batch share the array that is read, which must not be written any more. Stateless.
 */
public final class ArrowMessageReader {
  private ArrowMessageReader() {}

  /**
   * Reads the message at {@code [from, to)}.
   *
   * @param rows how many rows it must have
   * @throws MalformedArrowException if it is anything else
   */
  public static Batch read(byte[] data, int from, int to, TableSchema schema, int rows) {
    if (to - from < 8) {
      throw new MalformedArrowException(to - from + " bytes");
    }
    ByteBuffer in = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
    int metadataLength = in.getInt(from + 4);
    if (in.getInt(from) != -1 || metadataLength < 8 || metadataLength > to - from - 8) {
      throw new MalformedArrowException("metadata of " + metadataLength + " bytes");
    }
    int body = from + 8 + metadataLength;
    ByteBuffer metadata =
        ByteBuffer.wrap(data, from + 8, metadataLength).slice().order(ByteOrder.LITTLE_ENDIAN);
    try {
      BodyReader reader = new BodyReader(data, body, to, rows);
      RecordBatch batch = recordBatch(metadata, to - body);
      if (batch.length() != rows) {
        throw new MalformedArrowException(batch.length() + " rows, expected " + rows);
      }
      return new Batch(columns(batch, schema, reader), rows);
    } catch (IndexOutOfBoundsException | AssertionError e) {
      // Offsets in the metadata that point nowhere.
      throw new MalformedArrowException("metadata", e);
    }
  }

  private static RecordBatch recordBatch(ByteBuffer metadata, long bodyLength) {
    Message message = Message.getRootAsMessage(metadata);
    if (message.headerType() != MessageHeader.RecordBatch || message.bodyLength() != bodyLength) {
      throw new MalformedArrowException(
          "header " + message.headerType() + " with a body of " + message.bodyLength());
    }
    RecordBatch batch = (RecordBatch) message.header(new RecordBatch());
    if (batch == null || batch.compression() != null) {
      throw new MalformedArrowException("no uncompressed record batch");
    }
    return batch;
  }

  private static List<ColumnVector> columns(
      RecordBatch batch, TableSchema schema, BodyReader reader) {
    FieldNode node = new FieldNode();
    Buffer buffer = new Buffer();
    int nodes = 0;
    int buffers = 0;
    List<ColumnVector> columns = new ArrayList<>(schema.size());
    for (Field field : schema.fields()) {
      LogicalType type = field.type();
      if (nodes >= batch.nodesLength() || batch.nodes(node, nodes++).length() != reader.rows()) {
        throw new MalformedArrowException("column " + field.name());
      }
      int count = type.kind() == LogicalType.Kind.VECTOR ? 3 : isBytes(type) ? 3 : 2;
      if (buffers + count > batch.buffersLength()) {
        throw new MalformedArrowException("buffers of column " + field.name());
      }
      long nullCount = node.nullCount();
      for (int i = 0; i < count; i++) {
        batch.buffers(buffer, buffers++);
        reader.buffer(i, buffer.offset(), buffer.length());
      }
      nodes += type.kind() == LogicalType.Kind.VECTOR ? 1 : 0;
      columns.add(reader.column(type, nullCount));
    }
    if (nodes != batch.nodesLength() || buffers != batch.buffersLength()) {
      throw new MalformedArrowException("more columns than the schema has");
    }
    return columns;
  }

  private static boolean isBytes(LogicalType type) {
    return type.physical() == LogicalType.Physical.BYTES;
  }
}
