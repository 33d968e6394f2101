package dev.kyma.standalone.simulation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a table must answer, from the requests alone: a list of records a log partition, and plain
 * maps. It shares no code with what is tested.
 */
final class Model {

  /** A row as it was sent; a deletion has only its id. */
  record Row(long id, @Nullable Long value, @Nullable String name, Op op) {
    String text() {
      return "[" + columns() + "]";
    }

    String textWithOp() {
      return "[" + columns() + ",\"" + op.code() + "\"]";
    }

    private String columns() {
      return id + "," + value + "," + (name == null ? null : "\"" + name + "\"");
    }
  }

  /** What a row does to its key; rows of tables without one are only ever inserted. */
  enum Op {
    INSERT("c"),
    UPDATE("u"),
    DELETE("d");

    private final String code;

    Op(String code) {
      this.code = code;
    }

    String code() {
      return code;
    }
  }

  /**
   * A record of the log.
   *
   * @param key an idempotency key, or 0 for none; records with equal keys hold equal rows
   */
  record Sent(long key, List<Row> rows) {}

  private final List<List<Sent>> partitions = new ArrayList<>();

  Model(int partitionCount) {
    for (int i = 0; i < partitionCount; i++) {
      partitions.add(new ArrayList<>());
    }
  }

  void sent(int partition, Sent record) {
    partitions.get(partition).add(record);
  }

  List<Sent> partition(int partition) {
    return partitions.get(partition);
  }

  /** The rows of the records before the given offsets, one a partition, in no order. */
  List<String> appended(long[] ends) {
    List<String> rows = new ArrayList<>();
    for (Row row : kept(ends)) {
      rows.add(row.text());
    }
    rows.sort(null);
    return rows;
  }

  /** The newest version of every key in the records before the given offsets. */
  List<String> current(long[] ends) {
    Map<Long, Row> newest = new TreeMap<>();
    for (Row row : kept(ends)) {
      if (row.op() == Op.DELETE) {
        newest.remove(row.id());
      } else {
        newest.put(row.id(), row);
      }
    }
    List<String> rows = new ArrayList<>();
    newest.values().forEach(row -> rows.add(row.text()));
    rows.sort(null);
    return rows;
  }

  /** Every version and deletion in the records before the given offsets. */
  List<String> versions(long[] ends) {
    List<String> rows = new ArrayList<>();
    for (Row row : kept(ends)) {
      rows.add(row.textWithOp());
    }
    rows.sort(null);
    return rows;
  }

  private List<Row> kept(long[] ends) {
    List<Row> rows = new ArrayList<>();
    for (int partition = 0; partition < partitions.size(); partition++) {
      Set<Long> keys = new HashSet<>();
      for (Sent record : partitions.get(partition).subList(0, (int) ends[partition])) {
        if (record.key() == 0 || keys.add(record.key())) {
          rows.addAll(record.rows());
        }
      }
    }
    return rows;
  }
}
