package dev.kyma.ingest.core.otlp;

import dev.kyma.format.type.Field;
import dev.kyma.format.type.TableSchema;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.BytesVectorBuilder;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.DoubleVectorBuilder;
import dev.kyma.format.vector.LongVectorBuilder;
import dev.kyma.format.vector.VectorBuilder;
import dev.kyma.ingest.core.json.JsonText;
import java.util.ArrayList;
import java.util.List;

/** Rows of one of the OTLP tables under construction, cut into batches as they grow. */
final class OtlpRows {
  private static final int BATCH_BYTES = 1 << 20;
  private static final int BATCH_ROWS = 1 << 16;
  private static final int EXPECTED_ROWS = 512;

  private final TableSchema schema;
  private final long maxBytes;
  private final VectorBuilder[] builders;
  private final List<Batch> batches = new ArrayList<>();
  private final JsonText scratch = new JsonText();
  private int rows;
  private long batchBytes;
  private long bytes;

  OtlpRows(TableSchema schema, long maxBytes) {
    this.schema = schema;
    this.maxBytes = maxBytes;
    this.builders = new VectorBuilder[schema.size()];
    for (int i = 0; i < builders.length; i++) {
      Field field = schema.field(i);
      builders[i] = VectorBuilder.of(field.type(), EXPECTED_ROWS);
    }
  }

  /** Asks for room for a row before any of it is appended. */
  void begin(long rowBytes) throws RejectedRecordException {
    if (bytes + rowBytes > maxBytes) {
      throw new RejectedRecordException(
          "the request's rows take more than "
              + maxBytes
              + " bytes together with resource and scope; send smaller requests");
    }
    bytes += rowBytes;
    batchBytes += rowBytes;
  }

  void number(int column, long value) {
    ((LongVectorBuilder) builders[column]).append(value);
  }

  void real(int column, double value) {
    ((DoubleVectorBuilder) builders[column]).append(value);
  }

  void absent(int column) {
    builders[column].appendNull();
  }

  void text(int column, byte[] data, ResourceContext.Slice slice) {
    ((BytesVectorBuilder) builders[column]).append(data, slice.from, slice.to - slice.from);
  }

  void text(int column, byte[] value) {
    ((BytesVectorBuilder) builders[column]).append(value, 0, value.length);
  }

  void text(int column, JsonText text) {
    ((BytesVectorBuilder) builders[column]).append(text.array(), 0, text.length());
  }

  /** An object or array, or NULL when it has no members. */
  void json(int column, JsonText text) {
    if (text.length() <= 2) {
      builders[column].appendNull();
    } else {
      text(column, text);
    }
  }

  void hex(int column, byte[] data, ResourceContext.Slice slice) {
    scratch.truncate(0);
    scratch.hex(data, slice.from, slice.to);
    ((BytesVectorBuilder) builders[column]).append(scratch.array(), 1, scratch.length() - 2);
  }

  /** Ends a row; every column must have been appended to once. */
  void end() {
    rows++;
    if (batchBytes >= BATCH_BYTES || rows == BATCH_ROWS) {
      cut();
    }
  }

  private void cut() {
    List<ColumnVector> columns = new ArrayList<>(builders.length);
    for (VectorBuilder builder : builders) {
      columns.add(builder.build());
    }
    batches.add(new Batch(columns, rows));
    rows = 0;
    batchBytes = 0;
  }

  /** All rows. */
  List<Batch> batches() {
    if (rows > 0) {
      cut();
    }
    return batches;
  }

  /** About how many bytes all rows take. */
  long bytes() {
    return bytes;
  }

  TableSchema schema() {
    return schema;
  }
}
