package dev.kyma.query.core.plan;

import dev.kyma.format.type.LogicalType;
import java.util.List;
import java.util.OptionalInt;

/**
 * One aggregate of an {@link Plan.Aggregate}.
 *
 * @param function what is computed
 * @param arguments the places of the arguments in the input; none for {@code COUNT(*)}
 * @param parameters constants that steer the function, such as the fraction of a percentile
 * @param distinct whether equal argument tuples count once; tuples holding a NULL never count
 * @param filter the place of a BOOL column; only rows where it is true take part
 * @param order the order in which rows are taken, for functions that depend on it
 * @param name the name shown to people
 * @param type the type of the answer
 */
public record AggregateCall(
    AggregateFunction function,
    List<Integer> arguments,
    List<Expr.Literal> parameters,
    boolean distinct,
    OptionalInt filter,
    List<SortKey> order,
    String name,
    LogicalType type) {
  public AggregateCall {
    arguments = List.copyOf(arguments);
    parameters = List.copyOf(parameters);
    order = List.copyOf(order);
  }
}
