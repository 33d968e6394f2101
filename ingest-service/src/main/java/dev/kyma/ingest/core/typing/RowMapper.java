package dev.kyma.ingest.core.typing;

import dev.kyma.catalog.TableDef;
import dev.kyma.format.type.Field;
import dev.kyma.format.type.LogicalType;
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
 * column that must have one.
 */
public final class RowMapper {
  private final TableDef table;
  private final boolean declared;
  private final RawRows rows;
  private final long nowNanos;
  private final BitSet rejected = new BitSet();
  private final List<Rejection> rejections = new ArrayList<>();

  /**
   * @param inferred whether the table's types were inferred from data
   * @param nowNanos the event time of rows that bring none, in tables that ask for it
   */
  public RowMapper(TableDef table, boolean inferred, RawRows rows, long nowNanos) {
    this.table = table;
    this.declared = !inferred;
    this.rows = rows;
    this.nowNanos = nowNanos;
  }

  public MappedRows map() {
    Map<String, RawColumn> byName = new HashMap<>();
    for (RawColumn column : rows.columns()) {
      byName.put(column.name(), column);
    }
    boolean overflows = table.overflowColumn() != 0;
    Overflow overflow = new Overflow(rows);
    ColumnVector[] vectors = new ColumnVector[table.schema().size()];
    int overflowIndex = -1;
    for (int i = 0; i < vectors.length; i++) {
      Field field = table.schema().field(i);
      if (field.id() == table.overflowColumn()) {
        overflowIndex = i;
        continue;
      }
      vectors[i] = column(field, byName.remove(field.name()), overflows ? overflow : null);
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
        String key =
            new String(
                rows.source(),
                loose.keyStart(i),
                loose.keyEnd(i) - loose.keyStart(i),
                StandardCharsets.UTF_8);
        reject(loose.row(i), "the table has no column " + key + " or it occurs twice");
      }
    }
    Batch batch = new Batch(List.of(vectors), rows.rowCount());
    return new MappedRows(
        rejected.isEmpty() ? batch : Gather.selected(batch, kept()),
        rejections,
        rejected.cardinality());
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
    for (int entry = 0; entry < count && column != null; entry++) {
      int row = column.row(entry);
      absent(field, builder, row);
      if (column.kind(entry) == ValueKind.NULL) {
        absent(field, builder, row + 1);
      } else if (!reader.append(column, entry, builder)) {
        if (overflow == null) {
          reject(row, "the value of \"" + field.name() + "\" is no " + field.type().sqlName());
          builder.appendNull();
        } else {
          overflow.add(column, entry);
          absent(field, builder, row + 1);
        }
      }
    }
    absent(field, builder, rows.rowCount());
    return builder.build();
  }

  /** Fills rows up to, not including, {@code toRow} that have no value for a column. */
  private void absent(Field field, VectorBuilder builder, int toRow) {
    while (builder.size() < toRow) {
      if (isIngestTime(field) && builder instanceof LongVectorBuilder times) {
        times.append(nowNanos);
      } else {
        if (!field.nullable()) {
          reject(builder.size(), "\"" + field.name() + "\" must have a value");
        }
        builder.appendNull();
      }
    }
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
