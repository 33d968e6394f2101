package dev.kyma.query.core.exec;

import dev.kyma.format.type.LogicalType;
import dev.kyma.format.vector.ColumnVector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Numbers distinct rows of key columns from 0 in order of first appearance, NULL equal to NULL.
 *
 * <p>Each column's values are numbered on their own; the numbers of two columns are then numbered
 * as a pair, that pair with the next column, and so on. So every type and every number of columns
 * runs through the same two tables of integers, and a dictionary column costs an array access a
 * row.
 */
final class GroupTable {
  private final List<ValueIds> columns = new ArrayList<>();

  /** {@code pairs.get(i)} numbers (group over the first i + 1 columns, value of column i + 1). */
  private final List<PairIds> pairs = new ArrayList<>();

  private final boolean hasKeys;
  private int[] scratch = new int[0];

  /** With one key column: the group of each value number, since NULL's number comes first. */
  private int[] groupOfId = new int[0];

  private int[] idOfGroup = new int[0];
  private int singles;
  private final MemoryBudget memory;

  GroupTable(List<LogicalType> types, MemoryBudget memory) {
    this.memory = memory;
    hasKeys = !types.isEmpty();
    for (LogicalType type : types) {
      columns.add(ValueIds.of(type, memory));
    }
    for (int i = 1; i < types.size(); i++) {
      pairs.add(new PairIds(memory));
    }
  }

  /** How many groups there are. */
  int size() {
    if (!hasKeys) {
      return 1;
    }
    return pairs.isEmpty() ? singles : pairs.getLast().size();
  }

  /** Writes the group of each of {@code rows}, giving new ones the next numbers. */
  void assign(List<ColumnVector> keys, int[] rows, int count, int[] groups) {
    if (!hasKeys) {
      Arrays.fill(groups, 0, count, 0);
      return;
    }
    columns.getFirst().assign(keys.getFirst(), rows, count, groups);
    if (pairs.isEmpty()) {
      number(groups, count);
      return;
    }
    if (scratch.length < count) {
      scratch = new int[count];
    }
    for (int i = 1; i < columns.size(); i++) {
      columns.get(i).assign(keys.get(i), rows, count, scratch);
      pairs.get(i - 1).assign(groups, scratch, count, groups);
    }
  }

  private void number(int[] ids, int count) {
    int values = columns.getFirst().size();
    if (values > groupOfId.length) {
      int capacity = Math.max(64, Integer.highestOneBit(values) * 2);
      memory.reserve(8L * (capacity - groupOfId.length));
      groupOfId = Arrays.copyOf(groupOfId, capacity);
      idOfGroup = Arrays.copyOf(idOfGroup, capacity);
    }
    for (int i = 0; i < count; i++) {
      int id = ids[i];
      int group = groupOfId[id];
      if (group == 0) {
        idOfGroup[singles] = id;
        group = ++singles;
        groupOfId[id] = group;
      }
      ids[i] = group - 1;
    }
  }

  /** Looks groups up; one for each thread, once nothing is assigned any more. */
  Lookup lookup() {
    return new Lookup();
  }

  /** Finds groups without making new ones. Used by one thread. */
  final class Lookup {
    private final List<ValueIds.Reader> readers = new ArrayList<>();
    private int[] ids = new int[0];

    private Lookup() {
      for (ValueIds column : columns) {
        readers.add(column.reader());
      }
    }

    /** Writes the group of each of {@code rows}, or {@link ValueIds#ABSENT}. */
    void find(List<ColumnVector> keys, int[] rows, int count, int[] groups) {
      if (!hasKeys) {
        Arrays.fill(groups, 0, count, 0);
        return;
      }
      readers.getFirst().find(keys.getFirst(), rows, count, groups);
      if (pairs.isEmpty()) {
        for (int i = 0; i < count; i++) {
          int id = groups[i];
          groups[i] = id < 0 || id >= groupOfId.length ? ValueIds.ABSENT : groupOfId[id] - 1;
        }
        return;
      }
      if (ids.length < count) {
        ids = new int[count];
      }
      for (int i = 1; i < readers.size(); i++) {
        readers.get(i).find(keys.get(i), rows, count, ids);
        PairIds step = pairs.get(i - 1);
        for (int r = 0; r < count; r++) {
          groups[r] = groups[r] < 0 || ids[r] < 0 ? ValueIds.ABSENT : step.find(groups[r], ids[r]);
        }
      }
    }
  }

  /** The key columns of groups {@code from} to {@code to - 1}. */
  List<ColumnVector> keys(int from, int to) {
    int count = to - from;
    int[] groups = new int[count];
    for (int i = 0; i < count; i++) {
      groups[i] = from + i;
    }
    return keysOf(groups, count);
  }

  /** The key columns of the given groups. */
  List<ColumnVector> keysOf(int[] wanted, int count) {
    int[] groups = Arrays.copyOf(wanted, count);
    List<ColumnVector> keys = new ArrayList<>();
    if (!hasKeys) {
      return keys;
    }
    int[] ids = new int[count];
    if (pairs.isEmpty()) {
      for (int i = 0; i < count; i++) {
        ids[i] = idOfGroup[groups[i]];
      }
      keys.add(columns.getFirst().values(ids, count));
      return keys;
    }
    for (int c = columns.size() - 1; c >= 1; c--) {
      PairIds step = pairs.get(c - 1);
      for (int i = 0; i < count; i++) {
        ids[i] = step.second(groups[i]);
        groups[i] = step.first(groups[i]);
      }
      keys.addFirst(columns.get(c).values(ids, count));
    }
    keys.addFirst(columns.getFirst().values(groups, count));
    return keys;
  }

  /** Takes all groups of another table; answers which group here each of them is. */
  int[] merge(GroupTable other) {
    int[] mapping = new int[other.size()];
    int[] groups = new int[Batches.ROWS];
    for (int from = 0; from < mapping.length; from += Batches.ROWS) {
      int count = Math.min(Batches.ROWS, mapping.length - from);
      assign(other.keys(from, from + count), Positions.all(count), count, groups);
      System.arraycopy(groups, 0, mapping, from, count);
    }
    return mapping;
  }
}
