package dev.kyma.ingest.core.typing;

import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.BytesVectorBuilder;
import dev.kyma.format.vector.ColumnVector;
import dev.kyma.ingest.core.json.JsonText;
import dev.kyma.ingest.core.json.LooseValues;
import dev.kyma.ingest.core.json.RawColumn;
import dev.kyma.ingest.core.json.RawRows;
import java.util.Arrays;

/**
 * The overflow column of a batch: for each row one JSON object with the values that went to no
 * other column, in source order.
 */
final class Overflow {
  private final RawRows rows;
  private final RowOps ops;
  private RawColumn[] columns = new RawColumn[4];
  private int[] entries = new int[4];
  private long[] order = new long[4];
  private int count;

  /**
   * @param ops says which loose values are not the table's
   */
  Overflow(RawRows rows, RowOps ops) {
    this.rows = rows;
    this.ops = ops;
  }

  /** Adds an entry of a column. */
  void add(RawColumn column, int entry) {
    if (count == entries.length) {
      columns = Arrays.copyOf(columns, count * 2);
      entries = Arrays.copyOf(entries, count * 2);
      order = Arrays.copyOf(order, count * 2);
    }
    columns[count] = column;
    entries[count] = entry;
    // Sorting by the place in the body sorts by row and by place in the row.
    order[count] = (long) column.start(entry) << 32 | count;
    count++;
  }

  ColumnVector build() {
    BytesVectorBuilder builder = new BytesVectorBuilder(LogicalType.DYNAMIC, rows.rowCount());
    LooseValues loose = rows.loose();
    long[] sorted = Arrays.copyOf(order, count);
    Arrays.sort(sorted);
    JsonText text = new JsonText();
    int next = 0;
    int nextLoose = 0;
    for (int row = 0; row < rows.rowCount(); row++) {
      text.truncate(0);
      while (true) {
        int place = next < count ? (int) sorted[next] : -1;
        boolean isColumn = place >= 0 && columns[place].row(entries[place]) == row;
        while (nextLoose < loose.count() && ops.isOp(nextLoose)) {
          nextLoose++;
        }
        boolean isLoose = nextLoose < loose.count() && loose.row(nextLoose) == row;
        if (!isColumn && !isLoose) {
          break;
        }
        text.raw(text.length() == 0 ? '{' : ',');
        if (isColumn && (!isLoose || sorted[next] >>> 32 < loose.start(nextLoose))) {
          RawColumn column = columns[place];
          int entry = entries[place];
          text.string(column.name()).raw(':');
          RawText.append(
              column.kind(entry), rows.source(), column.start(entry), column.end(entry), text);
          next++;
        } else {
          text.raw(rows.source(), loose.keyStart(nextLoose), loose.keyEnd(nextLoose)).raw(':');
          RawText.append(
              loose.kind(nextLoose),
              rows.source(),
              loose.start(nextLoose),
              loose.end(nextLoose),
              text);
          nextLoose++;
        }
      }
      if (text.length() == 0) {
        builder.appendNull();
      } else {
        text.raw('}');
        builder.append(text.array(), 0, text.length());
      }
    }
    return builder.build();
  }
}
