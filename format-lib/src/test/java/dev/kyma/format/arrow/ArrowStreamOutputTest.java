package dev.kyma.format.arrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kyma.format.testing.RandomVectors;
import dev.kyma.format.testing.Values;
import dev.kyma.format.type.Field;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.type.TableSchema;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.LongVector;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Arrow's own reader is the oracle. */
class ArrowStreamOutputTest {
  @Test
  void arrowReadsEveryTypeAsItWasWritten() throws IOException {
    long seed = new Random().nextLong();
    RandomVectors vectors = new RandomVectors(new Random(seed));
    List<Field> fields = new ArrayList<>();
    for (LogicalType type : RandomVectors.TYPES) {
      fields.add(new Field(fields.size() + 1, "c" + fields.size(), type, true));
    }
    TableSchema schema = new TableSchema(fields);
    List<Batch> batches = new ArrayList<>();
    for (int rows : new int[] {0, 1, 63, 64, 65, 1000}) {
      batches.add(
          new Batch(
              schema.fields().stream().map(f -> vectors.vector(f.type(), rows)).toList(), rows));
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ArrowStreamOutput out = new ArrowStreamOutput(bytes, schema)) {
      batches.forEach(out::write);
    }
    try (BufferAllocator allocator = new RootAllocator(64 << 20);
        ArrowStreamReader reader =
            new ArrowStreamReader(new ByteArrayInputStream(bytes.toByteArray()), allocator)) {
      var root = reader.getVectorSchemaRoot();
      assertThat(root.getSchema()).isEqualTo(ArrowSchema.of(schema));
      for (Batch batch : batches) {
        assertThat(reader.loadNextBatch()).isTrue();
        assertThat(root.getRowCount()).isEqualTo(batch.rowCount());
        for (int i = 0; i < schema.size(); i++) {
          FieldVector vector = root.getVector(i);
          List<@Nullable Object> read = new ArrayList<>();
          for (int row = 0; row < batch.rowCount(); row++) {
            read.add(value(vector, row, schema.field(i).type()));
          }
          assertThat(read)
              .as("seed %d, %s", seed, schema.field(i).type())
              .isEqualTo(Values.of(batch.column(i)));
        }
      }
      assertThat(reader.loadNextBatch()).isFalse();
    }
  }

  @Test
  void refusesValuesBeyondTheType() {
    ColumnVector tooWide = new LongVector(LogicalType.INT16, new long[] {40_000});
    TableSchema schema = TableSchema.of(new Field(1, "a", LogicalType.INT16, true));
    ArrowStreamOutput out = new ArrowStreamOutput(new ByteArrayOutputStream(), schema);
    assertThatThrownBy(() -> out.write(new Batch(List.of(tooWide), 1)))
        .isInstanceOf(IllegalArgumentException.class);
    LongVector unspecified =
        new LongVector(LogicalType.INT16, 1, new long[] {40_000}, new long[] {1});
    out.write(new Batch(List.of(unspecified), 1));
  }

  private static @Nullable Object value(FieldVector vector, int row, LogicalType type) {
    if (vector.isNull(row)) {
      return null;
    }
    Object value = vector.getObject(row);
    return switch (type.kind()) {
      case BOOL -> (long) ((BitVector) vector).get(row);
      case INT16, INT32, INT64, DATE, TIME, TIMESTAMP -> ((Number) value).longValue();
      case FLOAT32, FLOAT64 -> ((Number) value).doubleValue();
      case DECIMAL -> {
        var unscaled = ((BigDecimal) value).unscaledValue();
        yield type.physical() == LogicalType.Physical.LONG
            ? (Object) unscaled.longValueExact()
            : unscaled;
      }
      case TEXT, DYNAMIC ->
          ByteBuffer.wrap(((org.apache.arrow.vector.util.Text) value).copyBytes());
      case BINARY -> ByteBuffer.wrap((byte[]) value);
      case VECTOR -> value;
    };
  }
}
