package dev.kyma.query.core;

import dev.kyma.query.core.plan.Plan;
import dev.kyma.query.core.read.TableReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A plan for people to read: one line a step, inputs indented. Stateless. */
final class PlanText {
  private PlanText() {}

  static List<String> lines(Plan plan, TableReader reader) {
    List<String> lines = new ArrayList<>();
    add(plan, 0, reader, lines);
    return lines;
  }

  private static void add(Plan plan, int depth, TableReader reader, List<String> lines) {
    lines.add("  ".repeat(depth) + line(plan, reader));
    for (Plan input : plan.inputs()) {
      add(input, depth + 1, reader, lines);
    }
  }

  private static String line(Plan plan, TableReader reader) {
    return switch (plan) {
      case Plan.Scan scan ->
          "Scan "
              + scan.table()
              + " columns "
              + scan.columns().stream().map(column -> column.name()).toList()
              + " where "
              + PredicateText.of(scan.predicate(), scan, reader)
              + " | "
              + reader.explain(scan);
      case Plan.Values values -> "Values " + values.rows().size() + " rows";
      case Plan.Filter filter -> "Filter " + ExprText.of(filter.condition());
      case Plan.Project project ->
          "Project " + project.expressions().stream().map(ExprText::of).toList();
      case Plan.Aggregate aggregate ->
          "Aggregate keys "
              + aggregate.keys()
              + (aggregate.groupingSets().size() > 1 ? " sets " + aggregate.groupingSets() : "")
              + " calls "
              + aggregate.calls().stream()
                  .map(
                      call ->
                          call.function().name().toLowerCase(Locale.ROOT)
                              + (call.distinct() ? " distinct " : "")
                              + call.arguments())
                  .toList();
      case Plan.Join join ->
          "Join " + join.kind() + " on " + join.keys() + " holding " + join.build()
              + join.residual().map(residual -> " and " + ExprText.of(residual)).orElse("");
      case Plan.Sort sort ->
          (sort.fetch().isPresent() ? "TopN " + sort.fetch().getAsLong() + " " : "Sort ")
              + sort.keys().stream()
                  .map(key -> "$" + key.column() + " " + key.direction() + " nulls " + key.nulls())
                  .toList()
              + (sort.offset() > 0 ? " offset " + sort.offset() : "");
      case Plan.Limit limit ->
          "Limit "
              + (limit.fetch().isPresent() ? limit.fetch().getAsLong() : "all")
              + (limit.offset() > 0 ? " offset " + limit.offset() : "");
      case Plan.SetOperation operation -> operation.kind().toString();
      case Plan.Window window -> "Window " + window.calls().stream().map(c -> c.name()).toList();
    };
  }
}
