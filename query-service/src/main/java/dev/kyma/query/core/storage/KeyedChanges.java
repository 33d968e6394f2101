package dev.kyma.query.core.storage;

import dev.kyma.catalog.visibility.RowOp;
import dev.kyma.format.predicate.Constant;
import dev.kyma.format.type.Field;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.BytesVector;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.Flatten;
import dev.kyma.format.vector.Gather;
import dev.kyma.query.core.QueryException;
import dev.kyma.query.core.exec.Chunk;
import dev.kyma.query.core.exec.Operator;
import dev.kyma.query.core.exec.QueryContext;
import dev.kyma.query.core.expr.Literals;
import dev.kyma.query.core.frontend.TableShape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What UPDATE and DELETE write to the log of a keyed table. Everything is read before anything is
 * written, so that a statement never meets what it wrote itself. Used by one thread.
 */
public final class KeyedChanges {
  private static final int GATHERED_KEY_BYTES = 64;

  private final TableShape table;
  private final QueryContext context;

  public KeyedChanges(TableShape table, QueryContext context) {
    this.table = table;
    this.context = context;
  }

  /**
   * New versions of rows. Of rows whose key changes, the new versions come first and the tombstones
   * of keys that nothing has any more after them: whatever stops the statement in between, no row
   * is lost.
   *
   * @param rows all columns of the table, then the values its key's columns have now
   * @throws QueryException if a column that must have a value has none
   */
  public List<RowVersionBatch> updates(Operator rows) {
    int width = table.schema().size();
    List<String> columns = table.schema().fields().stream().map(Field::name).toList();
    List<RowVersionBatch> versions = new ArrayList<>();
    List<Batch> movedFrom = new ArrayList<>();
    Set<List<@Nullable Constant>> movedTo = new HashSet<>();
    for (Chunk chunk = rows.next(); chunk != null; chunk = rows.next()) {
      context.check();
      Batch batch = whole(chunk);
      Batch now = part(batch, 0, width);
      requireValues(now);
      versions.add(new RowVersionBatch(RowOp.UPDATE, columns, now));
      Batch before = part(batch, width, batch.columns().size());
      Batch moved = moved(before, keyOf(now), movedTo);
      if (moved.rowCount() > 0) {
        movedFrom.add(moved);
      }
    }
    for (Batch keys : movedFrom) {
      Batch gone = without(keys, movedTo);
      if (gone.rowCount() > 0) {
        versions.add(new RowVersionBatch(RowOp.DELETE, keyNames(), gone));
      }
    }
    return versions;
  }

  /**
   * Tombstones.
   *
   * @param keys the columns of the primary key
   */
  public List<RowVersionBatch> deletes(Operator keys) {
    List<RowVersionBatch> versions = new ArrayList<>();
    for (Chunk chunk = keys.next(); chunk != null; chunk = keys.next()) {
      context.check();
      versions.add(new RowVersionBatch(RowOp.DELETE, keyNames(), whole(chunk)));
    }
    return versions;
  }

  private List<String> keyNames() {
    return table.primaryKey().stream()
        .map(id -> table.schema().field(table.schema().indexOfId(id)).name())
        .toList();
  }

  /** The chunk's rows on their own, counted against the query's memory. */
  private Batch whole(Chunk chunk) {
    int count = chunk.selection().count();
    Batch batch = chunk.batch();
    int[] rows = new int[count];
    int next = 0;
    for (int row = 0; row < batch.rowCount(); row++) {
      if (chunk.selection().contains(row)) {
        rows[next++] = row;
      }
    }
    List<ColumnVector> columns = new ArrayList<>();
    long bytes = 0;
    for (ColumnVector column : Gather.rows(batch, rows, count).columns()) {
      ColumnVector flat = Flatten.of(column);
      bytes += bytes(flat);
      columns.add(flat);
    }
    context.memory().reserve(bytes);
    return new Batch(columns, count);
  }

  private static long bytes(ColumnVector column) {
    return column instanceof BytesVector texts
        ? texts.data().length + 4L * column.size()
        : 16L * column.size();
  }

  private static Batch part(Batch batch, int from, int to) {
    return new Batch(batch.columns().subList(from, to), batch.rowCount());
  }

  private Batch keyOf(Batch row) {
    List<ColumnVector> key = new ArrayList<>();
    table.primaryKey().forEach(id -> key.add(row.column(table.schema().indexOfId(id))));
    return new Batch(key, row.rowCount());
  }

  private void requireValues(Batch batch) {
    for (int i = 0; i < table.schema().size(); i++) {
      Field field = table.schema().field(i);
      ColumnVector column = batch.column(i);
      if (field.nullable() || column.nulls() == null) {
        continue;
      }
      for (int row = 0; row < batch.rowCount(); row++) {
        if (column.isNull(row)) {
          throw QueryException.invalidValue("the column " + field.name() + " must not be NULL");
        }
      }
    }
  }

  /** The old keys of rows that have another one now; adds the new ones. */
  private Batch moved(Batch before, Batch now, Set<List<@Nullable Constant>> newKeys) {
    int[] moved = new int[before.rowCount()];
    int count = 0;
    for (int row = 0; row < before.rowCount(); row++) {
      List<@Nullable Constant> key = key(now, row);
      if (!key.equals(key(before, row))) {
        moved[count++] = row;
        context.memory().reserve(GATHERED_KEY_BYTES);
        newKeys.add(key);
      }
    }
    return Gather.rows(before, Arrays.copyOf(moved, count), count);
  }

  private static Batch without(Batch keys, Set<List<@Nullable Constant>> others) {
    int[] kept = new int[keys.rowCount()];
    int count = 0;
    for (int row = 0; row < keys.rowCount(); row++) {
      if (!others.contains(key(keys, row))) {
        kept[count++] = row;
      }
    }
    return Gather.rows(keys, Arrays.copyOf(kept, count), count);
  }

  private static List<@Nullable Constant> key(Batch batch, int row) {
    List<@Nullable Constant> key = new ArrayList<>(batch.columns().size());
    for (ColumnVector column : batch.columns()) {
      key.add(column.isNull(row) ? null : Objects.requireNonNull(Literals.constant(column, row)));
    }
    return key;
  }
}
