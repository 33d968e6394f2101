package dev.kyma.query.calcite.resolve;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The relations and named queries that a part of a statement sees. Used by one thread. */
final class Scope {
  private final @Nullable Scope outer;
  private final List<Relation> relations = new ArrayList<>();
  private final Set<String> merged = new HashSet<>();
  private final Map<String, List<String>> named = new HashMap<>();

  Scope(@Nullable Scope outer) {
    this.outer = outer;
  }

  /** The scope around this one. */
  Optional<Scope> outer() {
    return Optional.ofNullable(outer);
  }

  /** The relations of this scope alone, in order. */
  List<Relation> relations() {
    return relations;
  }

  /** Columns that USING or NATURAL made one of two. */
  Set<String> merged() {
    return merged;
  }

  /** Makes the result of WITH known by its name. */
  void name(String name, List<String> columns) {
    named.put(name, columns);
  }

  /** The columns of a query named by WITH here or further out. */
  Optional<List<String>> named(String name) {
    List<String> columns = named.get(name);
    if (columns != null) {
      return Optional.of(columns);
    }
    return outer().flatMap(scope -> scope.named(name));
  }

  /** This scope and those around it, from the inside out. */
  Stream<Scope> outwards() {
    return Stream.iterate(
            Optional.of(this), Optional::isPresent, scope -> scope.flatMap(Scope::outer))
        .flatMap(Optional::stream);
  }

  /** The nearest relation of an alias. */
  Optional<Relation> relation(String alias) {
    return outwards()
        .flatMap(scope -> scope.relations.stream())
        .filter(relation -> relation.alias().equals(alias))
        .findFirst();
  }
}
