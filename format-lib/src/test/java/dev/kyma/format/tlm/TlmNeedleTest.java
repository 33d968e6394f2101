package dev.kyma.format.tlm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kyma.format.ExtentOptions;
import dev.kyma.format.ExtentReader;
import dev.kyma.format.ScanCursor;
import dev.kyma.format.ScanRequest;
import dev.kyma.format.predicate.ColumnPath;
import dev.kyma.format.predicate.Constant;
import dev.kyma.format.predicate.Predicate;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.BytesVector;
import dev.kyma.format.vector.LongVector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * What a cold lookup reads of one extent: every stretch asked for counts as a request of its own
 * unless it begins where another ends, which is worse than any store does it.
 */
final class TlmNeedleTest {
  private static final int ROWS = Integer.getInteger("kyma.needle.rows", 131_072);
  private static final ColumnPath TIME = ColumnPath.of(1, LogicalType.TIMESTAMP);
  private static final ColumnPath BODY = ColumnPath.of(5, LogicalType.TEXT);

  private static ColumnPath column(String name) {
    var field = OtelRows.SCHEMA.find(name).orElseThrow();
    return ColumnPath.of(field.id(), field.type());
  }

  private static TlmRoundTripTest.Written written(ExtentOptions options) {
    OtelRows generator = new OtelRows(3);
    List<Batch> batches = new ArrayList<>();
    for (int from = 0; from < ROWS; from += Batch.MAX_ROWS) {
      batches.add(generator.batch(from, Math.min(Batch.MAX_ROWS, ROWS - from)));
    }
    return TlmRoundTripTest.write(OtelRows.SCHEMA, batches, options);
  }

  private record Cost(int gets, long bytes, int rows) {}

  private static Cost cost(
      TlmRoundTripTest.Written written, List<ColumnPath> columns, Predicate predicate) {
    MapStore store = written.store();
    store.stretches.clear();
    ExtentReader reader = written.open();
    ScanCursor cursor = reader.scan(ScanRequest.of(columns, predicate));
    int rows = 0;
    for (ScanCursor.Rows next = cursor.next(); next != null; next = cursor.next()) {
      rows += next.selection().count();
    }
    Cost cost = new Cost(store.stretches.size(), store.bytesRead(), rows);
    System.out.printf(
        "needle %s%n  %s of %,d bytes: %s%n",
        predicate, cost, written.extent().length(), store.stretches);
    return cost;
  }

  private static String rareToken(TlmRoundTripTest.Written written) {
    Pattern hex = Pattern.compile("\\b(?=[0-9]*[a-f])[0-9a-f]{16}\\b");
    BytesVector bodies =
        (BytesVector)
            written
                .batches()
                .get(written.batches().size() / 2)
                .column(OtelRows.SCHEMA.indexOfId(BODY.column()));
    for (int row = 0; row < bodies.size(); row++) {
      Matcher found = hex.matcher(bodies.text(row));
      if (found.find()) {
        return found.group();
      }
    }
    throw new AssertionError("no rare token");
  }

  @Test
  void aTokenOrATraceTakesSixRequestsAndAFractionOfTheBytes() {
    TlmRoundTripTest.Written written =
        written(new ExtentOptions(1, List.of(1), List.of(), ExtentOptions.Effort.COMPACTION));
    Batch middle = written.batches().get(written.batches().size() / 2);
    ColumnPath trace = column("trace_id");
    int place = OtelRows.SCHEMA.indexOfId(trace.column());
    String id = ((BytesVector) middle.column(place)).text(100);
    for (Predicate predicate :
        List.of(
            new Predicate.HasToken(BODY, rareToken(written)),
            new Predicate.Compare(trace, Predicate.Comparison.EQUAL, Constant.of(id)))) {
      Cost cost = cost(written, List.of(TIME, BODY), predicate);
      assertThat(cost.rows).isBetween(1, 12);
      // The footer, a bucket, heads, the pages of the condition and of each column.
      assertThat(cost.gets).isLessThanOrEqualTo(6);
      assertThat(cost.bytes).isLessThan(512 << 10);
    }
    Cost nothing =
        cost(written, List.of(TIME, BODY), new Predicate.HasToken(BODY, "neverwritten1"));
    assertThat(nothing.rows).isZero();
    assertThat(nothing.gets).isLessThanOrEqualTo(2);
    assertThat(nothing.bytes).isLessThan(Layout.SUFFIX_BYTES + (16 << 10));
  }

  @Test
  void aKeyTakesFourRequests() {
    ColumnPath seq = column("_seq");
    TlmRoundTripTest.Written written =
        written(
            new ExtentOptions(1, List.of(1), List.of(), ExtentOptions.Effort.COMPACTION)
                .withPrimaryKey(List.of(seq.column())));
    LongVector keys =
        (LongVector) written.batches().get(3).column(OtelRows.SCHEMA.indexOfId(seq.column()));
    MapStore store = written.store();
    store.stretches.clear();
    ExtentReader reader = written.open();
    LongVector one = new LongVector(LogicalType.INT64, new long[] {keys.values()[77]});
    assertThat(reader.find(new Batch(List.of(one), 1)).rows())
        .containsExactly(3 * Batch.MAX_ROWS + 77);
    System.out.println("key: " + store.stretches);
    assertThat(store.stretches.size()).isLessThanOrEqualTo(4);
    assertThat(store.bytesRead()).isLessThan(Layout.SUFFIX_BYTES + (64 << 10));
    LongVector absent = new LongVector(LogicalType.INT64, new long[] {-5});
    store.stretches.clear();
    assertThat(reader.find(new Batch(List.of(absent), 1)).size()).isZero();
    assertThat(store.bytesRead()).isLessThan(24 << 10);
  }

  @Test
  void manyKeysAreLookedUpTogether() {
    ColumnPath seq = column("_seq");
    TlmRoundTripTest.Written written =
        written(
            new ExtentOptions(1, List.of(1), List.of(), ExtentOptions.Effort.FLUSH)
                .withPrimaryKey(List.of(seq.column())));
    ExtentReader reader = written.open();
    long[] wanted = new long[ROWS / 2];
    int place = OtelRows.SCHEMA.indexOfId(seq.column());
    for (int i = 0; i < wanted.length; i++) {
      Batch batch = written.batches().get(2 * i / Batch.MAX_ROWS);
      wanted[i] = ((LongVector) batch.column(place)).values()[2 * i % Batch.MAX_ROWS];
    }
    long start = System.nanoTime();
    Batch keys = new Batch(List.of(new LongVector(LogicalType.INT64, wanted)), wanted.length);
    int[] rows = reader.find(keys).rows();
    System.out.printf(
        "%,d keys in %.1f ms, %d requests%n",
        wanted.length, (System.nanoTime() - start) / 1e6, written.store().requests);
    assertThat(rows).hasSize(wanted.length).doesNotHaveDuplicates();
    assertThat(Arrays.stream(rows).filter(row -> row % 2 != 0).count()).isZero();
  }
}
