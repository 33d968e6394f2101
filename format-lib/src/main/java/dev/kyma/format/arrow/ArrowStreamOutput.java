package dev.kyma.format.arrow;

import dev.kyma.format.type.TableSchema;
import dev.kyma.format.vector.Batch;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.arrow.vector.ipc.message.MessageSerializer;

/**
 * Writes batches as an Arrow IPC stream: the schema, a message a batch, and the end marker.
 *
 * <p>Used by one thread. Faults of the underlying stream are thrown as {@link
 * UncheckedIOException}.
 */
public final class ArrowStreamOutput implements AutoCloseable {
  /** The media type of such a stream. */
  public static final String MEDIA_TYPE = "application/vnd.apache.arrow.stream";

  private static final byte[] END = {-1, -1, -1, -1, 0, 0, 0, 0};

  private final OutputStream out;

  /** Starts a stream by writing the schema; the batches must have its columns. */
  public ArrowStreamOutput(OutputStream out, TableSchema schema) {
    this.out = out;
    ByteBuffer metadata = MessageSerializer.serializeMetadata(ArrowSchema.of(schema));
    int length = metadata.remaining();
    int padded = (int) BodyLayout.padded(length);
    ByteBuffer message = ByteBuffer.allocate(8 + padded).order(ByteOrder.LITTLE_ENDIAN);
    message.putInt(-1).putInt(padded).put(metadata);
    write(message.array());
  }

  /** Writes one batch. */
  public void write(Batch batch) {
    ArrowMessage message = ArrowMessage.of(batch);
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(message.length()));
    message.writeTo(bytes);
    write(bytes.array());
  }

  /** Writes the end marker; the underlying stream is flushed and stays open. */
  @Override
  public void close() {
    write(END);
    try {
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(byte[] bytes) {
    try {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
