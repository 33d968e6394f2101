package dev.kyma.service.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rows under named columns. Immutable.
 *
 * @param columns the columns in order
 * @param rows the rows; each value is a {@link String}, a {@link Long} or null, as its column says
 */
public record Report(List<Column> columns, List<List<@Nullable Object>> rows) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What a column holds. */
  public enum Kind {
    TEXT,
    INTEGER
  }

  /** A column. */
  public record Column(String name, Kind kind) {}

  public Report {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
    for (List<@Nullable Object> row : rows) {
      if (row.size() != columns.size()) {
        throw new IllegalArgumentException(row.size() + " values for " + columns.size());
      }
    }
  }

  /** A report to be filled. */
  public static Builder of() {
    return new Builder();
  }

  /** Puts a report together. Used by one thread. */
  public static final class Builder {
    private final List<Column> columns = new ArrayList<>();
    private final List<List<@Nullable Object>> rows = new ArrayList<>();

    private Builder() {}

    /** Adds a column of texts. */
    public Builder text(String name) {
      columns.add(new Column(name, Kind.TEXT));
      return this;
    }

    /** Adds a column of whole numbers. */
    public Builder integer(String name) {
      columns.add(new Column(name, Kind.INTEGER));
      return this;
    }

    /** Adds a row: numbers for whole numbers, anything else as its text, null for no value. */
    public Builder row(@Nullable Object... values) {
      List<@Nullable Object> row = new ArrayList<>();
      for (int i = 0; i < values.length; i++) {
        Object value = values[i];
        if (value == null) {
          row.add(null);
          continue;
        }
        row.add(
            switch (columns.get(i).kind()) {
              case TEXT -> value.toString();
              case INTEGER -> (Object) ((Number) value).longValue();
            });
      }
      rows.add(Collections.unmodifiableList(row));
      return this;
    }

    /** The report. */
    public Report build() {
      return new Report(columns, rows);
    }
  }

  /** The rows as maps by column, in order. */
  public List<Map<String, @Nullable Object>> maps() {
    List<Map<String, @Nullable Object>> maps = new ArrayList<>();
    for (List<@Nullable Object> row : rows) {
      Map<String, @Nullable Object> map = new LinkedHashMap<>();
      for (int i = 0; i < columns.size(); i++) {
        map.put(columns.get(i).name(), row.get(i));
      }
      maps.add(map);
    }
    return maps;
  }

  /** The report as text. */
  public String text() {
    ObjectNode node = JSON.createObjectNode();
    ArrayNode heads = node.putArray("columns");
    for (Column column : columns) {
      heads.addObject().put("name", column.name()).put("kind", column.kind().name());
    }
    ArrayNode lines = node.putArray("rows");
    for (List<@Nullable Object> row : rows) {
      ArrayNode line = lines.addArray();
      for (Object value : row) {
        if (value instanceof Long number) {
          line.add(number.longValue());
        } else if (value == null) {
          line.addNull();
        } else {
          line.add(value.toString());
        }
      }
    }
    return node.toString();
  }

  /**
   * The report with a {@link #text()}.
   *
   * @throws IllegalArgumentException if the text is none
   */
  public static Report parse(String text) {
    try {
      JsonNode node = JSON.readTree(text);
      Builder report = of();
      for (JsonNode column : node.required("columns")) {
        String name = column.required("name").asText();
        switch (Kind.valueOf(column.required("kind").asText())) {
          case TEXT -> report.text(name);
          case INTEGER -> report.integer(name);
        }
      }
      for (JsonNode line : node.required("rows")) {
        @Nullable Object[] row = new Object[line.size()];
        Arrays.setAll(
            row,
            i -> {
              JsonNode value = line.get(i);
              return value.isNull() ? null : value.isNumber() ? value.longValue() : value.asText();
            });
        report.row(row);
      }
      return report.build();
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no report: " + e.getOriginalMessage(), e);
    }
  }
}
