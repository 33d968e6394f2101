package dev.kyma.query.core.exec;

import dev.kyma.query.core.QueryException;
import dev.kyma.query.core.plan.Plan;
import java.util.List;

/** Makes the pipelines that execute a plan. Stateless. */
public final class Pipelines {
  private Pipelines() {}

  /**
   * A plan, ready to be prepared and read.
   *
   * @throws QueryException with {@link QueryException.Code#UNSUPPORTED} if the plan holds what has
   *     no operator
   */
  public static Pipeline of(Plan plan, RowSource source, QueryContext context) {
    return switch (plan) {
      case Plan.Scan scan -> source.scan(scan, context);
      case Plan.Values values -> new ValuesPipeline(values);
      case Plan.Filter filter ->
          new FilterPipeline(of(filter.input(), source, context), filter.condition(), context);
      case Plan.Project project ->
          new ProjectPipeline(of(project.input(), source, context), project, context);
      case Plan.Aggregate aggregate ->
          new AggregatePipeline(of(aggregate.input(), source, context), aggregate, source, context);
      case Plan.Join join ->
          new JoinPipeline(
              of(join.left(), source, context), of(join.right(), source, context), join, context);
      case Plan.Sort sort -> sort(sort, source, context);
      case Plan.Limit limit ->
          new LimitPipeline(
              of(limit.input(), source, context), limit.offset(), limit.fetch().orElse(-1));
      case Plan.SetOperation operation -> {
        List<Pipeline> inputs =
            operation.inputs().stream().map(input -> of(input, source, context)).toList();
        yield switch (operation.kind()) {
          case UNION_ALL -> new UnionPipeline(inputs);
          case UNION, INTERSECT, INTERSECT_ALL, EXCEPT, EXCEPT_ALL ->
              new SetPipeline(inputs, operation, context);
        };
      }
      case Plan.Window window -> throw QueryException.unsupported("a window function");
    };
  }

  private static Pipeline sort(Plan.Sort sort, RowSource source, QueryContext context) {
    Pipeline input = of(sort.input(), source, context);
    if (sort.fetch().isPresent()) {
      long rows = sort.offset() + sort.fetch().getAsLong();
      if (rows >= 0 && rows <= TopNPipeline.MAX_ROWS) {
        return new TopNPipeline(input, sort, (int) rows, source, context);
      }
    }
    Pipeline sorted = new SortPipeline(input, sort, context);
    return sort.offset() == 0 && sort.fetch().isEmpty()
        ? sorted
        : new LimitPipeline(sorted, sort.offset(), sort.fetch().orElse(-1));
  }

  /**
   * Reads everything a prepared pipeline answers, in the order of its parts; several threads work
   * ahead until the query is cancelled.
   */
  public static Operator streaming(Pipeline pipeline, QueryContext context) {
    return Gathering.of(pipeline, context);
  }

  /** Reads everything a prepared pipeline answers, part by part. */
  public static Operator all(Pipeline pipeline) {
    return Batches.concat(pipeline.parts(), pipeline::open);
  }
}
