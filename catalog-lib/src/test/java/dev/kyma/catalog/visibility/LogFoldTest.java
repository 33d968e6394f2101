package dev.kyma.catalog.visibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kyma.catalog.CatalogException;
import dev.kyma.catalog.Catalogs;
import dev.kyma.catalog.Commit;
import dev.kyma.catalog.CommitRecord;
import dev.kyma.catalog.KeyWindow;
import dev.kyma.catalog.SourceCursor;
import dev.kyma.catalog.TableChange;
import dev.kyma.catalog.commit.FoldedSnapshot;
import dev.kyma.format.log.KeyedRows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LogFoldTest {
  private static final SourceCursor START = SourceCursor.start(0, "topic");
  private static final long HOUR = 3_600_000;

  private static KeyedRows run(long key, long payload, int part, int firstRow, int rowCount) {
    return new KeyedRows(key, ~key, payload, ~payload, part, firstRow, rowCount);
  }

  private static LogRecord rows(long offset, long millis, int rowCount, KeyedRows... keys) {
    return new LogRecord.Rows(offset, 2, millis, rowCount, List.of(keys));
  }

  @Test
  void recordsWithoutKeysAreKeptAndMoveTheCursor() {
    LogFold fold = LogFold.at(START, List.of());
    assertThat(fold.apply(rows(0, 5, 10))).isEqualTo(new RecordFate.Keep());
    assertThat(fold.apply(rows(3, 6, 0))).isEqualTo(new RecordFate.Keep());
    assertThat(fold.cursor()).isEqualTo(new SourceCursor(0, "topic", 4, 2, 0));
    fold.skipTo(9);
    assertThat(fold.cursor().nextOffset()).isEqualTo(9);
    assertThat(fold.takeKeys()).isEmpty();
    assertThatThrownBy(() -> fold.apply(rows(8, 7, 1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> fold.skipTo(8)).isInstanceOf(IllegalArgumentException.class);
    assertThat(fold.cursor().nextOffset()).isEqualTo(9);
  }

  @Test
  void aRepeatIsDroppedAndOtherRowsOfItsRecordAreKept() {
    LogFold fold = LogFold.at(START, List.of());
    assertThat(fold.apply(rows(0, 0, 4, run(1, 1, 0, 0, 4)))).isEqualTo(new RecordFate.Keep());
    assertThat(fold.apply(rows(1, 1, 4, run(1, 1, 0, 0, 4)))).isEqualTo(new RecordFate.Drop());
    RecordFate mixed = fold.apply(rows(2, 2, 8, run(1, 1, 0, 2, 3), run(2, 1, 0, 5, 2)));
    assertThat(mixed)
        .isInstanceOfSatisfying(
            RecordFate.KeepRows.class,
            kept -> {
              assertThat(kept.rows().size()).isEqualTo(8);
              assertThat(kept.rows().count()).isEqualTo(5);
              for (int row = 0; row < 8; row++) {
                assertThat(kept.rows().contains(row)).isEqualTo(row < 2 || row >= 5);
              }
            });
    assertThat(fold.apply(rows(3, 3, 3, run(3, 1, 0, 0, 3), run(3, 1, 0, 0, 0))))
        .isEqualTo(new RecordFate.Keep());
    assertThat(fold.keys()).isEqualTo(3);
  }

  @Test
  void partsOfOneRequestAreKeptOnceEach() {
    LogFold fold = LogFold.at(START, List.of());
    for (int part = 0; part < 5; part++) {
      assertThat(fold.apply(rows(part, 0, 2, run(1, 1, part, 0, 2))))
          .isEqualTo(new RecordFate.Keep());
    }
    for (int part = 0; part < 5; part++) {
      assertThat(fold.apply(rows(5 + part, 0, 2, run(1, 1, part, 0, 2))))
          .isEqualTo(new RecordFate.Drop());
    }
  }

  @Test
  void aKeyWithAnotherPayloadIsKeptAndCounted() {
    LogFold fold = LogFold.at(START, List.of());
    fold.apply(rows(0, 0, 1, run(1, 1, 0, 0, 1)));
    assertThat(fold.otherPayloads()).isZero();
    assertThat(fold.apply(rows(1, 0, 1, run(1, 2, 0, 0, 1)))).isEqualTo(new RecordFate.Keep());
    assertThat(fold.otherPayloads()).isEqualTo(1);
    assertThat(fold.apply(rows(2, 0, 1, run(1, 1, 0, 0, 1)))).isEqualTo(new RecordFate.Drop());
    assertThat(fold.apply(rows(3, 0, 1, run(1, 2, 0, 0, 1)))).isEqualTo(new RecordFate.Drop());
  }

  @Test
  void keysAreForgottenAnHourLaterByTheLogsClock() {
    LogFold fold = LogFold.at(START, List.of());
    fold.apply(rows(0, 1_000, 1, run(1, 1, 0, 0, 1)));
    assertThat(fold.apply(rows(1, 1_000 + HOUR, 1, run(1, 1, 0, 0, 1))))
        .isEqualTo(new RecordFate.Drop());
    assertThat(fold.apply(rows(2, 1_001 + HOUR, 1, run(1, 1, 0, 0, 1))))
        .isEqualTo(new RecordFate.Keep());
    // A clock that goes back takes nothing back.
    assertThat(fold.apply(rows(3, 500, 1, run(1, 1, 0, 0, 1)))).isEqualTo(new RecordFate.Drop());
    assertThat(fold.apply(rows(4, 500, 1, run(2, 1, 0, 0, 1)))).isEqualTo(new RecordFate.Keep());
    assertThat(fold.apply(rows(5, 1_001 + 2 * HOUR, 1, run(2, 1, 0, 0, 1))))
        .isEqualTo(new RecordFate.Drop());
  }

  @Test
  void undecodableRecordsBecomeDeadLettersAndTheOthersLand() {
    LogFold fold = LogFold.at(START, List.of());
    assertThat(fold.apply(new LogRecord.Undecodable(0, 1, 5, "no frame")))
        .isEqualTo(new RecordFate.DeadLetter("no frame"));
    assertThat(fold.cursor().nextOffset()).isEqualTo(1);
    for (KeyedRows bad :
        List.of(
            run(1, 1, 0, 0, 5),
            run(1, 1, 0, -1, 1),
            run(1, 1, 0, 3, 2),
            run(1, 1, 0, 2, -1),
            run(1, 1, 0, Integer.MAX_VALUE, 2))) {
      long offset = fold.cursor().nextOffset();
      assertThat(fold.apply(rows(offset, 5, 4, run(9, 9, 0, 0, 4), bad)))
          .isInstanceOf(RecordFate.DeadLetter.class);
    }
    // None of the keys of a dead letter is remembered.
    assertThat(fold.keys()).isZero();
    assertThat(fold.apply(rows(99, 5, 4, run(9, 9, 0, 0, 4)))).isEqualTo(new RecordFate.Keep());
  }

  @Test
  void damagedWindowsAreCorruption() {
    KeyWindow good = KeyWindows.of(0, 5, 3);
    for (int i = 0; i < good.packed().length; i++) {
      byte[] bad = good.packed().clone();
      bad[i] ^= 1 << i % 8;
      KeyWindow window = new KeyWindow(0, good.until(), bad);
      assertThatThrownBy(() -> LogFold.at(START, List.of(window)))
          .isInstanceOf(CatalogException.Corrupt.class);
    }
  }

  /** However a log is cut into flushes, and wherever readers start, every row has one fate. */
  @Test
  void replayInAnySplitGivesTheSameRows() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 60; round++) {
      List<LogRecord> log = randomLog(random);
      List<RecordFate> whole = fates(LogFold.at(START, List.of()), log);
      assertThat(distinctFates(whole)).as("seed %d", seed).isGreaterThan(1);

      FoldedSnapshot snapshot = tableSnapshot();
      int next = 0;
      List<RecordFate> flushed = new ArrayList<>();
      while (next < log.size()) {
        LogFold fold = LogFold.at(snapshot.cursor(0).orElseThrow(), snapshot.keys(0));
        // A reader of the tail sees at once what later flushes will keep.
        List<RecordFate> tail =
            fates(LogFold.at(fold.cursor(), snapshot.keys(0)), log.subList(next, log.size()));
        assertSame(seed, tail, whole.subList(next, whole.size()));
        // One flusher lives through several flushes; then another takes over from the catalog.
        for (int flushes = 1 + random.nextInt(3); flushes > 0 && next < log.size(); flushes--) {
          SourceCursor from = fold.cursor();
          int end = Math.min(log.size(), next + 1 + random.nextInt(30));
          flushed.addAll(fates(fold, log.subList(next, end)));
          next = end;
          List<KeyWindow> keys = fold.takeKeys().stream().toList();
          snapshot = flush(snapshot, from, fold.cursor(), keys);
        }
        // What it had folded beyond its last commit is lost with it.
        fates(fold, log.subList(next, Math.min(log.size(), next + random.nextInt(5))));
      }
      assertSame(seed, flushed, whole);
    }
  }

  private static void assertSame(long seed, List<RecordFate> actual, List<RecordFate> expected) {
    assertThat(actual.stream().map(LogFoldTest::describe).toList())
        .as("seed %d", seed)
        .isEqualTo(expected.stream().map(LogFoldTest::describe).toList());
  }

  private static String describe(RecordFate fate) {
    return switch (fate) {
      case RecordFate.Keep keep -> "keep";
      case RecordFate.KeepRows keep -> "keep " + Arrays.toString(keep.rows().words());
      case RecordFate.Drop drop -> "drop";
      case RecordFate.DeadLetter dead -> "dead " + dead.problem();
    };
  }

  private static long distinctFates(List<RecordFate> fates) {
    return fates.stream().map(Object::getClass).distinct().count();
  }

  private static List<RecordFate> fates(LogFold fold, List<LogRecord> records) {
    List<RecordFate> fates = new ArrayList<>();
    for (LogRecord record : records) {
      fates.add(fold.apply(record));
    }
    return fates;
  }

  private static FoldedSnapshot tableSnapshot() {
    return FoldedSnapshot.EMPTY.plus(
        new CommitRecord(
            1,
            Instant.EPOCH,
            Commit.ofTables(
                Commit.Kind.CREATE_TABLE,
                List.of(new TableChange.Create(Catalogs.table(1, "t", 0, 1))))));
  }

  private static FoldedSnapshot flush(
      FoldedSnapshot snapshot, SourceCursor from, SourceCursor to, List<KeyWindow> keys) {
    return snapshot.plus(
        new CommitRecord(
            snapshot.number() + 1,
            Instant.EPOCH,
            new Commit(
                UUID.randomUUID(),
                Commit.Kind.FLUSH,
                null,
                List.of(),
                List.of(),
                List.of(new Commit.CursorMove(from, to)),
                List.of(),
                keys)));
  }

  /** Records with few keys, so that many repeat, over several hours of a clock that wavers. */
  private static List<LogRecord> randomLog(Random random) {
    List<LogRecord> log = new ArrayList<>();
    long offset = 0;
    long millis = 1_000_000_000L;
    for (int i = 0; i < 300; i++) {
      offset += 1 + random.nextInt(10) / 9;
      millis += random.nextInt(200_000);
      long time = millis - (random.nextInt(8) == 0 ? random.nextInt(600_000) : 0);
      if (random.nextInt(30) == 0) {
        log.add(new LogRecord.Undecodable(offset, 1, time, "bad " + i));
        continue;
      }
      List<KeyedRows> runs = new ArrayList<>();
      int row = 0;
      for (int n = random.nextInt(4); n > 0; n--) {
        int count = 1 + random.nextInt(3);
        runs.add(run(random.nextInt(25), random.nextInt(6) / 5, random.nextInt(4) / 3, row, count));
        row += count + random.nextInt(2);
      }
      log.add(new LogRecord.Rows(offset, 1, time, row + random.nextInt(2), runs));
    }
    return log;
  }

  @Test
  void aLedgerAnswersLikeAPlainMapAlsoAtItsBound() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int bound : new int[] {1, 3, 100, 5_000}) {
      KeyLedger ledger = new KeyLedger(bound);
      List<KeyWindow> windows = new ArrayList<>();
      Map<List<Long>, Long> kept = new HashMap<>();
      List<Long> times = new ArrayList<>();
      long millis = 0;
      int repeats = 0;
      for (int step = 0; step < 40_000; step++) {
        millis += random.nextInt(300);
        long key = random.nextInt(bound * 3 + 5);
        List<Long> identity = List.of(key, (long) random.nextInt(2));
        Long at = kept.get(identity);
        boolean known =
            at != null && times.size() - at <= bound && millis - times.get((int) (long) at) <= HOUR;
        boolean isNew = ledger.remember(run(key, identity.get(1), 0, 0, 1), millis);
        assertThat(isNew).as("seed %d, bound %d, step %d", seed, bound, step).isEqualTo(!known);
        repeats += known ? 1 : 0;
        if (isNew) {
          kept.put(identity, (long) times.size());
          times.add(millis);
        }
        assertThat(ledger.size()).isLessThanOrEqualTo(bound);
        if (random.nextInt(500) == 0) {
          ledger.take(0).ifPresent(windows::add);
          if (random.nextInt(5) == 0) {
            ledger = KeyLedger.restore(windows, bound);
          }
        }
      }
      assertThat(repeats).as("seed %d, bound %d", seed, bound).isPositive();
    }
  }

  @Test
  void aMillionKeysTakeLittleMemory() {
    KeyLedger ledger = new KeyLedger();
    int count = 1_000_000;
    long spread = new Random(1).nextLong();
    long start = System.nanoTime();
    for (int i = 0; i < count; i++) {
      ledger.remember(run(spread * i, i, 0, 0, 1), i);
    }
    long insert = System.nanoTime() - start;
    KeyWindow window = ledger.take(0).orElseThrow();
    start = System.nanoTime();
    KeyLedger restored = KeyLedger.restore(List.of(window));
    long restore = System.nanoTime() - start;
    System.out.printf(
        "1,000,000 keys: %.0f ns each to remember, %.0f ns to restore, %.1f bytes packed%n",
        insert / 1e6, restore / 1e6, window.packed().length / 1e6);
    assertThat(restored.size()).isEqualTo(count);
    assertThat(restored.remember(run(spread * 5, 5, 0, 0, 1), count)).isFalse();
    assertThat(KeyLedger.entries(window)).isEqualTo(count);
  }
}
