package dev.kyma.query.calcite.resolve;

import dev.kyma.query.calcite.function.Functions;
import dev.kyma.query.calcite.function.Operators;
import dev.kyma.query.calcite.parse.Places;
import dev.kyma.query.core.frontend.StatementException;
import dev.kyma.query.core.frontend.StatementException.Code;
import dev.kyma.query.core.frontend.TableName;
import dev.kyma.query.statement.NearNames;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Resolves names of columns. */
final class ColumnResolver {
  /** The name that stands for a table's event time. */
  private static final String EVENT_TIME = "_timestamp";

  private ColumnResolver() {}

  /**
   * What a name means in a scope.
   *
   * @throws StatementException if it is nothing there, or several things
   */
  static SqlNode resolve(SqlIdentifier id, Scope scope) {
    return id.isSimple() ? simple(id, scope) : qualified(id, scope);
  }

  private static SqlNode simple(SqlIdentifier id, Scope scope) {
    String name = id.getSimple();
    return column(id, name, scope)
        .or(() -> pathInOverflow(id, name, scope))
        .orElseThrow(() -> unknown(id, name, scope));
  }

  private static Optional<SqlNode> column(SqlIdentifier id, String name, Scope scope) {
    for (Scope level : scope.outwards().toList()) {
      if (level.merged().contains(name)) {
        return Optional.of(id);
      }
      List<Relation> with = level.relations().stream().filter(r -> r.has(name)).toList();
      if (with.size() > 1) {
        throw ambiguous(id, name, with);
      }
      if (with.size() == 1) {
        return Optional.of(reference(with.getFirst(), name, id));
      }
      if (name.equals(EVENT_TIME)) {
        List<Relation> timed =
            level.relations().stream().filter(r -> r.eventTime().isPresent()).toList();
        if (timed.size() > 1) {
          throw ambiguous(id, name, timed);
        }
        if (timed.size() == 1) {
          return Optional.of(
              reference(timed.getFirst(), timed.getFirst().eventTime().orElseThrow(), id));
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<SqlNode> pathInOverflow(SqlIdentifier id, String name, Scope scope) {
    for (Scope level : scope.outwards().toList()) {
      List<Relation> open =
          level.relations().stream().filter(r -> !r.overflow().isEmpty()).toList();
      if (open.size() > 1) {
        throw ambiguous(id, name, open);
      }
      if (open.size() == 1) {
        return Optional.of(path(open.getFirst(), name, id));
      }
    }
    return Optional.empty();
  }

  private static SqlNode qualified(SqlIdentifier id, Scope scope) {
    Optional<Relation> byAlias = scope.relation(id.names.getFirst());
    if (byAlias.isPresent()) {
      return inRelation(byAlias.get(), id, 1, scope);
    }
    // A table may also be named in full, with or without the catalog before its database.
    for (int words = 2; words < id.names.size(); words++) {
      Optional<Relation> byName = byFullName(id.names.subList(0, words), scope);
      if (byName.isPresent()) {
        return inRelation(byName.get(), id, words, scope);
      }
    }
    Optional<SqlNode> column = column(id, id.names.getFirst(), scope);
    if (column.isPresent()) {
      return get(column.get(), rest(id, 1), id);
    }
    Optional<SqlNode> path = pathInOverflow(id, rest(id, 0), scope);
    if (path.isPresent()) {
      return path.get();
    }
    TreeSet<String> aliases = new TreeSet<>();
    scope.outwards().forEach(level -> level.relations().forEach(r -> aliases.add(r.alias())));
    List<String> near = NearNames.of(id.names.getFirst(), aliases);
    throw new StatementException(
        Code.UNKNOWN_TABLE,
        "There is no table \"" + id.names.getFirst() + "\" in FROM." + NearNames.hint(near),
        Optional.of(Places.start(id.getParserPosition())),
        near);
  }

  private static Optional<Relation> byFullName(List<String> words, Scope scope) {
    Optional<TableName> name = TableResolver.name(words);
    return scope
        .outwards()
        .flatMap(level -> level.relations().stream())
        .filter(
            relation ->
                relation
                    .table()
                    .filter(
                        shape ->
                            name.isPresent()
                                && shape.table().database().equals(name.get().database())
                                && shape.table().name().equals(name.get().table())
                                && relation.alias().equals(name.get().table()))
                    .isPresent())
        .findFirst();
  }

  private static SqlNode inRelation(Relation relation, SqlIdentifier id, int from, Scope scope) {
    String name = id.names.get(from);
    if (relation.has(name)) {
      SqlNode column = reference(relation, name, id);
      return from + 1 == id.names.size() ? column : get(column, rest(id, from + 1), id);
    }
    if (name.equals(EVENT_TIME) && relation.eventTime().isPresent()) {
      return reference(relation, relation.eventTime().get(), id);
    }
    if (relation.overflow().isEmpty()) {
      List<String> near = NearNames.of(name, relation.columns());
      throw new StatementException(
          Code.UNKNOWN_COLUMN,
          "\"" + relation.alias() + "\" has no column \"" + name + "\"." + NearNames.hint(near),
          Optional.of(Places.start(id.getComponentParserPosition(from))),
          near);
    }
    return path(relation, rest(id, from), id);
  }

  /** The rest of a dotted name, which is one key: storage finds nested keys by it as well. */
  private static String rest(SqlIdentifier id, int from) {
    return String.join(".", id.names.subList(from, id.names.size()));
  }

  private static SqlNode path(Relation relation, String key, SqlIdentifier id) {
    List<SqlNode> values =
        relation.overflow().stream()
            .map(column -> get(reference(relation, column, id), key, id))
            .toList();
    return values.size() == 1
        ? values.getFirst()
        : Functions.find("coalesce").orElseThrow().createCall(id.getParserPosition(), values);
  }

  private static SqlNode get(SqlNode value, String key, SqlIdentifier id) {
    SqlParserPos pos = id.getParserPosition();
    return Operators.GET.createCall(pos, value, SqlLiteral.createCharString(key, pos));
  }

  static SqlNode reference(Relation relation, String column, SqlIdentifier id) {
    return new SqlIdentifier(List.of(relation.alias(), column), id.getParserPosition());
  }

  private static StatementException ambiguous(
      SqlIdentifier id, String name, List<Relation> relations) {
    List<String> choices = relations.stream().map(r -> r.alias() + "." + name).toList();
    return new StatementException(
        Code.UNKNOWN_COLUMN,
        "\"" + name + "\" could be " + String.join(" or ", choices) + "; say which.",
        Optional.of(Places.start(id.getParserPosition())),
        choices);
  }

  private static StatementException unknown(SqlIdentifier id, String name, Scope scope) {
    TreeSet<String> all = new TreeSet<>();
    scope.outwards().forEach(level -> level.relations().forEach(r -> all.addAll(r.columns())));
    List<String> near = NearNames.of(name, all);
    return new StatementException(
        Code.UNKNOWN_COLUMN,
        "There is no column \"" + name + "\"." + NearNames.hint(near),
        Optional.of(Places.start(id.getParserPosition())),
        near);
  }
}
