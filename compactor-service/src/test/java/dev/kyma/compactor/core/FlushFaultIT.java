package dev.kyma.compactor.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kyma.catalog.Catalog;
import dev.kyma.catalog.CatalogException;
import dev.kyma.catalog.SourceCursor;
import dev.kyma.catalog.TableDef;
import dev.kyma.format.io.ObjectStore;
import dev.kyma.format.io.ObjectStoreException;
import dev.kyma.service.log.LogIdentity;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What flush does when its log is not what it was, or what it depends on is down. */
class FlushFaultIT {
  private static FlushBench bench;

  @BeforeAll
  static void open(@TempDir Path directory) {
    bench = new FlushBench(directory);
  }

  @AfterAll
  static void close() {
    bench.close();
  }

  @Test
  void aTopicMadeAnewStopsTheFlushAndNothingOfItIsCommitted() {
    TableDef table = bench.createTable("anew", 1, FlushBench.LATE);
    bench.produce(table, 0, "1", "2");
    try (FlushLoop loop = bench.loop(table)) {
      FlushBench.flushAll(loop, table);
      SourceCursor before = cursor(table);
      bench.broker.deleteTopic(table.log().topic());
      bench.topics.create(table.id(), 1);
      bench.produce(table, 0, "1001", "1002", "1003", "1004", "1005");
      stepUntil(loop, () -> state(loop) instanceof PartitionState.Stopped);
      assertThat(state(loop))
          .isInstanceOfSatisfying(
              PartitionState.Stopped.class,
              stopped -> assertThat(stopped.code()).isEqualTo("log_replaced"));
      assertThat(cursor(table)).isEqualTo(before);
      assertThat(bench.ids(table)).containsExactly(1L, 2L);
    }
  }

  @Test
  void recordsReadFromATopicMadeAnewAreNotCommittedEither() {
    TableDef table = bench.createTable("anew_unnoticed", 1, FlushBench.LATE);
    bench.produce(table, 0, "1", "2");
    FlushBench.Parts parts = bench.parts();
    try (FlushLoop loop = bench.loop(parts, table, Runnable::run)) {
      FlushBench.flushAll(loop, table);
      bench.broker.deleteTopic(table.log().topic());
      bench.topics.create(table.id(), 1);
      bench.produce(table, 0, "1001", "1002", "1003");
      // However far the records got, the flush asks for the topic's id again before it commits.
      CompletableFuture<FlushedTo> done = loop.flush(Optional.of(table.id()));
      assertThatThrownBy(() -> FlushBench.stepUntilDone(loop, done))
          .isInstanceOf(CompletionException.class)
          .cause()
          .isInstanceOfSatisfying(
              LogStoppedException.class,
              stopped -> assertThat(stopped.code()).isEqualTo("log_replaced"));
    }
    assertThat(bench.ids(table)).containsExactly(1L, 2L);
  }

  @Test
  void aDeletedTopicStopsTheFlush() {
    TableDef table = bench.createTable("deleted", 1, FlushBench.LATE);
    try (FlushLoop loop = bench.loop(table)) {
      FlushBench.flushAll(loop, table);
      bench.broker.deleteTopic(table.log().topic());
      stepUntil(loop, () -> state(loop) instanceof PartitionState.Stopped);
      assertThat(loop.status().getFirst().lastError())
          .hasValueSatisfying(error -> assertThat(error).startsWith("log_missing"));
    }
  }

  @Test
  void aTopicThatOnlySeemedToBeGoneIsReadOn() {
    TableDef table = bench.createTable("seemed_gone", 1, FlushBench.LATE);
    bench.produce(table, 0, "1");
    AtomicBoolean gone = new AtomicBoolean();
    FlushBench.Parts parts = bench.parts();
    LogKeeper forgetful =
        (LogKeeper)
            Proxy.newProxyInstance(
                LogKeeper.class.getClassLoader(),
                new Class<?>[] {LogKeeper.class},
                (proxy, method, args) ->
                    gone.get() && method.getName().equals("verify")
                        ? Map.of(table.log(), new LogIdentity.Missing())
                        : Faults.call(parts.keeper(), method, args));
    FlushBench.Parts restarting =
        new FlushBench.Parts(
            parts.catalog(), parts.store(), parts.log(), forgetful, parts.decoder());
    try (FlushLoop loop = bench.loop(restarting, table, Runnable::run)) {
      FlushBench.flushAll(loop, table);
      gone.set(true);
      stepUntil(loop, () -> state(loop) instanceof PartitionState.Stopped);
      gone.set(false);
      bench.produce(table, 0, "2");
      stepUntil(loop, () -> state(loop) instanceof PartitionState.Reading);
      FlushBench.flushAll(loop, table);
    }
    assertThat(bench.ids(table)).containsExactly(1L, 2L);
  }

