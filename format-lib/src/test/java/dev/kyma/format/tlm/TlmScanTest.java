package dev.kyma.format.tlm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kyma.format.DeletionVector;
import dev.kyma.format.ExtentReader;
import dev.kyma.format.ScanCursor;
import dev.kyma.format.ScanRequest;
import dev.kyma.format.ScanStats;
import dev.kyma.format.json.PathExtractor;
import dev.kyma.format.predicate.ColumnPath;
import dev.kyma.format.predicate.Constant;
import dev.kyma.format.predicate.Predicate;
import dev.kyma.format.predicate.PredicateEvaluator;
import dev.kyma.format.predicate.RandomPredicates;
import dev.kyma.format.type.Field;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.type.SystemColumns;
import dev.kyma.format.type.TableSchema;
import dev.kyma.format.vector.AllNull;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.Selection;
import dev.kyma.format.widen.Widening;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TlmScanTest {

  /** A column or path of the rows as they were appended. */
  private static ColumnVector source(
      TlmRoundTripTest.Written written, int batch, ColumnPath column) {
    Batch rows = written.batches().get(batch);
    int index = written.schema().indexOfId(column.column());
    if (index < 0) {
      return AllNull.of(column.type(), rows.rowCount());
    }
    ColumnVector values = rows.column(index);
    return column.isPath()
        ? new PathExtractor(column.path(), column.type())
            .extract(Widening.of(values, LogicalType.DYNAMIC))
        : Widening.of(values, column.type());
  }

  /** The rows a scan must yield, each as its place and its values. */
  private static List<List<Object>> expected(
      TlmRoundTripTest.Written written, ScanRequest request) {
    List<List<Object>> rows = new ArrayList<>();
    PredicateEvaluator evaluator = new PredicateEvaluator(request.predicate());
    long start = 0;
    for (int b = 0; b < written.batches().size(); b++) {
      int batch = b;
      int size = written.batches().get(b).rowCount();
      Selection found = evaluator.select(c -> source(written, batch, c), size);
      List<ColumnVector> vectors =
          request.columns().stream().map(c -> source(written, batch, c)).toList();
      for (int i = 0; i < size; i++) {
        long place = start + i;
        if (found.contains(i)
            && !request.deleted().contains((int) place)
            && place >= request.firstRow()
            && place < request.endRow()) {
          rows.add(row(place, vectors, i));
        }
      }
      start += size;
    }
    return rows;
  }

  private static List<Object> row(long place, List<ColumnVector> vectors, int i) {
    List<Object> row = new ArrayList<>();
    row.add(place);
    for (ColumnVector vector : vectors) {
      row.add(Objects.requireNonNullElse(RandomColumns.value(vector, i), "NULL"));
    }
    return row;
  }

  private static List<List<Object>> actual(ScanCursor cursor) {
    List<List<Object>> rows = new ArrayList<>();
    for (ScanCursor.Rows next = cursor.next(); next != null; next = cursor.next()) {
      assertThat(next.selection().isEmpty()).isFalse();
      assertThat(next.batch().rowCount()).isBetween(1, Batch.MAX_ROWS);
      for (int i = 0; i < next.batch().rowCount(); i++) {
        if (next.selection().contains(i)) {
          rows.add(row(next.firstRow() + i, next.batch().columns(), i));
        }
      }
    }
    return rows;
  }

  private static Predicate predicate(
      SplittableRandom random,
      TlmRoundTripTest.Written written,
      List<ColumnPath> columns,
      int depth) {
    return switch (depth == 0 ? 3 : random.nextInt(7)) {
      case 0 ->
          new Predicate.And(
              List.of(
                  predicate(random, written, columns, depth - 1),
                  predicate(random, written, columns, depth - 1)));
      case 1 ->
          new Predicate.Or(
              List.of(
                  predicate(random, written, columns, depth - 1),
                  predicate(random, written, columns, depth - 1)));
      case 2 -> new Predicate.Not(predicate(random, written, columns, depth - 1));
      default -> condition(random, written, columns);
    };
  }

  private static Predicate condition(
      SplittableRandom random, TlmRoundTripTest.Written written, List<ColumnPath> columns) {
    ColumnPath column = columns.get(random.nextInt(columns.size()));
    int batch = random.nextInt(written.batches().size());
    ColumnVector values = source(written, batch, column);
    int row = random.nextInt(values.size());
    if (values.isNull(row)
        || column.type().kind() == LogicalType.Kind.VECTOR
        || column.type().kind() == LogicalType.Kind.DYNAMIC
        || random.nextInt(8) == 0) {
      return random.nextBoolean() ? new Predicate.IsNull(column) : new Predicate.IsNotNull(column);
    }
    Constant constant = RandomPredicates.constant(values, row);
    if (random.nextInt(6) == 0) {
      return new Predicate.In(column, List.of(constant, constant));
    }
    if (column.type().equals(LogicalType.TEXT)
        && constant instanceof Constant.OfBytes text
        && random.nextBoolean()) {
      String some =
          text.text()
              .replaceAll("[%_!]", "")
              .codePoints()
              .limit(5)
              .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
              .toString();
      return switch (random.nextInt(3)) {
        case 0 -> new Predicate.Like(column, some + "%", '!', false);
        case 1 -> new Predicate.Like(column, "%" + some + "%", '!', random.nextBoolean());
        default -> new Predicate.HasToken(column, some);
      };
    }
    Predicate.Comparison[] all = Predicate.Comparison.values();
    return new Predicate.Compare(column, all[random.nextInt(all.length)], constant);
  }

  @Test
  void aScanYieldsExactlyTheRowsThatMatch() {
    long first = System.nanoTime();
    for (long seed = first; seed < first + 120; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      RandomColumns generator = new RandomColumns(random);
      List<LogicalType> types = new ArrayList<>();
      for (int i = random.nextInt(4); i >= 0; i--) {
        types.add(generator.type());
      }
      types.add(LogicalType.DYNAMIC);
      int size = 1 + random.nextInt(seed % 20 == 0 ? 140_000 : 5_000);
      TlmRoundTripTest.Written written = TlmRoundTripTest.random(random, size, types);
      List<ColumnPath> columns = new ArrayList<>(TlmRoundTripTest.all(written.schema()));
      for (String path :
          List.of("http.method", "took", "http.status_code", "a", "row", "user.id", "a.b")) {
        for (LogicalType type :
            List.of(
                LogicalType.TEXT, LogicalType.INT64, LogicalType.FLOAT64, LogicalType.DYNAMIC)) {
          columns.add(
              new ColumnPath(
                  types.size(), List.of(path.split("\\.", 1 + random.nextInt(2))), type));
        }
      }
      ExtentReader reader = written.open();
      for (int i = 0; i < 4; i++) {
        List<ColumnPath> wanted = new ArrayList<>();
        for (int c = random.nextInt(4); c > 0; c--) {
          wanted.add(columns.get(random.nextInt(columns.size())));
        }
        boolean part = random.nextInt(3) == 0;
        ScanRequest request =
            new ScanRequest(
                wanted,
                predicate(random, written, columns, 2),
                part ? random.nextInt(size) : 0,
                part ? random.nextInt(size) + 1 : Long.MAX_VALUE,
                deleted(random, size));
        ScanCursor cursor = reader.scan(request);
        List<List<Object>> actual = actual(cursor);
        List<List<Object>> expected = expected(written, request);
        if (!expected.equals(actual)) {
          throw new AssertionError(
              "seed " + seed + ": " + request + ": " + first(expected, actual));
        }
        ScanStats stats = cursor.stats();
        assertThat(stats.rowsRead()).isLessThanOrEqualTo(written.extent().summary().rows());
        assertThat(stats.blocksRead()).isLessThanOrEqualTo(stats.blocks());
      }
    }
  }

  private static DeletionVector deleted(SplittableRandom random, int size) {
    if (random.nextBoolean()) {
      return DeletionVector.EMPTY;
    }
    int[] rows = new int[random.nextInt(size + 1)];
    boolean stretch = random.nextBoolean();
    int from = random.nextInt(size - rows.length + 1);
    for (int i = 0; i < rows.length; i++) {
      rows[i] = stretch ? from + i : random.nextInt(size);
    }
    return DeletionVector.of(rows);
  }

  private static String first(List<List<Object>> expected, List<List<Object>> actual) {
    for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
      if (!expected.get(i).equals(actual.get(i))) {
        return expected.get(i) + " became " + actual.get(i);
      }
    }
    return expected.size() + " rows became " + actual.size();
  }

  private static ColumnPath column(TlmRoundTripTest.Written written, String name) {
    Field field = written.schema().find(name).orElseThrow();
    return ColumnPath.of(field.id(), field.type());
  }

  @Test
  void countingRowsThatStatisticsDecideReadsNothing() {
    TlmRoundTripTest.Written written =
        TlmRoundTripTest.random(new SplittableRandom(5), 200_000, List.of(LogicalType.INT64));
    ExtentReader reader = written.open();
    int before = written.store().requests;
    Predicate always =
        new Predicate.Compare(
            column(written, "_seq"),
            Predicate.Comparison.GREATER_OR_EQUAL,
            Constant.of(LogicalType.INT64, 0));
    ScanCursor cursor = reader.scan(ScanRequest.of(List.of(), always));
    assertThat(actual(cursor)).hasSize(200_000);
    assertThat(written.store().requests).isEqualTo(before);
    assertThat(cursor.stats().bytesRead()).isZero();
    assertThat(cursor.stats().rowsRead()).isZero();
  }

  @Test
  void deletedRowsAreNeitherCountedNorReadWhereVectorsAreDeletedWholly() {
    TlmRoundTripTest.Written written =
        TlmRoundTripTest.random(new SplittableRandom(5), 200_000, List.of(LogicalType.INT64));
    int[] rows = IntStream.range(1_000, 150_000).toArray();
    DeletionVector deleted = DeletionVector.of(rows);
    ScanRequest count = ScanRequest.of(List.of(), TlmRoundTripTest.ALL).withDeleted(deleted);
    ScanCursor counted = written.open().scan(count);
    assertThat(actual(counted)).hasSize(200_000 - rows.length);
    assertThat(counted.stats().bytesRead()).isZero();
    ScanCursor cursor =
        written
            .open()
            .scan(
                ScanRequest.of(List.of(column(written, "c0")), TlmRoundTripTest.ALL)
                    .withDeleted(deleted));
    assertThat(actual(cursor)).hasSize(200_000 - rows.length);
    assertThat(cursor.stats().rowsRead()).isLessThanOrEqualTo(200_000 - rows.length + 2_048);
    assertThat(cursor.stats().blocksRead()).isEqualTo(3);
  }

  @Test
  void aNarrowRangeReadsOnlyItsVectors() {
    TlmRoundTripTest.Written written =
        TlmRoundTripTest.random(
            new SplittableRandom(5), 300_000, List.of(LogicalType.TEXT, LogicalType.DYNAMIC));
    Predicate range =
        new Predicate.In(
            column(written, "_seq"),
            List.of(Constant.of(LogicalType.INT64, SystemColumns.seq(2_000, 7))));
    ScanCursor cursor =
        written.open().scan(ScanRequest.of(TlmRoundTripTest.all(written.schema()), range));
    assertThat(actual(cursor)).hasSize(1);
    assertThat(cursor.stats().blocks()).isEqualTo(5);
    assertThat(cursor.stats().blocksRead()).isEqualTo(1);
    assertThat(cursor.stats().rowsRead()).isLessThanOrEqualTo(1_024);
    assertThat(cursor.stats().bytesRead()).isLessThan(written.extent().length() / 2);
  }

  @Test
  void widenedAndMissingColumnsAreConverted() {
    TlmRoundTripTest.Written written =
        TlmRoundTripTest.random(
            new SplittableRandom(9), 3_000, List.of(LogicalType.INT32, LogicalType.DATE));
    TableSchema schema = written.schema();
    assertThat(schema.size()).isEqualTo(4);
    ScanRequest request =
        ScanRequest.of(
            List.of(
                ColumnPath.of(1, LogicalType.decimal(38, 4)),
                ColumnPath.of(1, LogicalType.FLOAT64),
                ColumnPath.of(1, LogicalType.DYNAMIC),
                ColumnPath.of(2, LogicalType.TIMESTAMP),
                ColumnPath.of(77, LogicalType.TEXT)),
            new Predicate.IsNull(ColumnPath.of(77, LogicalType.TEXT)));
    assertThat(actual(written.open().scan(request))).isEqualTo(expected(written, request));
  }
}
