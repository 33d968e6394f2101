package dev.kyma.format.arrow;

import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.Bits;
import dev.kyma.format.vector.BytesVector;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.DictionaryVector;
import dev.kyma.format.vector.DoubleVector;
import dev.kyma.format.vector.Flatten;
import dev.kyma.format.vector.FloatsVector;
import dev.kyma.format.vector.Int128Vector;
import dev.kyma.format.vector.LongVector;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * A batch ready to be written as one encapsulated Arrow record batch message: continuation marker,
 * metadata, body. Its length is a multiple of 8 and known before it is written.
 *
 * <p>Dictionaries are flattened. Holds the batch's arrays; used by one thread.
 */
public final class ArrowMessage {
  private static final int PREFIX_BYTES = 8;
  private static final int CONTINUATION = -1;

  private final List<ColumnVector> columns;
  private final byte[] metadata;
  private final int metadataLength;
  private final long length;

  private ArrowMessage(List<ColumnVector> columns, byte[] metadata, long bodyLength) {
    this.columns = columns;
    this.metadata = metadata;
    this.metadataLength = (int) BodyLayout.padded(metadata.length);
    this.length = PREFIX_BYTES + metadataLength + bodyLength;
  }

  /** Lays out a batch. */
  public static ArrowMessage of(Batch batch) {
    BodyLayout layout = new BodyLayout(batch.rowCount());
    List<ColumnVector> columns = new ArrayList<>(batch.columns().size());
    for (ColumnVector column : batch.columns()) {
      ColumnVector flat = Flatten.of(column);
      columns.add(flat);
      layOut(flat, layout);
    }
    return new ArrowMessage(columns, layout.metadata(), layout.bodyLength());
  }

  /** How many bytes the message takes. */
  public long length() {
    return length;
  }

  /**
   * Writes the message at a buffer's position, which moves to the message's end. The bytes there
   * must be 0 already, as in a new array.
   *
   * @throws IllegalArgumentException if a value is beyond what its column's type can hold
   */
  public void writeTo(ByteBuffer out) {
    out.order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(CONTINUATION);
    out.putInt(metadataLength);
    int body = out.position() + metadataLength;
    out.put(metadata);
    out.position(body);
    BodyWriter writer = new BodyWriter(out);
    for (ColumnVector column : columns) {
      writer.write(column);
    }
  }

  private static void layOut(ColumnVector column, BodyLayout layout) {
    int rows = column.size();
    long[] nulls = column.nulls();
    int nullCount = nulls == null ? 0 : Bits.count(nulls, rows);
    layout.node(rows, nullCount);
    layout.buffer(nullCount == 0 ? 0 : Bits.words(rows) * 8L);
    switch (column) {
      case LongVector longs -> layout.buffer(longBytes(longs.type(), rows));
      case DoubleVector doubles ->
          layout.buffer((long) rows * (doubles.type().kind() == LogicalType.Kind.FLOAT32 ? 4 : 8));
      case Int128Vector _ -> layout.buffer(rows * 16L);
      case BytesVector bytes -> {
        layout.buffer((rows + 1) * 4L);
        layout.buffer(bytes.offsets()[rows] - bytes.offsets()[0]);
      }
      case FloatsVector floats -> {
        long values = (long) rows * floats.dimension();
        layout.node(values, 0);
        layout.buffer(0);
        layout.buffer(values * 4);
      }
      case DictionaryVector _ -> throw new AssertionError("flattened");
    }
  }

  static long longBytes(LogicalType type, int rows) {
    return switch (type.kind()) {
      case BOOL -> Bits.words(rows) * 8L;
      case INT16 -> rows * 2L;
      case INT32, DATE -> rows * 4L;
      case INT64, TIME, TIMESTAMP -> rows * 8L;
      case DECIMAL -> rows * 16L;
      case FLOAT32, FLOAT64, TEXT, BINARY, DYNAMIC, VECTOR ->
          throw new IllegalArgumentException(type.toString());
    };
  }
}
