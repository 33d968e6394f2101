package dev.kyma.format.tlm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kyma.format.ExtentOptions;
import dev.kyma.format.ExtentReader;
import dev.kyma.format.ExtentWriter;
import dev.kyma.format.LogInterval;
import dev.kyma.format.ScanCursor;
import dev.kyma.format.ScanRequest;
import dev.kyma.format.WrittenExtent;
import dev.kyma.format.predicate.ColumnPath;
import dev.kyma.format.predicate.Predicate;
import dev.kyma.format.type.Field;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.type.SystemColumns;
import dev.kyma.format.type.TableSchema;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.LongVector;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class TlmRoundTripTest {
  static final Predicate ALL = new Predicate.And(List.of());

  /** An extent written into a store, and the batches it was made from. */
  record Written(TableSchema schema, List<Batch> batches, WrittenExtent extent, MapStore store) {
    ExtentReader open() {
      return new TlmFormat(0).open(store, "t/e", extent.length());
    }
  }

  static Written write(TableSchema schema, List<Batch> batches, ExtentOptions.Effort effort) {
    return write(
        schema,
        batches,
        new ExtentOptions(1, List.of(1), List.of(new LogInterval(3, 7, 99)), effort));
  }

  static Written write(TableSchema schema, List<Batch> batches, ExtentOptions options) {
    ExtentWriter writer = new TlmFormat().write(schema, options);
    batches.forEach(writer::append);
    WrittenExtent extent = writer.finish();
    MapStore store = new MapStore();
    store.create("t/e", extent.content());
    assertThat(store.get("t/e")).hasSize((int) extent.length());
    return new Written(schema, batches, extent, store);
  }

  static Written random(SplittableRandom random, int rows, List<LogicalType> types) {
    RandomColumns columns = new RandomColumns(random);
    List<Field> fields = new ArrayList<>();
    for (LogicalType type : types) {
      fields.add(new Field(fields.size() + 1, "c" + fields.size(), type, true));
    }
    fields.add(SystemColumns.LOG);
    fields.add(SystemColumns.SEQ);
    List<Batch> batches = new ArrayList<>();
    for (int done = 0; done < rows; ) {
      int size = Math.min(rows - done, 1 + random.nextInt(rows));
      List<ColumnVector> vectors = new ArrayList<>();
      for (LogicalType type : types) {
        vectors.add(columns.column(type, size));
      }
      long[] log = new long[size];
      long[] seq = new long[size];
      for (int i = 0; i < size; i++) {
        log[i] = 3;
        seq[i] = SystemColumns.seq((done + i) / 100, (done + i) % 100);
      }
      vectors.add(new LongVector(LogicalType.INT32, log));
      vectors.add(new LongVector(LogicalType.INT64, seq));
      batches.add(new Batch(vectors, size));
      done += size;
    }
    return write(
        new TableSchema(fields),
        batches,
        random.nextBoolean() ? ExtentOptions.Effort.FLUSH : ExtentOptions.Effort.COMPACTION);
  }

  static List<ColumnPath> all(TableSchema schema) {
    return schema.fields().stream().map(f -> ColumnPath.of(f.id(), f.type())).toList();
  }

  static void assertSame(Written written, String label) {
    ExtentReader reader = written.open();
    assertThat(reader.schema()).isEqualTo(written.schema());
    assertThat(reader.summary()).isEqualTo(written.extent().summary());
    ScanCursor cursor = reader.scan(ScanRequest.of(all(written.schema()), ALL));
    int row = 0;
    int batchRow = 0;
    int batch = 0;
    for (ScanCursor.Rows rows = cursor.next(); rows != null; rows = cursor.next()) {
      assertThat(rows.firstRow()).isEqualTo(row);
      assertThat(rows.selection().isAll()).isTrue();
      assertThat(rows.batch().rowCount()).isLessThanOrEqualTo(Batch.MAX_ROWS);
      for (int i = 0; i < rows.batch().rowCount(); i++, row++, batchRow++) {
        while (batchRow == written.batches().get(batch).rowCount()) {
          batch++;
          batchRow = 0;
        }
        for (int c = 0; c < written.schema().size(); c++) {
          Object expected = RandomColumns.value(written.batches().get(batch).column(c), batchRow);
          Object actual = RandomColumns.value(rows.batch().column(c), i);
          if (!java.util.Objects.equals(expected, actual)) {
            throw new AssertionError(
                label
                    + ", row "
                    + row
                    + ", "
                    + written.schema().field(c)
                    + ": "
                    + expected
                    + " came back as "
                    + actual);
          }
        }
      }
    }
    assertThat(row).as(label).isEqualTo((int) written.extent().summary().rows());
  }

  @Test
  void everyValueComesBack() {
    long first = System.nanoTime();
    for (long seed = first; seed < first + 60; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      RandomColumns columns = new RandomColumns(random);
      List<LogicalType> types = new ArrayList<>();
      for (int i = random.nextInt(6); i >= 0; i--) {
        types.add(columns.type());
      }
      int rows = random.nextInt(3) == 0 ? random.nextInt(40) : random.nextInt(12_000);
      assertSame(random(random, rows, types), "seed " + seed);
    }
  }

  @Test
  void extentsOfSeveralBlocksComeBack() {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    assertSame(random(random, 150_000, RandomColumns.types()), "seed " + seed);
  }

  @Test
  void anExtentWithoutRowsComesBack() {
    Written written = random(new SplittableRandom(1), 0, RandomColumns.types());
    assertSame(written, "empty");
    assertThat(written.open().summary().rows()).isZero();
  }
}
