package dev.kyma.ingest.core.typing;

import dev.kyma.catalog.TableDef;
import dev.kyma.format.type.Field;
import dev.kyma.format.type.LogicalType;
import dev.kyma.format.type.SystemColumns;
import dev.kyma.format.vector.Batch;
import dev.kyma.format.vector.Bits;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.format.vector.Gather;
import dev.kyma.format.vector.LongVectorBuilder;
import dev.kyma.format.vector.Selection;
import dev.kyma.format.vector.VectorBuilder;
import dev.kyma.ingest.core.json.LooseValues;
import dev.kyma.ingest.core.json.RawColumn;
import dev.kyma.ingest.core.json.RawRows;
import dev.kyma.ingest.core.json.Rejection;
import dev.kyma.ingest.core.json.ValueKind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Maps raw rows to a table's columns.
 *
 * <p>In a table with an overflow column every value lands: what fits no column goes there. In one
 * without, a row with such a value is rejected, as is in any table a row without a value for a
 * column that must have one. Rows of a keyed table get a column {@code _kyma_op} behind the table's
 * own; those that delete their key have values in the key's columns only.
 */
public final class RowMapper {
  private final TableDef table;
  private final boolean declared;
  private final RawRows rows;
  private final long nowNanos;
  private final RowDefaults defaults;
  private final RowOps ops;
  private final BitSet rejected = new BitSet();
  private final List<Rejection> rejections = new ArrayList<>();

  /**
   * @param inferred whether the table's types were inferred from data
   * @param nowNanos the event time of rows that bring none, in tables that ask for it, and what
   *     {@code now()} is
   * @param defaults what columns get in rows without a value for them
   */
  public RowMapper(
      TableDef table, boolean inferred, RawRows rows, long nowNanos, RowDefaults defaults) {
    this.table = table;
    this.declared = !inferred;
    this.rows = rows;
    this.nowNanos = nowNanos;
    this.defaults = defaults;
    this.ops =
        table.isKeyed()
            ? RowOps.of(
                rows, row -> reject(row, SystemColumns.OP.name() + " is \"c\", \"u\" or \"d\""))
            : RowOps.none(rows);
  }

  public MappedRows map() {
    Map<String, RawColumn> byName = new HashMap<>();
    for (RawColumn column : rows.columns()) {
      byName.put(column.name(), column);
    }
    boolean overflows = table.overflowColumn() != 0;
    Overflow overflow = new Overflow(rows, ops);
    ColumnVector[] vectors = new ColumnVector[table.schema().size()];
    int overflowIndex = -1;
    for (int i = 0; i < vectors.length; i++) {
      Field field = table.schema().field(i);
      if (field.id() == table.overflowColumn()) {
        overflowIndex = i;
        continue;
      }
      // What does not fit a key's column is no row of the table, wherever it could be kept.
      boolean mayOverflow = overflows && !isKey(field);
      vectors[i] = column(field, byName.remove(field.name()), mayOverflow ? overflow : null);
    }
    // What is left has no column.
    for (RawColumn column : rows.columns()) {
      if (byName.containsKey(column.name())) {
        withoutColumn(column, overflows ? overflow : null);
      }
    }
    if (overflowIndex >= 0) {
      vectors[overflowIndex] = overflow.build();
    } else {
      LooseValues loose = rows.loose();
      for (int i = 0; i < loose.count(); i++) {
        if (ops.isOp(i)) {
          continue;
        }
        String key =
            new String(
                rows.source(),
                loose.keyStart(i),
                loose.keyEnd(i) - loose.keyStart(i),
                StandardCharsets.UTF_8);
        reject(loose.row(i), "the table has no column " + key + " or it occurs twice");
      }
    }
    Batch batch = keyed(new Batch(List.of(vectors), rows.rowCount()));
    return new MappedRows(
        rejected.isEmpty() ? batch : Gather.selected(batch, kept()),
        rejections,
        rejected.cardinality());
  }

