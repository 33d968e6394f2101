package dev.kyma.compactor.core.check;

import dev.kyma.format.ExtentSummary;
import dev.kyma.format.stats.ColumnStats;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Compares what the catalog says of an extent with its footer, field by field. Stateless. */
final class SummaryDifferences {
  /**
   * A field that differs.
   *
   * @param footer the field and its value in the footer
   * @param catalog its value in the catalog
   */
  record Difference(String footer, String catalog) {}

  private record Field<T>(String name, Function<T, Object> value) {}

  private static final List<Field<ExtentSummary>> FIELDS =
      List.of(
          new Field<>("rows", ExtentSummary::rows),
          new Field<>("time column", ExtentSummary::timeColumn),
          new Field<>("sort columns", ExtentSummary::sortColumns),
          new Field<>("logs", ExtentSummary::logs),
          new Field<>("least _seq", ExtentSummary::minSeq),
          new Field<>("greatest _seq", ExtentSummary::maxSeq),
          new Field<>("hash of rows", ExtentSummary::rowsHash),
          new Field<>("order", ExtentSummary::order),
          new Field<>("level", ExtentSummary::level),
          new Field<>("tombstones", ExtentSummary::tombstones));

  private static final List<Field<ColumnStats>> COLUMN_FIELDS =
      List.of(
          new Field<>("type", ColumnStats::type),
          new Field<>("rows", ColumnStats::rows),
          new Field<>("nulls", ColumnStats::nulls),
          new Field<>("min", stats -> String.valueOf(stats.min())),
          new Field<>("max", stats -> String.valueOf(stats.max())),
          new Field<>("exact bounds", ColumnStats::exactBounds),
          new Field<>("distinct", ColumnStats::distinct),
          new Field<>("value counts", ColumnStats::valueCounts));

  private SummaryDifferences() {}

  static List<Difference> of(ExtentSummary footer, ExtentSummary catalog) {
    List<Difference> differences = new ArrayList<>();
    compare("", FIELDS, footer, catalog, differences);
    Map<Integer, ColumnStats> known = new HashMap<>();
    catalog.columns().forEach(stats -> known.put(stats.column(), stats));
    for (ColumnStats stats : footer.columns()) {
      ColumnStats other = known.remove(stats.column());
      String name = "column " + stats.column();
      if (other == null) {
        differences.add(new Difference("statistics of " + name, "none"));
      } else if (!stats.equals(other)) {
        compare(name + " ", COLUMN_FIELDS, stats, other, differences);
      }
    }
    for (int column : known.keySet()) {
      differences.add(new Difference("no statistics of column " + column, "some"));
    }
    return differences;
  }

  private static <T> void compare(
      String prefix, List<Field<T>> fields, T footer, T catalog, List<Difference> differences) {
    for (Field<T> field : fields) {
      Object expected = field.value.apply(footer);
      Object actual = field.value.apply(catalog);
      if (!expected.equals(actual)) {
        differences.add(
            new Difference(
                prefix + field.name + " " + expected, prefix + field.name + " " + actual));
      }
    }
  }
}
