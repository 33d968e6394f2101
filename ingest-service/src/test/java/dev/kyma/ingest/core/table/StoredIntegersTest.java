package dev.kyma.ingest.core.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kyma.catalog.ExtentRef;
import dev.kyma.catalog.FlushPolicy;
import dev.kyma.catalog.FreshnessToken;
import dev.kyma.catalog.KeyWindow;
import dev.kyma.catalog.LogBinding;
import dev.kyma.catalog.Snapshot;
import dev.kyma.catalog.SourceCursor;
import dev.kyma.catalog.TableDef;
import dev.kyma.format.DeletionVector;
import dev.kyma.format.ExtentSummary;
import dev.kyma.format.RowOrder;
import dev.kyma.format.predicate.Constant;
import dev.kyma.format.stats.ColumnStats;
import dev.kyma.format.type.Field;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.type.TableSchema;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.LongVector;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StoredIntegersTest {
  private static final long LIMIT = 1L << 53;
  private static final TableDef TABLE =
      new TableDef(
          1,
          "default",
          "t",
          1,
          TableSchema.of(new Field(3, "n", LogicalType.INT64, true)),
          0,
          0,
          List.of(),
          new FlushPolicy(1, 1, Duration.ofSeconds(1)),
          new LogBinding("kyma.t.1", "id", 1, 9),
          Map.of());

  private final StoredIntegers integers = new StoredIntegers();

  /** A catalog with one cursor and extents. */
  private record Fixed(long nextOffset, List<ExtentRef> live) implements Snapshot {
    @Override
    public long number() {
      return 1;
    }

    @Override
    public Instant time() {
      return Instant.EPOCH;
    }

    @Override
    public Collection<TableDef> tables() {
      return List.of(TABLE);
    }

    @Override
    public Optional<TableDef> table(long id) {
      return Optional.of(TABLE);
    }

    @Override
    public Optional<TableDef> table(String database, String name) {
      return Optional.of(TABLE);
    }

    @Override
    public List<ExtentRef> extents(long table) {
      return live;
    }

    @Override
    public Optional<ExtentRef> extent(String key) {
      return live.stream().filter(extent -> extent.key().equals(key)).findFirst();
    }

    @Override
    public DeletionVector deleted(String extentKey) {
      return DeletionVector.EMPTY;
    }

    @Override
    public Optional<SourceCursor> cursor(int log) {
      return Optional.of(new SourceCursor(log, "id", nextOffset, -1, 0));
    }

    @Override
    public List<KeyWindow> keys(int log) {
      return List.of();
    }
  }

  private void send(long offset, long value) {
    integers.sending(
        TABLE, new Batch(List.of(new LongVector(LogicalType.INT64, new long[] {value})), 1));
    integers.acknowledged(new FreshnessToken(List.of(new FreshnessToken.Entry(9, offset))));
  }

  private boolean exact(long nextOffset, ExtentRef... extents) {
    return integers.exactInDouble(TABLE, 3, new Fixed(nextOffset, List.of(extents)));
  }

  private static ExtentRef extent(long min, long max) {
    ColumnStats stats =
        new ColumnStats(
            3,
            LogicalType.INT64,
            2,
            0,
            new Constant.OfLong(LogicalType.INT64, min),
            new Constant.OfLong(LogicalType.INT64, max),
            true,
            2,
            List.of());
    return new ExtentRef(
        "k",
        1,
        "tlm",
        1,
        1,
        new ExtentSummary(
            2, 0, 0, List.of(), List.of(), 0, 0, 0, List.of(stats), RowOrder.TABLE, 0, 0));
  }

  @Test
  void ownRowsAreKnown() {
    send(0, LIMIT);
    send(1, -LIMIT);
    assertThat(exact(0)).isTrue();
    send(2, LIMIT + 1);
    assertThat(exact(0)).isFalse();
  }

  @Test
  void anUnflushedRecordOfSomeoneElseIsNotTrusted() {
    assertThat(exact(0)).isFalse();
    send(5, 1);
    assertThat(exact(0)).isFalse();
    assertThat(exact(5)).isTrue();
    send(7, 1);
    assertThat(exact(5)).isFalse();
    assertThat(exact(7)).isTrue();
  }

  @Test
  void extentsAreJudgedByTheirStatistics() {
    send(0, 1);
    assertThat(exact(1, extent(-LIMIT, LIMIT))).isTrue();
    assertThat(exact(1, extent(0, 5), extent(0, LIMIT + 1))).isFalse();
    assertThat(exact(1, extent(-LIMIT - 1, 0))).isFalse();
  }
}
