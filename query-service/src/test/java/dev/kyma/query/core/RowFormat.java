package dev.kyma.query.core;

import dev.kyma.format.CorruptExtentException;
import dev.kyma.format.ExtentOptions;
import dev.kyma.format.ExtentReader;
import dev.kyma.format.ExtentSummary;
import dev.kyma.format.ExtentWriter;
import dev.kyma.format.KeyMatches;
import dev.kyma.format.RowOrder;
import dev.kyma.format.ScanCursor;
import dev.kyma.format.ScanRequest;
import dev.kyma.format.ScanStats;
import dev.kyma.format.SegmentFormat;
import dev.kyma.format.WrittenExtent;
import dev.kyma.format.index.ExtentFilter;
import dev.kyma.format.index.KeyScan;
import dev.kyma.format.io.ObjectStore;
import dev.kyma.format.json.PathExtractor;
import dev.kyma.format.predicate.ColumnPath;
import dev.kyma.format.predicate.PredicateEvaluator;
import dev.kyma.format.type.Field;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.type.TableSchema;
import dev.kyma.format.vector.AllNull;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.BytesVectorBuilder;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.Concat;
import dev.kyma.format.vector.DoubleVector;
import dev.kyma.format.vector.DoubleVectorBuilder;
import dev.kyma.format.vector.LongVector;
import dev.kyma.format.vector.LongVectorBuilder;
import dev.kyma.format.vector.Selection;
import dev.kyma.format.vector.VectorBuilder;
import dev.kyma.format.widen.Widening;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The simplest format there can be: the schema, then value after value, row after row, without
 * statistics. Types stored as 64-bit numbers, floats and byte strings only.
 */
final class RowFormat implements SegmentFormat {
  @Override
  public String name() {
    return "rows";
  }

  @Override
  public void verify(ObjectStore store, String key, long length) {
    // There are no checksums: what can be read is taken for whole.
    open(store, key, length);
  }

  @Override
  public SegmentFormat uncached() {
    return this;
  }

  @Override
  public ExtentWriter write(TableSchema schema, ExtentOptions options) {
    return new Writer(schema, options);
  }

  private static final class Writer implements ExtentWriter {
    private final TableSchema schema;
    private final ExtentOptions options;
    private final List<Batch> batches = new ArrayList<>();

    Writer(TableSchema schema, ExtentOptions options) {
      this.schema = schema;
      this.options = options;
    }

    @Override
    public void append(Batch batch) {
      batches.add(batch);
    }

    @Override
    public WrittenExtent finish() {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      long rows = 0;
      try (DataOutputStream out = new DataOutputStream(bytes)) {
        out.writeInt(options.primaryKey().size());
        for (int column : options.primaryKey()) {
          out.writeInt(column);
        }
        out.writeInt(schema.size());
        for (Field field : schema.fields()) {
          out.writeInt(field.id());
          out.writeUTF(field.name());
          out.writeUTF(field.type().id());
        }
        for (Batch batch : batches) {
          for (int row = 0; row < batch.rowCount(); row++) {
            for (ColumnVector column : batch.columns()) {
              write(out, column, row);
            }
          }
          rows += batch.rowCount();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      ExtentSummary summary =
          new ExtentSummary(
              rows,
              0,
              options.timeColumn(),
              List.of(),
              options.logs(),
              0,
              0,
              0,
              List.of(),
              options.order(),
              options.level(),
              0);
      return new WrittenExtent(List.of(ByteBuffer.wrap(bytes.toByteArray())), summary, List.of());
    }

    private static void write(DataOutputStream out, ColumnVector column, int row)
        throws IOException {
      out.writeBoolean(column.isNull(row));
      if (column.isNull(row)) {
        return;
      }
      switch (column) {
        case LongVector vector -> out.writeLong(vector.values()[row]);
        case DoubleVector vector -> out.writeDouble(vector.values()[row]);
        case ColumnVector other -> {
          BytesVectorBuilder one = new BytesVectorBuilder(other.type(), 1);
          one.append(other, row);
          byte[] value = one.build().bytes(0);
          out.writeInt(value.length);
          out.write(value);
        }
      }
    }
  }

  @Override
  public ExtentReader open(ObjectStore store, String key, long length) {
    ByteBuffer content = store.read(key, 0, (int) length);
    byte[] bytes = new byte[content.remaining()];
    content.get(bytes);
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      List<Integer> primaryKey = new ArrayList<>();
      for (int i = in.readInt(); i > 0; i--) {
        primaryKey.add(in.readInt());
      }
      List<Field> fields = new ArrayList<>();
      for (int i = in.readInt(); i > 0; i--) {
        fields.add(new Field(in.readInt(), in.readUTF(), LogicalType.parse(in.readUTF()), true));
      }
      List<VectorBuilder> builders = new ArrayList<>();
      fields.forEach(field -> builders.add(VectorBuilder.of(field.type(), 64)));
      int rows = 0;
      while (in.available() > 0) {
        for (VectorBuilder builder : builders) {
          read(in, builder);
        }
        rows++;
      }
      List<ColumnVector> columns = new ArrayList<>();
      builders.forEach(builder -> columns.add(builder.build()));
      return new Reader(new TableSchema(fields), primaryKey, new Batch(columns, rows), length);
    } catch (IOException e) {
      throw new CorruptExtentException(key, 0, "rows", String.valueOf(e.getMessage()));
    }
  }

