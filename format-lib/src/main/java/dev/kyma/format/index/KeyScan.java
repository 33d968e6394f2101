package dev.kyma.format.index;

import dev.kyma.format.ExtentReader;
import dev.kyma.format.KeyMatches;
import dev.kyma.format.ScanCursor;
import dev.kyma.format.ScanRequest;
import dev.kyma.format.predicate.ColumnPath;
import dev.kyma.format.predicate.Predicate;
import dev.kyma.format.vector.Batch;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Finds keys by reading the key columns of every row: what any extent can do. Stateless. */
public final class KeyScan {
  private KeyScan() {}

  /**
   * As {@link ExtentReader#find}.
   *
   * @param primaryKey the ids of the key columns
   * @throws IllegalArgumentException if keys have another number of columns, or none
   */
  public static KeyMatches find(ExtentReader extent, List<Integer> primaryKey, Batch keys) {
    checkColumns(primaryKey, keys);
    if (keys.rowCount() == 0) {
      return KeyMatches.NONE;
    }
    KeyTable table = new KeyTable(keys);
    List<ColumnPath> columns = columns(primaryKey, keys);
    ScanCursor cursor = extent.scan(ScanRequest.of(columns, new Predicate.And(List.of())));
    IntStream.Builder places = IntStream.builder();
    IntStream.Builder rows = IntStream.builder();
    for (ScanCursor.Rows next = cursor.next(); next != null; next = cursor.next()) {
      long[] hashes = ValueHash.ofKeys(next.batch());
      for (int row = 0; row < hashes.length; row++) {
        for (int key = table.first(hashes[row]); key >= 0; key = table.after(key)) {
          if (table.matches(key, hashes[row], next.batch(), row)) {
            places.add(key);
            rows.add((int) next.firstRow() + row);
          }
        }
      }
    }
    return new KeyMatches(places.build().toArray(), rows.build().toArray());
  }

  /** The key columns in the types of some keys. */
  public static List<ColumnPath> columns(List<Integer> primaryKey, Batch keys) {
    List<ColumnPath> columns = new ArrayList<>();
    for (int i = 0; i < primaryKey.size(); i++) {
      columns.add(ColumnPath.of(primaryKey.get(i), keys.column(i).type()));
    }
    return columns;
  }

  /** Whether a row holds a key, both in the same columns and types; NULL is in no key. */
  public static boolean isKey(Batch keys, int key, Batch rows, int row) {
    return KeyTable.equal(keys, key, rows, row);
  }

  /** Refuses keys that are not of this primary key. */
  public static void checkColumns(List<Integer> primaryKey, Batch keys) {
    if (primaryKey.isEmpty() || keys.columns().size() != primaryKey.size()) {
      throw new IllegalArgumentException(
          keys.columns().size() + " columns of a primary key of " + primaryKey.size());
    }
  }
}
