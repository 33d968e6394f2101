package dev.kyma.ingest.core.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kyma.catalog.FlushPolicy;
import dev.kyma.catalog.FreshnessToken;
import dev.kyma.catalog.LogBinding;
import dev.kyma.catalog.TableDef;
import dev.kyma.format.log.KeyedRows;
import dev.kyma.format.type.Field;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.type.TableSchema;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.BytesVectorBuilder;
import dev.kyma.format.vector.LongVector;
import dev.kyma.service.problem.KymaException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class TableAppenderTest {
  private static final TableSchema SCHEMA =
      TableSchema.of(new Field(1, "n", LogicalType.INT64, false));

  private final Log log = new Log();
  private final TableAppender appender =
      new TableAppender(TableAppenderTest::encode, log, Runnable::run);

  /** A log that acknowledges when it is told to. */
  private static final class Log implements FrameLog {
    private final List<long[]> frames = new ArrayList<>();
    private final List<Integer> partitions = new ArrayList<>();
    private final List<CompletableFuture<Long>> acknowledgements = new ArrayList<>();
    private int maxFrameBytes = 1 << 20;

    @Override
    public CompletionStage<Long> append(LogBinding binding, int partition, byte[] frame) {
      long[] values = new long[frame.length / 8];
      ByteBuffer.wrap(frame).asLongBuffer().get(values);
      frames.add(values);
      partitions.add(partition);
      CompletableFuture<Long> acknowledgement = new CompletableFuture<>();
      acknowledgements.add(acknowledgement);
      return acknowledgement;
    }

    @Override
    public int maxFrameBytes() {
      return maxFrameBytes;
    }
  }

  private static byte[] encode(TableDef table, Batch batch, List<KeyedRows> keys) {
    ByteBuffer bytes = ByteBuffer.allocate(batch.rowCount() * 8);
    LongVector column = (LongVector) batch.column(0);
    for (int row = 0; row < batch.rowCount(); row++) {
      bytes.putLong(column.values()[row]);
    }
    return bytes.array();
  }

  private static TableDef table(int version, int partitions) {
    return new TableDef(
        7,
        "default",
        "t",
        version,
        SCHEMA,
        0,
        0,
        List.of(),
        new FlushPolicy(1, 1, Duration.ofSeconds(1)),
        new LogBinding("kyma.t.7", "id", partitions, 40),
        Map.of());
  }

  private static Batch rows(long... values) {
    return new Batch(List.of(new LongVector(LogicalType.INT64, values)), values.length);
  }

  @Test
  void smallBatchesAreJoinedWhileAFrameIsUnderWay() {
    CompletableFuture<FreshnessToken> first = appender.append(table(1, 1), rows(1));
    CompletableFuture<FreshnessToken> second = appender.append(table(1, 1), rows(2));
    CompletableFuture<FreshnessToken> third = appender.append(table(1, 1), rows(3, 4));
    assertThat(log.frames).containsExactly(new long[] {1});
    log.acknowledgements.getFirst().complete(10L);
    assertThat(first.join().entries()).containsExactly(new FreshnessToken.Entry(40, 10));
    assertThat(second).isNotDone();
    assertThat(log.frames).containsExactly(new long[] {1}, new long[] {2, 3, 4});
    log.acknowledgements.getLast().complete(11L);
    assertThat(second.join()).isEqualTo(third.join());
    assertThat(third.join().entries()).containsExactly(new FreshnessToken.Entry(40, 11));
  }

  @Test
  void batchesOfDifferentSchemasAreNotJoined() {
    appender.append(table(1, 1), rows(1));
    appender.append(table(1, 1), rows(2));
    appender.append(table(2, 1), rows(3));
    log.acknowledgements.get(0).complete(0L);
    log.acknowledgements.get(1).complete(1L);
    assertThat(log.frames).containsExactly(new long[] {1}, new long[] {2}, new long[] {3});
  }

  @Test
  void aLargeBatchDoesNotWait() {
    appender.append(table(1, 1), rows(1));
    appender.append(table(1, 1), rows(new long[40_000]));
    assertThat(log.frames).hasSize(2);
  }

  @Test
  void aFailureReachesThoseOfItsFrameAndTheOthersGoOn() {
    CompletableFuture<FreshnessToken> lost = appender.append(table(1, 1), rows(1));
    CompletableFuture<FreshnessToken> kept = appender.append(table(1, 1), rows(2));
    log.acknowledgements.getFirst().completeExceptionally(new IllegalStateException("broker"));
    assertThatThrownBy(lost::join).hasRootCauseMessage("broker");
    log.acknowledgements.getLast().complete(5L);
    assertThat(kept.join().entries()).hasSize(1);
  }

  @Test
  void aFrameThatIsTooLargeIsHalvedUntilItFits() {
    log.maxFrameBytes = 24;
    CompletableFuture<FreshnessToken> done = appender.append(table(1, 1), rows(1, 2, 3, 4, 5));
    assertThat(log.frames).containsExactly(new long[] {1, 2}, new long[] {3, 4, 5});
    log.acknowledgements.get(0).complete(3L);
    assertThat(done).isNotDone();
    log.acknowledgements.get(1).complete(4L);
    assertThat(done.join().entries()).containsExactly(new FreshnessToken.Entry(40, 4));
  }

  @Test
  void aRowThatFitsNoFrameIsRefusedAndTheNextIsNot() {
    log.maxFrameBytes = 4;
    assertThatThrownBy(() -> appender.append(table(1, 1), rows(1)).join())
        .hasCauseInstanceOf(KymaException.Rejected.class);
    log.maxFrameBytes = 8;
    CompletableFuture<FreshnessToken> next = appender.append(table(1, 1), rows(2));
    log.acknowledgements.getFirst().complete(0L);
    assertThat(next.join().entries()).hasSize(1);
  }

  @Test
  void repeatsOfAKeyGoToOnePartition() {
    byte[] body = {1, 2, 3};
    for (int i = 0; i < 20; i++) {
      appender.append(table(1, 8), rows(1), RequestKey.of("key", body, body.length), 0);
      log.acknowledgements.getLast().complete((long) i);
    }
    assertThat(log.partitions.stream().distinct()).hasSize(1);
    for (int i = 0; i < 20; i++) {
      appender.append(table(1, 8), rows(1));
    }
    assertThat(log.partitions.stream().distinct()).hasSize(8);
  }

  @Test
  void keysAreByContent() {
    byte[] body = {1, 2, 3};
    byte[] longer = Arrays.copyOf(body, 10);
    RequestKey key = RequestKey.of("a", body, 3);
    assertThat(RequestKey.of("a", longer, 3)).isEqualTo(key);
    assertThat(RequestKey.of("a", longer, 10).hasSamePayload(key)).isFalse();
    assertThat(RequestKey.of("b", body, 3).keyHigh()).isNotEqualTo(key.keyHigh());
    assertThat(key.rows(2, 5, 7))
        .extracting(KeyedRows::part, KeyedRows::firstRow, KeyedRows::rowCount)
        .containsExactly(2, 5, 7);
  }

  private static TableDef keyed(int partitions) {
    TableDef table = table(1, partitions);
    return new TableDef(
        table.id(),
        table.database(),
        table.name(),
        1,
        table.schema(),
        0,
        0,
        List.of(1),
        List.of(1),
        table.flushPolicy(),
        table.log(),
        Map.of());
  }

  private static Batch upserts(long... values) {
    BytesVectorBuilder ops = new BytesVectorBuilder(LogicalType.TEXT, values.length);
    for (long _ : values) {
      ops.append("c");
    }
    return new Batch(
        List.of(new LongVector(LogicalType.INT64, values), ops.build()), values.length);
  }

  @Test
  void aLargeBatchOfAKeyedTableOvertakesNone() {
    TableDef table = keyed(1);
    appender.append(table, upserts(1));
    appender.append(table, upserts(2));
    appender.append(table, upserts(new long[40_000]));
    appender.append(table, upserts(3));
    assertThat(log.frames).containsExactly(new long[] {1});
    for (int i = 0; i < log.acknowledgements.size(); i++) {
      log.acknowledgements.get(i).complete((long) i);
    }
    List<Long> order = new ArrayList<>();
    log.frames.forEach(frame -> order.add(frame[0]));
    assertThat(log.frames.stream().mapToInt(frame -> frame.length).sum()).isEqualTo(40_003);
    assertThat(order.getFirst()).isEqualTo(1);
    assertThat(log.frames.getLast()[log.frames.getLast().length - 1]).isEqualTo(3);
  }

  @Test
  void rowsOfAKeyedTableGoByTheirKeysInTheirOrder() {
    TableDef table = keyed(5);
    RequestKey request = new RequestKey(1, 2, 3, 4);
    long[] values = new long[200];
    Arrays.setAll(values, i -> i % 20);
    CompletableFuture<FreshnessToken> done = appender.append(table, upserts(values), request, 0);
    Map<Long, Integer> partitionOf = new HashMap<>();
    int rows = 0;
    for (int frame = 0; frame < log.frames.size(); frame++) {
      int partition = log.partitions.get(frame);
      for (long value : log.frames.get(frame)) {
        assertThat(partitionOf.merge(value, partition, (one, other) -> one)).isEqualTo(partition);
        rows++;
      }
    }
    assertThat(rows).isEqualTo(200);
    assertThat(new HashSet<>(log.partitions)).hasSizeGreaterThan(2);
    for (int i = 0; i < log.acknowledgements.size(); i++) {
      assertThat(done).isNotDone();
      log.acknowledgements.get(i).complete(7L);
    }
    assertThat(done.join().entries()).hasSize(log.frames.size());
  }
}