  private static void read(DataInputStream in, VectorBuilder builder) throws IOException {
    if (in.readBoolean()) {
      builder.appendNull();
      return;
    }
    switch (builder) {
      case LongVectorBuilder longs -> longs.append(in.readLong());
      case DoubleVectorBuilder doubles -> doubles.append(in.readDouble());
      case BytesVectorBuilder bytes -> bytes.append(in.readNBytes(in.readInt()));
      case VectorBuilder other -> throw new IOException(other.type().id());
    }
  }

  private record Reader(TableSchema schema, List<Integer> primaryKey, Batch rows, long length)
      implements ExtentReader {

    @Override
    public ExtentSummary summary() {
      return new ExtentSummary(
          rows.rowCount(), 0, 0, List.of(), List.of(), 0, 0, 0, List.of(), RowOrder.TABLE, 0, 0);
    }

    @Override
    public KeyMatches find(Batch keys) {
      return KeyScan.find(this, primaryKey, keys);
    }

    @Override
    public List<ExtentFilter> filters() {
      return List.of();
    }

    @Override
    public ScanCursor scan(ScanRequest request) {
      long[] words = new long[(rows.rowCount() + 63) / 64];
      for (int row = 0; row < rows.rowCount(); row++) {
        if (row >= request.firstRow() && row < request.endRow()) {
          words[row >>> 6] |= 1L << row;
        }
      }
      request.deleted().andNot(words, 0, rows.rowCount());
      Selection selection =
          new PredicateEvaluator(request.predicate())
              .select(this::column, Selection.of(rows.rowCount(), words));
      List<ColumnVector> columns = request.columns().stream().map(this::column).toList();
      return new ScanCursor() {
        private boolean done = selection.isEmpty();

        @Override
        public @Nullable Rows next() {
          if (done) {
            return null;
          }
          done = true;
          return new Rows(0, new Batch(columns, rows.rowCount()), selection);
        }

        @Override
        public ScanStats stats() {
          return new ScanStats(1, 1, rows.rowCount(), rows.rowCount(), length, length, 1);
        }
      };
    }

    private ColumnVector column(ColumnPath path) {
      int place = schema.indexOfId(path.column());
      if (place < 0) {
        return AllNull.of(path.type(), rows.rowCount());
      }
      ColumnVector column = rows.column(place);
      return path.isPath()
          ? new PathExtractor(path.path(), path.type())
              .extract(Concat.of(column.type(), List.of(column)))
          : Widening.of(column, path.type());
    }
  }
}
