package dev.kyma.format.io;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kyma.format.io.ObjectStore.PutResult;
import dev.kyma.format.io.ObjectStore.Range;
import dev.kyma.format.io.ObjectStore.Stat;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every object store must do. */
public abstract class ObjectStoreContractTest {
  /** An empty store; closed by whoever made it. */
  protected abstract ObjectStore store();

  @Test
  void readsBackWhatWasCreated() {
    ByteBuffer first = bytes("hello ");
    ByteBuffer second = bytes("xworld").position(1);
    assertThat(store().create("a/b-c=1/d.bin", List.of(first, second)))
        .isEqualTo(PutResult.CREATED);
    assertThat(first.position()).isZero();
    assertThat(second.position()).isEqualTo(1);
    assertThat(text(store().read("a/b-c=1/d.bin", 0, 11))).isEqualTo("hello world");
    assertThat(text(store().read("a/b-c=1/d.bin", 4, 3))).isEqualTo("o w");
    assertThat(store().read("a/b-c=1/d.bin", 3, 0).remaining()).isZero();
    assertThat(store().stat("a/b-c=1/d.bin")).contains(new Stat("a/b-c=1/d.bin", 11));
  }

  @Test
  void keepsTheFirstObjectUnderAKey() {
    assertThat(store().create("k", List.of(bytes("one")))).isEqualTo(PutResult.CREATED);
    assertThat(store().create("k", List.of(bytes("other")))).isEqualTo(PutResult.EXISTS);
    assertThat(text(store().readSuffix("k", 100).bytes())).isEqualTo("one");
  }

  @Test
  void ofManyWritersAtOnceExactlyOneCreates() {
    CreateOnlyProbe.Result result = CreateOnlyProbe.run(store(), 16, 10);
    assertThat(result).isEqualTo(new CreateOnlyProbe.Result(10, 0));
    assertThat(result.passed()).isTrue();
    assertThat(store().list("", null, 10)).isEmpty();
  }

  @Test
  void readsSuffixes() {
    store().create("s", List.of(bytes("0123456789")));
    ObjectStore.Suffix part = store().readSuffix("s", 4);
    assertThat(part.length()).isEqualTo(10);
    assertThat(text(part.bytes())).isEqualTo("6789");
    ObjectStore.Suffix whole = store().readSuffix("s", 64);
    assertThat(whole.length()).isEqualTo(10);
    assertThat(text(whole.bytes())).isEqualTo("0123456789");
  }

  @Test
  void keepsEmptyObjects() {
    assertThat(store().create("empty", List.of())).isEqualTo(PutResult.CREATED);
    assertThat(store().create("empty", List.of(bytes("x")))).isEqualTo(PutResult.EXISTS);
    assertThat(store().stat("empty")).contains(new Stat("empty", 0));
    assertThat(store().readSuffix("empty", 10).length()).isZero();
  }

  @Test
  void readsRangesInTheOrderAsked() {
    byte[] content = new byte[3_000_000];
    new Random(1).nextBytes(content);
    store().create("big", List.of(ByteBuffer.wrap(content)));
    List<Range> ranges =
        List.of(
            new Range(2_900_000, 100_000),
            new Range(0, 10),
            new Range(5, 20),
            new Range(1_000_000, 0),
            new Range(30_000, 70_000),
            new Range(0, 10));
    List<ByteBuffer> buffers = store().readRanges("big", ranges);
    assertThat(buffers).hasSameSizeAs(ranges);
    for (int i = 0; i < ranges.size(); i++) {
      Range range = ranges.get(i);
      assertThat(buffers.get(i))
          .isEqualTo(ByteBuffer.wrap(content, (int) range.offset(), range.length()));
    }
    assertThat(store().readRanges("big", List.of())).isEmpty();
  }

  @Test
  void refusesToReadBeyondTheEnd() {
    store().create("short", List.of(bytes("abc")));
    assertThatThrownBy(() -> store().read("short", 1, 3))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> store().read("short", 7, 1))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> store().readRanges("short", List.of(new Range(2, 9))))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void saysWhatIsNotThere() {
    assertThat(store().stat("none")).isEmpty();
    assertThat(store().stat("none/deeper")).isEmpty();
    assertThatThrownBy(() -> store().read("none", 0, 1))
        .isInstanceOfSatisfying(
            ObjectStoreException.NotFound.class, e -> assertThat(e.key()).isEqualTo("none"));
    assertThatThrownBy(() -> store().readSuffix("none", 1))
        .isInstanceOf(ObjectStoreException.NotFound.class);
    assertThatThrownBy(() -> store().readRanges("none", List.of(new Range(0, 1))))
        .isInstanceOf(ObjectStoreException.NotFound.class);
  }

  @Test
  void deletesAndForgets() {
    store().create("d/1", List.of(bytes("1")));
    store().create("d/2", List.of(bytes("2")));
    store().delete(List.of("d/1", "d/none"));
    store().delete(List.of());
    assertThat(store().stat("d/1")).isEmpty();
    assertThat(store().stat("d/2")).isPresent();
    assertThat(store().create("d/1", List.of(bytes("again")))).isEqualTo(PutResult.CREATED);
    assertThat(text(store().read("d/1", 0, 5))).isEqualTo("again");
  }

  @Test
  void listsInBytewiseOrderPageByPage() {
    String[] keys = {
      "t/a", "t/a-b", "t/a.b", "t/a=b", "t/a_b", "t/aB", "t/b/1", "t/b/10", "t/b/2", "t/b-/1",
      "t/b.x", "t/c", "u", "t.x", "T/a", "t-/0"
    };
    TreeMap<String, Long> expected = new TreeMap<>();
    for (int i = 0; i < keys.length; i++) {
      store().create(keys[i], List.of(ByteBuffer.allocate(i)));
      expected.put(keys[i], (long) i);
    }
    for (String prefix : new String[] {"", "t", "t/", "t/b", "t/b/", "t/b/1", "t/a", "x", "u/"}) {
      List<Stat> all =
          expected.entrySet().stream()
              .filter(e -> e.getKey().startsWith(prefix))
              .map(e -> new Stat(e.getKey(), e.getValue()))
              .toList();
      assertThat(store().list(prefix, null, 1000)).as(prefix).isEqualTo(all);
      for (int limit : new int[] {1, 3}) {
        assertThat(pages(prefix, limit)).as("%s by %d", prefix, limit).isEqualTo(all);
      }
    }
    assertThat(store().list("t/", "t/b/11", 2))
        .extracting(Stat::key)
        .containsExactly("t/b/2", "t/c");
    assertThat(store().list("t/", "s", 1)).extracting(Stat::key).containsExactly("t/a");
    assertThat(store().list("t/", "zz", 1)).isEmpty();
  }

  @Test
  void refusesKeysThatAreNotRelativePaths() {
    for (String key :
        new String[] {
          "",
          "/a",
          "a/",
          "a//b",
          "..",
          "a/../b",
          ".",
          "a/./b",
          "a b",
          "a\\b",
          "ä",
          "~a",
          "a".repeat(1025)
        }) {
      assertThatThrownBy(() -> store().create(key, List.of()))
          .as(key)
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> store().read(key, 0, 0))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private List<Stat> pages(String prefix, int limit) {
    List<Stat> all = new ArrayList<>();
    @Nullable String after = null;
    while (true) {
      List<Stat> page = store().list(prefix, after, limit);
      all.addAll(page);
      if (page.size() < limit) {
        return all;
      }
      after = page.getLast().key();
    }
  }

  protected static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }

  protected static String text(ByteBuffer bytes) {
    return UTF_8.decode(bytes).toString();
  }
}
