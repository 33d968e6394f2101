package dev.kyma.query.core.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kyma.catalog.visibility.RowOp;
import dev.kyma.format.type.Field;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.type.TableSchema;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.LongVector;
import dev.kyma.format.vector.LongVectorBuilder;
import dev.kyma.format.vector.Selection;
import dev.kyma.query.core.QueryException;
import dev.kyma.query.core.exec.Chunk;
import dev.kyma.query.core.exec.MemoryBudget;
import dev.kyma.query.core.exec.Operator;
import dev.kyma.query.core.exec.QueryContext;
import dev.kyma.query.core.frontend.TableShape;
import dev.kyma.query.core.plan.TableRef;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What UPDATE and DELETE write, and in which order. */
class KeyedChangesTest {
  private static final TableShape TABLE =
      new TableShape(
          new TableRef("1", "default", "t"),
          TableSchema.of(
              new Field(1, "id", LogicalType.INT64, false),
              new Field(2, "n", LogicalType.INT64, true)),
          OptionalInt.empty(),
          List.of(),
          0,
          List.of(1),
          Map.of());

  private static QueryContext context(long maxMemory) {
    return new QueryContext(
        new MemoryBudget(maxMemory), Duration.ofMinutes(1), 1, Runnable::run, Instant.EPOCH);
  }

  /** Rows, column by column; null is NULL. */
  private static Batch batch(@Nullable Long[]... columns) {
    List<dev.kyma.format.vector.ColumnVector> vectors = new ArrayList<>();
    for (@Nullable Long[] column : columns) {
      LongVectorBuilder builder = new LongVectorBuilder(LogicalType.INT64, column.length);
      for (Long value : column) {
        if (value == null) {
          builder.appendNull();
        } else {
          builder.append(value);
        }
      }
      vectors.add(builder.build());
    }
    return new Batch(vectors, columns[0].length);
  }

  private static @Nullable Long[] column(@Nullable Long... values) {
    return values;
  }

  private static Operator of(Chunk... chunks) {
    Iterator<Chunk> next = Arrays.asList(chunks).iterator();
    return () -> next.hasNext() ? next.next() : null;
  }

  private static List<Long> values(RowVersionBatch batch, int column) {
    LongVector vector = (LongVector) batch.rows().column(column);
    List<Long> values = new ArrayList<>();
    for (int row = 0; row < vector.size(); row++) {
      values.add(vector.values()[row]);
    }
    return values;
  }

  @Test
  void rowsThatKeepTheirKeysAreWrittenOnce() {
    Batch rows = batch(column(1L, 2L, 3L), column(10L, null, 30L), column(1L, 2L, 3L));
    List<RowVersionBatch> versions =
        new KeyedChanges(TABLE, context(1 << 20))
            .updates(of(new Chunk(rows, Selection.of(3, new long[] {0b101}))));
    assertThat(versions).hasSize(1);
    assertThat(versions.getFirst().op()).isEqualTo(RowOp.UPDATE);
    assertThat(versions.getFirst().columns()).containsExactly("id", "n");
    assertThat(values(versions.getFirst(), 0)).containsExactly(1L, 3L);
    assertThat(values(versions.getFirst(), 1)).containsExactly(10L, 30L);
  }

  @Test
  void onlyKeysThatNothingHasAnyMoreGetTombstonesAndThoseComeLast() {
    // 1 -> 2 and 2 -> 3, in two batches; 9 stays.
    List<RowVersionBatch> versions =
        new KeyedChanges(TABLE, context(1 << 20))
            .updates(
                of(
                    Chunk.of(batch(column(2L, 9L), column(1L, 9L), column(1L, 9L))),
                    Chunk.of(batch(column(3L), column(2L), column(2L)))));
    assertThat(versions)
        .extracting(RowVersionBatch::op)
        .containsExactly(RowOp.UPDATE, RowOp.UPDATE, RowOp.DELETE);
    assertThat(versions.getLast().columns()).containsExactly("id");
    assertThat(values(versions.getLast(), 0)).containsExactly(1L);
  }

  @Test
  void aMissingValueIsFoundBeforeAnythingIsWritten() {
    assertThatThrownBy(
            () ->
                new KeyedChanges(TABLE, context(1 << 20))
                    .updates(
                        of(
                            Chunk.of(batch(column(1L), column(1L), column(1L))),
                            Chunk.of(batch(column((Long) null), column(1L), column(2L))))))
        .isInstanceOf(QueryException.class)
        .hasMessageContaining("id must not be NULL");
  }

  @Test
  void whatIsReadCountsAgainstTheQuerysMemory() {
    Long[] many = new Long[5_000];
    Arrays.fill(many, 7L);
    assertThatThrownBy(
            () ->
                new KeyedChanges(TABLE, context(10_000))
                    .deletes(of(Chunk.of(batch(many)), Chunk.of(batch(many)))))
        .isInstanceOf(QueryException.class)
        .hasMessageContaining("max-memory");
  }

  @Test
  void smallBatchesAreJoinedAndOrderIsKept() {
    RowVersionBatch update =
        new RowVersionBatch(RowOp.UPDATE, List.of("id"), batch(column(1L, 2L)));
    RowVersionBatch delete = new RowVersionBatch(RowOp.DELETE, List.of("id"), batch(column(3L)));
    List<RowVersionBatch> joined =
        RowVersionBatch.joined(List.of(update, update, update, delete, delete), 5);
    assertThat(joined)
        .extracting(RowVersionBatch::op)
        .containsExactly(RowOp.UPDATE, RowOp.UPDATE, RowOp.DELETE);
    assertThat(joined).extracting(batch -> batch.rows().rowCount()).containsExactly(4, 2, 2);
    assertThat(RowVersionBatch.joined(List.of(), 5)).isEmpty();
  }
}
