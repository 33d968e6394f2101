package dev.kyma.e2e.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * The answer to a query.
 *
 * @param columns the names of the columns
 * @param types their types, in the same order
 * @param rows the rows, values in the order of the columns
 * @param stats what the query read
 */
public record QueryResult(
    List<String> columns, List<String> types, List<List<JsonNode>> rows, JsonNode stats) {

  static QueryResult of(JsonNode body) {
    List<String> columns = new ArrayList<>();
    List<String> types = new ArrayList<>();
    for (JsonNode column : body.required("columns")) {
      columns.add(column.required("name").asText());
      types.add(column.required("type").asText());
    }
    List<List<JsonNode>> rows = new ArrayList<>();
    for (JsonNode row : body.required("rows")) {
      List<JsonNode> values = new ArrayList<>();
      row.forEach(values::add);
      rows.add(values);
    }
    return new QueryResult(columns, types, rows, body.required("stats"));
  }

  /** The value of a row's column as text. */
  public String text(int row, String column) {
    return rows.get(row).get(columns.indexOf(column)).asText();
  }

  /**
   * The values of a column, row by row.
   *
   * @throws IllegalArgumentException if there is no such column
   */
  public List<JsonNode> column(String name) {
    int place = columns.indexOf(name);
    if (place < 0) {
      throw new IllegalArgumentException("no column " + name + " in " + columns);
    }
    return rows.stream().map(row -> row.get(place)).toList();
  }

  /** The only value of a one-row, one-column answer. */
  public JsonNode single() {
    if (rows.size() != 1 || columns.size() != 1) {
      throw new IllegalStateException(rows.size() + " rows of " + columns);
    }
    return rows.getFirst().getFirst();
  }
}