  @Test
  void unflushedRecordsThatWereDeletedStopTheFlush() {
    TableDef table = bench.createTable("trimmed", 1, FlushBench.LATE);
    bench.produce(table, 0, "1", "2", "3", "4");
    bench.broker.deleteRecords(table.log().topic(), 0, 2);
    try (FlushLoop loop = bench.loop(table)) {
      stepUntil(loop, () -> state(loop) instanceof PartitionState.Stopped);
      assertThat(state(loop))
          .isInstanceOfSatisfying(
              PartitionState.Stopped.class,
              stopped -> assertThat(stopped.code()).isEqualTo("log_truncated"));
    }
    assertThat(bench.ids(table)).isEmpty();
  }

  @Test
  void undecodableRecordsBecomeDeadLettersAndTheOthersLand() {
    TableDef table = bench.createTable("letters", 1, FlushBench.LATE);
    bench.produce(table, 0, "1", "what is this", "2", "");
    try (FlushLoop loop = bench.loop(table)) {
      FlushBench.flushAll(loop, table);
    }
    assertThat(bench.ids(table)).containsExactly(1L, 2L);
    assertThat(bench.deadLetters(table))
        .containsExactly("no number in what is this", "no number in ");
  }

  @Test
  void whileTheObjectStoreIsDownRowsAreKeptAndTheReasonIsShown() {
    TableDef table = bench.createTable("store_down", 1, FlushBench.SOON);
    AtomicBoolean down = new AtomicBoolean(true);
    FlushBench.Parts parts = bench.parts();
    ObjectStore failing =
        failing(
            ObjectStore.class,
            parts.store(),
            down,
            new ObjectStoreException.Unavailable("x", new RuntimeException("down")));
    FlushBench.Parts broken =
        new FlushBench.Parts(
            parts.catalog(), failing, parts.log(), parts.keeper(), parts.decoder());
    try (FlushLoop loop = bench.loop(broken, table, Runnable::run)) {
      bench.produce(table, 0, "1", "2");
      stepUntil(loop, () -> state(loop) instanceof PartitionState.BackingOff);
      assertThat(state(loop))
          .isInstanceOfSatisfying(
              PartitionState.BackingOff.class,
              off -> assertThat(off.code()).isEqualTo("store_unavailable"));
      bench.produce(table, 0, "3");
      stepUntil(loop, () -> loop.status().getFirst().waitingRows() == 3);
      down.set(false);
      FlushBench.flushAll(loop, table);
      assertThat(state(loop)).isInstanceOf(PartitionState.Reading.class);
      assertThat(loop.status().getFirst().lastError()).isEmpty();
    }
    assertThat(bench.ids(table)).containsExactlyInAnyOrder(1L, 2L, 3L);
  }

  @Test
  void whileTheCatalogIsDownRowsWait() {
    TableDef table = bench.createTable("catalog_down", 1, FlushBench.SOON);
    AtomicBoolean down = new AtomicBoolean(false);
    FlushBench.Parts parts = bench.parts();
    Catalog failing =
        failing(
            Catalog.class,
            parts.catalog(),
            down,
            new CatalogException.Unavailable("down", new RuntimeException("down")));
    FlushBench.Parts broken =
        new FlushBench.Parts(failing, parts.store(), parts.log(), parts.keeper(), parts.decoder());
    try (FlushLoop loop = bench.loop(broken, table, Runnable::run)) {
      FlushBench.flushAll(loop, table);
      down.set(true);
      bench.produce(table, 0, "1", "2");
      stepUntil(loop, () -> state(loop) instanceof PartitionState.BackingOff);
      assertThat(loop.status().getFirst().lastError())
          .hasValueSatisfying(error -> assertThat(error).startsWith("catalog_unavailable"));
      down.set(false);
      FlushBench.flushAll(loop, table);
    }
    assertThat(bench.ids(table)).containsExactlyInAnyOrder(1L, 2L);
  }

  @Test
  void aRevokedGrantCostsOneMoreTryAndNoRows() {
    TableDef table = bench.createTable("revoked", 1, FlushBench.LATE);
    try (FlushLoop loop = bench.loop(table)) {
      bench.produce(table, 0, "1");
      FlushBench.flushAll(loop, table);
      bench.catalog.revokeGrantsOpenedBefore(bench.catalog.now().plusSeconds(1));
      bench.produce(table, 0, "2");
      FlushBench.flushAll(loop, table);
    }
    assertThat(bench.ids(table)).containsExactly(1L, 2L);
  }

  private static SourceCursor cursor(TableDef table) {
    return bench.catalog.snapshot().cursor(table.log().ordinal(0)).orElseThrow();
  }

  static PartitionState state(FlushLoop loop) {
    return loop.status().isEmpty()
        ? new PartitionState.Loading()
        : loop.status().getFirst().state();
  }

  static void stepUntil(FlushLoop loop, BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.getAsBoolean()) {
      loop.step();
      if (System.nanoTime() > deadline) {
        throw new AssertionError("did not happen: " + loop.status());
      }
    }
  }

  private static <T> T failing(
      Class<T> port, T target, AtomicBoolean down, RuntimeException fault) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (proxy, method, args) -> {
              if (down.get()) {
                throw fault;
              }
              return Faults.call(target, method, args);
            }));
  }
}
