package dev.kyma.catalog.visibility;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.Bits;
import dev.kyma.format.vector.BytesVector;
import dev.kyma.format.vector.BytesVectorBuilder;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.DictionaryVector;
import dev.kyma.format.vector.DoubleVector;
import dev.kyma.format.vector.Int128Vector;
import dev.kyma.format.vector.LongVector;
import dev.kyma.format.vector.Selection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KeyVersionsTest {
  private static RowKeys keys(long... values) {
    return RowKeys.of(List.of(new LongVector(LogicalType.INT64, values)), values.length);
  }

  private static BytesVector texts(String... values) {
    BytesVectorBuilder builder = new BytesVectorBuilder(LogicalType.TEXT, values.length);
    for (String value : values) {
      builder.append(value);
    }
    return builder.build();
  }

  private static Selection tombstones(int size, int... rows) {
    long[] words = new long[Bits.words(size)];
    for (int row : rows) {
      Bits.set(words, row);
    }
    return Selection.of(size, words);
  }

  @Test
  void aRowIsHiddenByTheNextOfItsKeyAndATombstoneByItself() {
    KeyVersions versions = new KeyVersions();
    versions.add(keys(1, 2, 1, 2), tombstones(4, 3), new long[] {10, 11, 12, 13});
    assertThat(versions.hiddenFrom(0)).isEqualTo(12);
    assertThat(versions.hiddenFrom(1)).isEqualTo(13);
    assertThat(versions.hiddenFrom(2)).isEqualTo(Long.MAX_VALUE);
    assertThat(versions.hiddenFrom(3)).isEqualTo(13);
    versions.add(keys(2), tombstones(1), new long[] {20});
    // The tombstone hid itself before that, and does so for readers of any end.
    assertThat(versions.hiddenFrom(3)).isEqualTo(13);
    assertThat(versions.replaces(0)).isEqualTo(KeyVersions.NONE);
    assertThat(versions.replaces(2)).isEqualTo(10);
    assertThat(versions.replaces(4)).isEqualTo(13);
    assertThat(places(versions.visible(0, Selection.all(3), 13))).containsExactly(1, 2);
    assertThat(places(versions.visible(0, Selection.all(5), 21))).containsExactly(2, 4);
  }

  private static List<Integer> places(Selection selection) {
    List<Integer> places = new ArrayList<>();
    for (int row = 0; row < selection.size(); row++) {
      if (selection.contains(row)) {
        places.add(row);
      }
    }
    return places;
  }

  private record Version(long key, boolean tombstone, long seq) {}

  /** Against a list of versions, at random ends, with rows forgotten from the front. */
  @Test
  void isAListOfVersions() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int run = 0; run < 40; run++) {
      KeyVersions versions = new KeyVersions();
      List<Version> model = new ArrayList<>();
      int keyCount = 1 + random.nextInt(run % 2 == 0 ? 20 : 20_000);
      int forgotten = 0;
      long seq = 0;
      for (int step = 0; step < 60; step++) {
        int rows = random.nextInt(run % 2 == 0 ? 6 : 400);
        long[] values = new long[rows];
        long[] seqs = new long[rows];
        long[] dead = new long[Bits.words(rows)];
        for (int row = 0; row < rows; row++) {
          seq += 1 + random.nextInt(3);
          values[row] = random.nextInt(keyCount) * 0x9E3779B97F4A7C15L;
          seqs[row] = seq;
          if (random.nextInt(5) == 0) {
            Bits.set(dead, row);
          }
          model.add(new Version(values[row], Bits.get(dead, row), seq));
        }
        assertThat(versions.next()).isEqualTo(model.size() - rows);
        versions.add(keys(values), Selection.of(rows, dead), seqs);
        if (random.nextInt(3) == 0) {
          forgotten += random.nextInt(model.size() - forgotten + 1);
          versions.forgetBefore(forgotten);
        }
        long end = random.nextInt((int) seq + 2);
        for (int row = forgotten; row < model.size(); row++) {
          if (model.get(row).seq() < end) {
            assertThat(versions.hiddenFrom(row) >= end)
                .as("seed %d, row %d, end %d", seed, row, end)
                .isEqualTo(isVisible(model, row, end));
          }
        }
        if (forgotten < model.size()) {
          int row = forgotten + random.nextInt(model.size() - forgotten);
          assertThat(versions.contains(keys(model.get(row).key()), 0)).isTrue();
          assertReplaces(model, versions, row, forgotten, seed);
        }
        assertThat(versions.contains(keys(-7), 0)).isFalse();
      }
    }
  }

  private static boolean isVisible(List<Version> model, int row, long end) {
    if (model.get(row).tombstone()) {
      return false;
    }
    for (int later = row + 1; later < model.size() && model.get(later).seq() < end; later++) {
      if (model.get(later).key() == model.get(row).key()) {
        return false;
      }
    }
    return true;
  }

  private static void assertReplaces(
      List<Version> model, KeyVersions versions, int row, int forgotten, long seed) {
    for (int before = row - 1; before >= forgotten; before--) {
      if (model.get(before).key() == model.get(row).key()) {
        assertThat(versions.replaces(row)).as("seed %d", seed).isEqualTo(model.get(before).seq());
        return;
      }
    }
    long first = model.get(forgotten).seq();
    assertThat(versions.replaces(row)).as("seed %d", seed).isLessThan(first);
  }

  @Test
  void memoryFollowsTheRowsThatAreLeft() {
    KeyVersions versions = new KeyVersions();
    for (int step = 0; step < 400; step++) {
      long[] values = new long[1_000];
      Arrays.setAll(values, i -> versions.next() + i);
      versions.add(keys(values), tombstones(1_000), values.clone());
      versions.forgetBefore(versions.next() - 1_000);
    }
    assertThat(versions.bytes()).isLessThan(1 << 20);
  }

  @Test
  void keysAreEqualExactlyWhenTheirValuesAre() {
    ColumnVector texts = texts("", "a", "ab", "b");
    ColumnVector more = texts("ab", "b", "", "a");
    RowKeys keys = RowKeys.of(List.of(texts, more), 4);
    KeyVersions versions = new KeyVersions();
    versions.add(keys, tombstones(4), new long[] {1, 2, 3, 4});
    for (int row = 0; row < 4; row++) {
      assertThat(versions.hiddenFrom(row)).isEqualTo(Long.MAX_VALUE);
    }
    ColumnVector coded = new DictionaryVector(1, new int[] {1}, texts("x", "ab"), null);
    ColumnVector other = texts("");
    versions.add(RowKeys.of(List.of(coded, other), 1), tombstones(1), new long[] {9});
    assertThat(versions.hiddenFrom(2)).isEqualTo(9);
    RowKeys zeros =
        RowKeys.of(List.of(new DoubleVector(LogicalType.FLOAT64, new double[] {0.0, -0.0})), 2);
    assertThat(zeros.hash(0)).isEqualTo(zeros.hash(1));
  }

  /** Where keys go is frozen: moved keys would lose the order of their versions. */
  @Test
  void partitionsAreWhatTheyWereAlways() {
    RowKeys numbers = keys(0, 1, -1, 42, Long.MAX_VALUE);
    assertThat(partitions(numbers)).isEqualTo(FROZEN_NUMBERS);
    assertThat(partitions(RowKeys.of(List.of(texts("", "a", "kyma", "a longer key")), 4)))
        .isEqualTo(FROZEN_TEXTS);
    ColumnVector wide =
        new Int128Vector(LogicalType.decimal(30, 0), 1, new long[] {0}, new long[] {42}, null);
    assertThat(partitions(RowKeys.of(List.of(wide, keysColumn(7)), 1))).isEqualTo(FROZEN_WIDE);
  }

  private static final List<Integer> FROZEN_NUMBERS = List.of(983, 343, 938, 688, 632);
  private static final List<Integer> FROZEN_TEXTS = List.of(30, 687, 661, 74);
  private static final List<Integer> FROZEN_WIDE = List.of(958);

  private static ColumnVector keysColumn(long value) {
    return new LongVector(LogicalType.INT64, new long[] {value});
  }

  private static List<Integer> partitions(RowKeys keys) {
    List<Integer> partitions = new ArrayList<>();
    for (int row = 0; row < keys.size(); row++) {
      partitions.add(keys.partition(row, 1_000));
    }
    return partitions;
  }

  @Test
  void keysSpreadOverPartitions() {
    int[] counts = new int[6];
    for (long value = 0; value < 60_000; value++) {
      counts[keys(value).partition(0, 6)]++;
    }
    for (int count : counts) {
      assertThat(count).isBetween(9_500, 10_500);
    }
  }
}
