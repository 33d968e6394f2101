package dev.kyma.format.tlm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kyma.format.ExtentReader;
import dev.kyma.format.ScanCursor;
import dev.kyma.format.ScanRequest;
import dev.kyma.format.predicate.ColumnPath;
import dev.kyma.format.predicate.Constant;
import dev.kyma.format.predicate.Predicate;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.type.SystemColumns;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How often, and how much, the store is read. */
final class TlmReadsTest {
  private static final ColumnPath SEQ = ColumnPath.of(SystemColumns.SEQ.id(), LogicalType.INT64);

  private static long rows(ScanCursor cursor) {
    long rows = 0;
    for (ScanCursor.Rows next = cursor.next(); next != null; next = cursor.next()) {
      rows += next.selection().count();
    }
    return rows;
  }

  @Test
  void openingTakesOneReadAndNoneTheNextTime() {
    TlmRoundTripTest.Written written =
        TlmRoundTripTest.random(new SplittableRandom(1), 90_000, RandomColumns.types());
    TlmFormat format = new TlmFormat();
    format.open(written.store(), "t/e", written.extent().length());
    assertThat(written.store().requests).isEqualTo(1);
    format.open(written.store(), "t/e", written.extent().length());
    assertThat(written.store().requests).isEqualTo(1);
  }

  @Test
  void aFooterLongerThanTheSuffixTakesOneReadMore() {
    TlmRoundTripTest.Written written =
        TlmRoundTripTest.random(
            new SplittableRandom(2), 200, Collections.nCopies(1_500, LogicalType.TEXT));
    TlmRoundTripTest.assertSame(written, "many columns");
    int before = written.store().requests;
    ExtentReader reader = new TlmFormat(0).open(written.store(), "t/e", written.extent().length());
    assertThat(written.store().requests - before).isEqualTo(2);
    assertThat(reader.schema().size()).isEqualTo(1_502);
  }

  @Test
  void aSmallExtentIsReadWithItsFooter() {
    TlmRoundTripTest.Written written =
        TlmRoundTripTest.random(new SplittableRandom(3), 50, RandomColumns.types());
    ExtentReader reader = written.open();
    ScanCursor cursor =
        reader.scan(ScanRequest.of(TlmRoundTripTest.all(written.schema()), TlmRoundTripTest.ALL));
    assertThat(rows(cursor)).isEqualTo(50);
    assertThat(written.store().requests).isEqualTo(1);
    assertThat(cursor.stats().requests()).isZero();
    assertThat(cursor.stats().bytesRead()).isPositive();
  }

  @Test
  void aScanOfOneBlockReadsTheConditionsAndThenTheRest() {
    TlmRoundTripTest.Written written =
        TlmRoundTripTest.random(new SplittableRandom(4), 60_000, RandomColumns.types());
    ExtentReader reader = written.open();
    Predicate half =
        new Predicate.Compare(
            SEQ,
            Predicate.Comparison.LESS,
            Constant.of(LogicalType.INT64, SystemColumns.seq(300, 5)));
    ScanCursor cursor = reader.scan(ScanRequest.of(TlmRoundTripTest.all(written.schema()), half));
    assertThat(rows(cursor)).isEqualTo(30_005);
    // Heads and pages of the conditions, heads and pages of the rest.
    assertThat(cursor.stats().requests()).isLessThanOrEqualTo(4);
    assertThat(cursor.stats().rowsRead()).isLessThanOrEqualTo(31_000);
  }

  @Test
  void columnsThatAreNotAskedForAreNotRead() {
    TlmRoundTripTest.Written written =
        TlmRoundTripTest.random(new SplittableRandom(5), 60_000, RandomColumns.types());
    ScanCursor cursor = written.open().scan(ScanRequest.of(List.of(SEQ), TlmRoundTripTest.ALL));
    assertThat(rows(cursor)).isEqualTo(60_000);
    TlmReader reader = (TlmReader) written.open();
    Region seq = reader.footer().column(SystemColumns.SEQ.id());
    assertThat(seq).isNotNull();
    assertThat(cursor.stats().bytesRead()).isEqualTo(seq.bytes());
    assertThat(cursor.stats().bytes()).isEqualTo(written.extent().length());
  }

  @Test
  void manyThreadsScanOneReader() throws ExecutionException, InterruptedException {
    TlmRoundTripTest.Written written =
        TlmRoundTripTest.random(new SplittableRandom(6), 20_000, RandomColumns.types());
    ExtentReader reader = written.open();
    ScanRequest request =
        ScanRequest.of(TlmRoundTripTest.all(written.schema()), TlmRoundTripTest.ALL);
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<Long>> counts =
          IntStream.range(0, 16)
              .mapToObj(i -> threads.submit(() -> rows(reader.scan(request))))
              .toList();
      for (Future<Long> count : counts) {
        assertThat(count.get()).isEqualTo(20_000);
      }
    }
  }
}
