package dev.kyma.format.vector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kyma.format.testing.RandomVectors;
import dev.kyma.format.testing.Values;
import dev.kyma.format.type.LogicalType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Every operation on vectors agrees with the same operation on lists. */
class VectorOperationsTest {
  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);
  private final RandomVectors vectors = new RandomVectors(random);

  @Test
  void buildersKeepWhatIsAppended() {
    for (LogicalType type : RandomVectors.TYPES) {
      ColumnVector source = vectors.vector(type, 300);
      VectorBuilder builder = VectorBuilder.of(type, 0);
      for (int round = 0; round < 2; round++) {
        for (int row = 0; row < source.size(); row++) {
          builder.append(source, row);
        }
        assertThat(builder.size()).isEqualTo(300);
        assertThat(Values.of(builder.build())).as("seed %d", seed).isEqualTo(Values.of(source));
      }
      assertThat(builder.build().size()).isZero();
    }
  }

  @Test
  void gatherPicksRowsAndTurnsNegativePlacesIntoNull() {
    for (LogicalType type : RandomVectors.TYPES) {
      ColumnVector source = vectors.vector(type, 100);
      int[] rows = random.ints(500, -1, 100).toArray();
      List<@Nullable Object> values = Values.of(source);
      List<@Nullable Object> expected = new ArrayList<>();
      for (int row : rows) {
        expected.add(row < 0 ? null : values.get(row));
      }
      assertThat(Values.of(Gather.rows(source, rows, 500))).as("seed %d", seed).isEqualTo(expected);
      assertThat(Values.of(Gather.repeat(source, 7, 3)))
          .isEqualTo(Arrays.asList(values.get(7), values.get(7), values.get(7)));
    }
  }

  @Test
  void selectedKeepsExactlyTheChosenRows() {
    ColumnVector source = vectors.vector(LogicalType.TEXT, 1000);
    long[] words = new long[Bits.words(1000)];
    List<@Nullable Object> expected = new ArrayList<>();
    for (int row = 0; row < 1000; row++) {
      if (random.nextInt(3) == 0) {
        Bits.set(words, row);
        expected.add(Values.value(source, row));
      }
    }
    Selection selection = Selection.of(1000, words);
    assertThat(Values.of(Gather.selected(source, selection))).isEqualTo(expected);
    assertThat(Gather.selected(source, Selection.all(1000))).isSameAs(source);
  }

  @Test
  void slicesAndConcatenationsAreInverse() {
    for (LogicalType type : RandomVectors.TYPES) {
      ColumnVector source = vectors.vector(type, 200);
      List<ColumnVector> parts = new ArrayList<>();
      int at = 0;
      while (at < 200) {
        int count = Math.min(200 - at, random.nextInt(90));
        ColumnVector part = Slice.of(source, at, count);
        assertThat(Values.of(part))
            .as("seed %d", seed)
            .isEqualTo(Values.of(source).subList(at, at + count));
        parts.add(random.nextBoolean() ? part : Flatten.of(part));
        at += count;
      }
      assertThat(Values.of(Concat.of(type, parts)))
          .as("seed %d", seed)
          .isEqualTo(Values.of(source));
    }
  }

  @Test
  void flattenedDictionariesHoldTheSameValues() {
    ColumnVector coded;
    do {
      coded = vectors.vector(LogicalType.TEXT, 50);
    } while (!(coded instanceof DictionaryVector));
    assertThat(Flatten.of(coded)).isInstanceOf(BytesVector.class);
    assertThat(Values.of(Flatten.of(coded))).isEqualTo(Values.of(coded));
  }

  @Test
  void piecesPutIntoAValueAreOneValueAndCanBeDiscarded() {
    BytesVectorBuilder builder = new BytesVectorBuilder(LogicalType.TEXT, 1);
    builder.put('a');
    builder.put(new byte[] {'x', 'b', 'c'}, 1, 2);
    builder.endValue();
    builder.put('z');
    builder.discardValue();
    builder.append("é");
    BytesVector built = builder.build();
    assertThat(built.text(0)).isEqualTo("abc");
    assertThat(built.text(1)).isEqualTo("é");
  }

  @Test
  void allNullIsNullInEveryRow() {
    for (LogicalType type : RandomVectors.TYPES) {
      assertThat(Values.of(AllNull.of(type, 70))).hasSize(70).containsOnlyNulls();
    }
  }

  @Test
  void aRangeOfBitsIsSetAndNoOther() {
    for (int from = 0; from < 200; from += 7) {
      for (int to = from; to <= 256; to++) {
        long[] words = new long[4];
        Bits.set(words, 3);
        Bits.setRange(words, from, to);
        for (int bit = 0; bit < 256; bit++) {
          assertThat(Bits.get(words, bit))
              .as("bit %d of %d to %d", bit, from, to)
              .isEqualTo(bit == 3 || bit >= from && bit < to);
        }
      }
    }
  }
}
