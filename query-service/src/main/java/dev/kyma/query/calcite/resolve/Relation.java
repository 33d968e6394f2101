package dev.kyma.query.calcite.resolve;

import dev.kyma.query.core.frontend.TableShape;
import java.util.List;
import java.util.Optional;

/**
 * One item of a FROM clause.
 *
 * @param alias the name columns are qualified with
 * @param columns the names of its columns
 * @param table the table, if it is one
 */
record Relation(String alias, List<String> columns, Optional<TableShape> table) {
  Relation {
    columns = List.copyOf(columns);
  }

  boolean has(String column) {
    return columns.contains(column);
  }

  /** The name of the column that {@code _timestamp} stands for, if there is one. */
  Optional<String> eventTime() {
    if (table.isEmpty() || table.get().eventTime().isEmpty()) {
      return Optional.empty();
    }
    return columnOf(table.get(), table.get().eventTime().getAsInt());
  }

  /** The names of the columns in which names that are no column are looked up. */
  List<String> overflow() {
    return table.stream()
        .flatMap(shape -> shape.overflow().stream().flatMap(id -> columnOf(shape, id).stream()))
        .toList();
  }

  private Optional<String> columnOf(TableShape shape, int id) {
    int index = shape.schema().indexOfId(id);
    // An alias with a list of columns renames them by place.
    return index < 0 || index >= columns.size()
        ? Optional.empty()
        : Optional.of(columns.get(index));
  }
}
