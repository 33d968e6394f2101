package dev.kyma.format.io.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kyma.format.io.ObjectStore;
import dev.kyma.format.io.ObjectStore.Range;
import dev.kyma.format.io.ObjectStoreContractTest;
import dev.kyma.format.io.ObjectStoreException;
import dev.kyma.format.io.memory.MemoryObjectStore;
import dev.kyma.format.testing.FaultyObjectStore;
import dev.kyma.format.testing.FaultyObjectStore.Fault;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class CachingObjectStoreTest extends ObjectStoreContractTest {
  private static final int BUDGET = 1 << 20;

  private final FaultyObjectStore behind =
      new FaultyObjectStore(new MemoryObjectStore(), (_, _, _) -> Fault.NONE);
  private final CachingObjectStore store = new CachingObjectStore(behind, BUDGET);

  @Override
  protected ObjectStore store() {
    return store;
  }

  private int requests(Runnable work) {
    int before = behind.steps();
    work.run();
    return behind.steps() - before;
  }

  private static byte[] content(int length, long seed) {
    byte[] content = new byte[length];
    new SplittableRandom(seed).nextBytes(content);
    return content;
  }

  @Test
  void whatWasReadIsNotAskedForAgain() {
    store.create("k", List.of(bytes("0123456789")));
    List<Range> ranges = List.of(new Range(0, 3), new Range(5, 2));
    assertThat(requests(() -> store.readRanges("k", ranges))).isEqualTo(1);
    assertThat(requests(() -> store.readRanges("k", ranges))).isZero();
    assertThat(requests(() -> store.readSuffix("k", 4))).isEqualTo(1);
    assertThat(requests(() -> store.readSuffix("k", 4))).isZero();
    assertThat(store.readSuffix("k", 4).length()).isEqualTo(10);
    assertThat(text(store.readSuffix("k", 4).bytes())).isEqualTo("6789");
    // Only what is missing is asked for.
    assertThat(
            requests(
                () -> {
                  List<ByteBuffer> parts =
                      store.readRanges("k", List.of(new Range(5, 2), new Range(8, 2)));
                  assertThat(text(parts.get(0))).isEqualTo("56");
                  assertThat(text(parts.get(1))).isEqualTo("89");
                }))
        .isEqualTo(1);
    CacheCounters counters = store.counters();
    assertThat(counters.misses()).isEqualTo(4);
    assertThat(counters.hits()).isEqualTo(6);
    assertThat(counters.bytesRead()).isEqualTo(3 + 2 + 4 + 2);
    assertThat(counters.entries()).isEqualTo(4);
  }

  @Test
  void buffersAreTheCallersOwnViews() {
    store.create("k", List.of(bytes("0123456789")));
    ByteBuffer first = store.read("k", 2, 4);
    first.position(3);
    assertThat(text(store.read("k", 2, 4))).isEqualTo("2345");
    assertThat(store.read("k", 2, 4).isReadOnly()).isTrue();
  }

  @Test
  void theBudgetHoldsAndTheLeastRecentlyUsedLeaves() {
    for (int i = 0; i < 40; i++) {
      store.create("k" + i, List.of(ByteBuffer.wrap(content(100_000, i))));
      store.read("k" + i, 0, 100_000);
      store.read("k0", 0, 100_000);
      assertThat(store.counters().bytes()).isLessThanOrEqualTo(BUDGET);
    }
    assertThat(store.counters().evicted()).isEqualTo(30);
    assertThat(requests(() -> store.read("k0", 0, 100_000))).isZero();
    assertThat(requests(() -> store.read("k39", 0, 100_000))).isZero();
    assertThat(requests(() -> store.read("k1", 0, 100_000))).isEqualTo(1);
  }

  @Test
  void aStretchOfMoreThanAnEighthOfTheBudgetIsPassedThrough() {
    store.create("k", List.of(ByteBuffer.wrap(content(BUDGET, 1))));
    assertThat(requests(() -> store.read("k", 0, BUDGET / 8 + 1))).isEqualTo(1);
    assertThat(requests(() -> store.read("k", 0, BUDGET / 8 + 1))).isEqualTo(1);
    assertThat(requests(() -> store.readSuffix("k", BUDGET / 8 + 1))).isEqualTo(1);
    assertThat(store.counters().entries()).isZero();
    assertThat(store.counters().bytesPassed()).isEqualTo(3 * (BUDGET / 8 + 1));
  }

  @Test
  void aBudgetOfNothingKeepsNothing() {
    CachingObjectStore none = new CachingObjectStore(behind, 0);
    none.create("k", List.of(bytes("abc")));
    assertThat(text(none.read("k", 0, 3))).isEqualTo("abc");
    assertThat(text(none.readSuffix("k", 2).bytes())).isEqualTo("bc");
    assertThat(none.counters().entries()).isZero();
  }

  @Test
  void failuresAreNotKept() {
    store.create("k", List.of(bytes("abc")));
    behind.follow((_, _, _) -> Fault.FAIL_BEFORE);
    assertThatThrownBy(() -> store.read("k", 0, 2))
        .isInstanceOf(ObjectStoreException.Unavailable.class);
    assertThatThrownBy(() -> store.readSuffix("k", 2))
        .isInstanceOf(ObjectStoreException.Unavailable.class);
    behind.follow((_, _, _) -> Fault.NONE);
    assertThat(text(store.read("k", 0, 2))).isEqualTo("ab");
    assertThat(text(store.readSuffix("k", 2).bytes())).isEqualTo("bc");
  }

  @Test
  void aMissingObjectIsFoundOnceItIsThere() {
    assertThatThrownBy(() -> store.read("k", 0, 1))
        .isInstanceOf(ObjectStoreException.NotFound.class);
    store.create("k", List.of(bytes("a")));
    assertThat(text(store.read("k", 0, 1))).isEqualTo("a");
  }

  @Test
  void whatIsForgottenIsAskedForAgain() {
    store.create("k", List.of(bytes("abc")));
    store.create("other", List.of(bytes("abc")));
    store.read("k", 0, 2);
    store.readSuffix("k", 2);
    store.read("other", 0, 2);
    store.forget("k");
    assertThat(requests(() -> store.read("other", 0, 2))).isZero();
    assertThat(requests(() -> store.read("k", 0, 2))).isEqualTo(1);
    assertThat(requests(() -> store.readSuffix("k", 2))).isEqualTo(1);
  }

  @Test
  void ofManyThatWantTheSameStretchOneReads() throws InterruptedException, ExecutionException {
    byte[] content = content(50_000, 3);
    store.create("k", List.of(ByteBuffer.wrap(content)));
    CountDownLatch reading = new CountDownLatch(1);
    CountDownLatch mayGoOn = new CountDownLatch(1);
    behind.follow(
        (_, _, _) -> {
          reading.countDown();
          awaitQuietly(mayGoOn);
          return Fault.NONE;
        });
    int before = behind.steps();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<ByteBuffer>> parts = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        parts.add(threads.submit(() -> store.read("k", 10, 40_000)));
      }
      assertThat(reading.await(10, TimeUnit.SECONDS)).isTrue();
      while (store.counters().shared() < 19) {
        Thread.onSpinWait();
      }
      mayGoOn.countDown();
      for (Future<ByteBuffer> part : parts) {
        assertThat(part.get()).isEqualTo(ByteBuffer.wrap(content, 10, 40_000));
      }
    }
    assertThat(behind.steps() - before).isEqualTo(1);
    assertThat(store.counters().misses()).isEqualTo(1);
  }

  @Test
  void whoeverWaitsForOneThatFailsReadsForItself() throws InterruptedException, ExecutionException {
    store.create("k", List.of(bytes("abcdef")));
    CountDownLatch mayGoOn = new CountDownLatch(1);
    AtomicInteger requests = new AtomicInteger();
    behind.follow(
        (_, _, _) -> {
          if (requests.getAndIncrement() > 0) {
            return Fault.NONE;
          }
          awaitQuietly(mayGoOn);
          return Fault.FAIL_BEFORE;
        });
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<ByteBuffer> first = threads.submit(() -> store.read("k", 0, 3));
      while (store.counters().misses() < 1) {
        Thread.onSpinWait();
      }
      Future<ByteBuffer> second = threads.submit(() -> store.read("k", 0, 3));
      while (store.counters().shared() < 1) {
        Thread.onSpinWait();
      }
      mayGoOn.countDown();
      assertThatThrownBy(first::get).hasCauseInstanceOf(ObjectStoreException.Unavailable.class);
      assertThat(text(second.get())).isEqualTo("abc");
    }
  }

  @Test
  void threadsThatReadForgetAndFailGetTheRightBytesOrAFault()
      throws InterruptedException, ExecutionException {
    long seed = System.nanoTime();
    byte[][] contents = new byte[6][];
    for (int i = 0; i < contents.length; i++) {
      contents[i] = content(200_000, seed + i);
      store.create("k" + i, List.of(ByteBuffer.wrap(contents[i])));
    }
    AtomicInteger step = new AtomicInteger();
    behind.follow((_, _, _) -> step.getAndIncrement() % 7 == 0 ? Fault.FAIL_AFTER : Fault.NONE);
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Future<Integer>> answers = new ArrayList<>();
      for (int t = 0; t < 8; t++) {
        SplittableRandom random = new SplittableRandom(seed + 100 + t);
        answers.add(threads.submit(() -> readAround(contents, random)));
      }
      int read = 0;
      for (Future<Integer> answer : answers) {
        read += answer.get();
      }
      assertThat(read).as("seed %d", seed).isGreaterThan(1_000);
    }
    assertThat(store.counters().bytes()).isLessThanOrEqualTo(BUDGET);
    assertThat(store.counters().hits()).isPositive();
  }

  private int readAround(byte[][] contents, SplittableRandom random) {
    int read = 0;
    for (int round = 0; round < 2_000; round++) {
      int k = random.nextInt(contents.length);
      List<Range> ranges = new ArrayList<>();
      for (int i = random.nextInt(4); i >= 0; i--) {
        // Few different stretches, so that threads meet.
        ranges.add(new Range(random.nextInt(5) * 30_000L, 1_000 + random.nextInt(3) * 20_000));
      }
      try {
        List<ByteBuffer> parts = store.readRanges("k" + k, ranges);
        for (int i = 0; i < ranges.size(); i++) {
          Range range = ranges.get(i);
          assertThat(parts.get(i))
              .isEqualTo(ByteBuffer.wrap(contents[k], (int) range.offset(), range.length()));
        }
        read++;
      } catch (ObjectStoreException.Unavailable e) {
        assertThat(e.key()).isEqualTo("k" + k);
      }
      if (random.nextInt(20) == 0) {
        store.forget("k" + k);
      }
    }
    return read;
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      if (!latch.await(10, TimeUnit.SECONDS)) {
        throw new AssertionError("nobody went on");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
