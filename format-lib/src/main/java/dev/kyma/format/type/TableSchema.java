package dev.kyma.format.type;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The ordered columns of a table or of a batch. Immutable and safe to share.
 *
 * @param fields the columns; names and ids are unique
 */
public record TableSchema(List<Field> fields) {
  public TableSchema {
    fields = List.copyOf(fields);
    Map<String, Integer> names = new HashMap<>();
    Map<Integer, Integer> ids = new HashMap<>();
    for (int i = 0; i < fields.size(); i++) {
      if (names.put(fields.get(i).name(), i) != null || ids.put(fields.get(i).id(), i) != null) {
        throw new IllegalArgumentException("column twice: " + fields.get(i));
      }
    }
  }

  public static TableSchema of(Field... fields) {
    return new TableSchema(List.of(fields));
  }

  /** How many columns there are. */
  public int size() {
    return fields.size();
  }

  /** The column at a place. */
  public Field field(int index) {
    return fields.get(index);
  }

  /** The place of the column with this exact name, or -1. */
  public int indexOf(String name) {
    for (int i = 0; i < fields.size(); i++) {
      if (fields.get(i).name().equals(name)) {
        return i;
      }
    }
    return -1;
  }

  /** The place of the column with this id, or -1. */
  public int indexOfId(int id) {
    for (int i = 0; i < fields.size(); i++) {
      if (fields.get(i).id() == id) {
        return i;
      }
    }
    return -1;
  }

  /** The column with this exact name. */
  public Optional<Field> find(String name) {
    int index = indexOf(name);
    return index < 0 ? Optional.empty() : Optional.of(fields.get(index));
  }

  /** This schema with further columns at its end. */
  public TableSchema plus(List<Field> more) {
    List<Field> all = new ArrayList<>(fields);
    all.addAll(more);
    return new TableSchema(all);
  }
}
