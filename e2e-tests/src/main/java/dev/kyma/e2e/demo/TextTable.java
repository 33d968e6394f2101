package dev.kyma.e2e.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kyma.e2e.client.QueryResult;
import java.util.ArrayList;
import java.util.List;

/** Lays an answer out for a terminal. */
final class TextTable {
  private static final int MAX_WIDTH = 64;

  private TextTable() {}

  /** The answer as lines: names, a rule, then a line a row; numbers stand to the right. */
  static String of(QueryResult result) {
    int columns = result.columns().size();
    List<List<String>> cells = new ArrayList<>();
    boolean[] numeric = new boolean[columns];
    int[] widths = new int[columns];
    for (int c = 0; c < columns; c++) {
      widths[c] = result.columns().get(c).length();
    }
    for (List<JsonNode> row : result.rows()) {
      List<String> line = new ArrayList<>();
      for (int c = 0; c < columns; c++) {
        String text = cell(row.get(c));
        numeric[c] |= row.get(c).isNumber();
        widths[c] = Math.max(widths[c], text.length());
        line.add(text);
      }
      cells.add(line);
    }
    StringBuilder table = new StringBuilder();
    appendLine(table, result.columns(), widths, numeric);
    for (int c = 0; c < columns; c++) {
      table.append("  ").append("─".repeat(widths[c]));
    }
    table.append('\n');
    cells.forEach(line -> appendLine(table, line, widths, numeric));
    return table.toString();
  }

  private static void appendLine(
      StringBuilder table, List<String> cells, int[] widths, boolean[] numeric) {
    StringBuilder line = new StringBuilder();
    for (int c = 0; c < cells.size(); c++) {
      String padding = " ".repeat(widths[c] - cells.get(c).length());
      line.append("  ").append(numeric[c] ? padding + cells.get(c) : cells.get(c) + padding);
    }
    table.append(line.toString().stripTrailing()).append('\n');
  }

  private static String cell(JsonNode value) {
    String text =
        value.isDouble()
            ? String.format("%.1f", value.asDouble())
            : value.isNull() ? "∅" : value.isValueNode() ? value.asText() : value.toString();
    text = text.replaceAll("\\s+", " ");
    return text.length() <= MAX_WIDTH ? text : text.substring(0, MAX_WIDTH - 1) + "…";
  }
}
