package dev.kyma.query.core.plan;

import dev.kyma.format.predicate.ColumnPath;
import dev.kyma.format.predicate.Predicate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Trees as EXPLAIN shows them: one line for each relation, inputs indented below. Stateless. */
public final class PlanText {
  private PlanText() {}

  /** The lines of a tree. */
  public static List<String> lines(Plan plan) {
    List<String> lines = new ArrayList<>();
    append(plan, 0, lines);
    return lines;
  }

  private static void append(Plan plan, int depth, List<String> lines) {
    lines.add("  ".repeat(depth) + line(plan));
    plan.inputs().forEach(input -> append(input, depth + 1, lines));
  }

  /** The line of one relation. */
  public static String line(Plan plan) {
    return switch (plan) {
      case Plan.Scan scan -> scan(scan);
      case Plan.Values values -> "values rows=" + values.rows().size();
      case Plan.Filter filter ->
          "filter " + ExprText.of(filter.condition(), filter.input().output());
      case Plan.Project project -> project(project);
      case Plan.Aggregate aggregate -> aggregate(aggregate);
      case Plan.Join join -> join(join);
      case Plan.Sort sort ->
          (sort.fetch().isPresent() ? "top " : "sort ")
              + keys(sort.keys(), sort.output())
              + limits(sort.offset(), sort.fetch().isPresent() ? sort.fetch().getAsLong() : -1);
      case Plan.Limit limit ->
          "limit"
              + limits(limit.offset(), limit.fetch().isPresent() ? limit.fetch().getAsLong() : -1);
      case Plan.SetOperation operation ->
          operation.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
      case Plan.Window window -> window(window);
    };
  }

  private static String limits(long offset, long fetch) {
    return (fetch >= 0 ? " limit=" + fetch : "") + (offset > 0 ? " offset=" + offset : "");
  }

  private static String scan(Plan.Scan scan) {
    StringBuilder line = new StringBuilder("scan " + scan.table());
    switch (scan.point()) {
      case ReadPoint.Current _ -> {}
      case ReadPoint.Snapshot snapshot -> line.append(" as of snapshot ").append(snapshot.number());
      case ReadPoint.Time time -> line.append(" as of ").append(time.time());
    }
    if (scan.versions() == RowVersions.HISTORY) {
      line.append(" history");
    }
    line.append(" columns=[")
        .append(scan.columns().stream().map(PlanText::column).collect(Collectors.joining(", ")))
        .append("]");
    boolean all = scan.predicate() instanceof Predicate.And and && and.operands().isEmpty();
    if (!all) {
      line.append(" where=").append(PredicateText.of(scan.predicate(), scan.columns()));
    }
    return line.toString();
  }

  private static String column(ScanColumn column) {
    ColumnPath source = column.source();
    return source.isPath()
        ? column.name() + " (path " + String.join("/", source.path()) + " as " + source.type() + ")"
        : column.name();
  }

  private static String project(Plan.Project project) {
    List<PlanColumn> input = project.input().output();
    List<String> items = new ArrayList<>();
    for (int i = 0; i < project.expressions().size(); i++) {
      String text = ExprText.of(project.expressions().get(i), input);
      String name = project.output().get(i).name();
      items.add(text.equals(name) ? text : text + " as " + name);
    }
    return "project " + String.join(", ", items);
  }

  private static String aggregate(Plan.Aggregate aggregate) {
    List<PlanColumn> input = aggregate.input().output();
    String keys =
        aggregate.keys().stream()
            .map(key -> input.get(key).name())
            .collect(Collectors.joining(", "));
    String calls =
        aggregate.calls().stream().map(call -> call(call, input)).collect(Collectors.joining(", "));
    String sets = aggregate.groupingSets().size() == 1 ? "" : " sets=" + aggregate.groupingSets();
    return "aggregate"
        + (keys.isEmpty() ? "" : " by " + keys)
        + sets
        + (calls.isEmpty() ? "" : " compute " + calls);
  }

  private static String call(AggregateCall call, List<PlanColumn> input) {
    List<String> arguments = new ArrayList<>();
    call.arguments().forEach(column -> arguments.add(input.get(column).name()));
    call.parameters().forEach(literal -> arguments.add(ExprText.of(literal, input)));
    boolean allRows = call.function() == AggregateFunction.COUNT && arguments.isEmpty();
    return call.function().name().toLowerCase(Locale.ROOT)
        + "("
        + (call.distinct() ? "distinct " : "")
        + (allRows ? "*" : String.join(", ", arguments))
        + ")"
        + (call.filter().isPresent() ? " where " + input.get(call.filter().getAsInt()).name() : "");
  }

  private static String join(Plan.Join join) {
    List<PlanColumn> left = join.left().output();
    List<PlanColumn> right = join.right().output();
    String keys =
        join.keys().stream()
            .map(key -> left.get(key.left()).name() + " = " + right.get(key.right()).name())
            .collect(Collectors.joining(" and "));
    List<PlanColumn> both = new ArrayList<>(left);
    both.addAll(right);
    String residual = join.residual().map(expr -> " where " + ExprText.of(expr, both)).orElse("");
    return join.kind().name().toLowerCase(Locale.ROOT)
        + " join"
        + (keys.isEmpty() ? "" : " on " + keys)
        + residual
        + " build="
        + join.build().name().toLowerCase(Locale.ROOT);
  }

  private static String keys(List<SortKey> keys, List<PlanColumn> columns) {
    return keys.stream()
        .map(
            key ->
                columns.get(key.column()).name()
                    + (key.direction() == SortKey.Direction.DESCENDING ? " desc" : "")
                    + (key.nulls() == SortKey.Nulls.FIRST ? " nulls first" : ""))
        .collect(Collectors.joining(", "));
  }

  private static String window(Plan.Window window) {
    List<PlanColumn> input = window.input().output();
    return "window "
        + window.calls().stream()
            .map(
                call ->
                    function(call)
                        + call.arguments().stream()
                            .map(column -> input.get(column).name())
                            .collect(Collectors.joining(", ", "(", ")"))
                        + " by "
                        + call.partition().stream()
                            .map(column -> input.get(column).name())
                            .collect(Collectors.joining(", ", "[", "]"))
                        + " order "
                        + keys(call.order(), input))
            .collect(Collectors.joining(", "));
  }

  private static String function(WindowCall call) {
    return switch (call.function()) {
      case WindowCall.Function.OfFrame frame -> frame.aggregate().name().toLowerCase(Locale.ROOT);
      case WindowCall.Function.OfPlace place -> place.place().name().toLowerCase(Locale.ROOT);
    };
  }
}