  /** Rows of a keyed table, with the ids that follow from keys and what they say of their keys. */
  private Batch keyed(Batch batch) {
    if (!table.isKeyed()) {
      return batch;
    }
    Batch filled = batch;
    for (Field field : table.schema().fields()) {
      if (defaults.followsKey(field)) {
        filled = defaults.withIds(filled, field);
      }
    }
    List<ColumnVector> columns = new ArrayList<>(filled.columns());
    columns.add(ops.column());
    return new Batch(columns, filled.rowCount());
  }

  private boolean isKey(Field field) {
    return table.primaryKey().contains(field.id());
  }

  private void withoutColumn(RawColumn column, @Nullable Overflow overflow) {
    for (int entry = 0; entry < column.count(); entry++) {
      if (overflow != null) {
        overflow.add(column, entry);
      } else {
        reject(column.row(entry), "the table has no column \"" + column.name() + "\"");
      }
    }
  }

  private ColumnVector column(
      Field field, @Nullable RawColumn column, @Nullable Overflow overflow) {
    VectorBuilder builder = VectorBuilder.of(field.type(), rows.rowCount());
    ValueReader reader = new ValueReader(field.type(), declared, rows.source());
    int count = column == null ? 0 : column.count();
    boolean isKey = isKey(field);
    for (int entry = 0; entry < count && column != null; entry++) {
      int row = column.row(entry);
      absent(field, builder, row);
      if (column.kind(entry) == ValueKind.NULL || !isKey && ops.isTombstone(row)) {
        noValue(field, builder);
      } else if (!reader.append(column, entry, builder)) {
        if (overflow == null) {
          reject(row, "the value of \"" + field.name() + "\" is no " + field.type().sqlName());
          builder.appendNull();
        } else {
          overflow.add(column, entry);
          noValue(field, builder);
        }
      }
    }
    absent(field, builder, rows.rowCount());
    return builder.build();
  }

  /** Fills rows up to, not including, {@code toRow} that came without a column. */
  private void absent(Field field, VectorBuilder builder, int toRow) {
    RowDefaults.Value value = defaults.value(field);
    while (builder.size() < toRow) {
      if (value == null || ops.isTombstone(builder.size())) {
        noValue(field, builder);
        continue;
      }
      switch (value) {
        case RowDefaults.Value.Now() -> ((LongVectorBuilder) builder).append(nowNanos);
        case RowDefaults.Value.Id() -> {
          if (defaults.followsKey(field)) {
            builder.appendNull();
          } else {
            ((LongVectorBuilder) builder).append(defaults.id());
          }
        }
        case RowDefaults.Value.Literal(ColumnVector literal) -> builder.append(literal, 0);
      }
    }
  }

  /** Appends to the next row that it has no value for a column. */
  private void noValue(Field field, VectorBuilder builder) {
    int row = builder.size();
    boolean tombstone = ops.isTombstone(row) && !isKey(field);
    if (isIngestTime(field) && !tombstone && builder instanceof LongVectorBuilder times) {
      times.append(nowNanos);
      return;
    }
    if (!field.nullable() && !tombstone) {
      reject(row, "\"" + field.name() + "\" must have a value");
    }
    builder.appendNull();
  }

  private boolean isIngestTime(Field field) {
    return field.id() == table.timeColumn()
        && field.name().equals(SchemaPlanner.INGEST_TIME)
        && field.type().equals(LogicalType.TIMESTAMP);
  }

  private Selection kept() {
    long[] words = new long[Bits.words(rows.rowCount())];
    Bits.fill(words, rows.rowCount());
    rejected.stream().forEach(row -> Bits.clear(words, row));
    return Selection.of(rows.rowCount(), words);
  }

  private void reject(int row, String reason) {
    if (!rejected.get(row)) {
      rejected.set(row);
      if (rejections.size() < Rejection.MAX_LISTED) {
        rejections.add(new Rejection(rows.line(row), reason));
      }
    }
  }
}
